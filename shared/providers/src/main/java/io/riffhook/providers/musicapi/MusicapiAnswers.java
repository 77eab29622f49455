package io.riffhook.providers.musicapi;

import static io.riffhook.providers.musicapi.MusicapiProvider.NAME;
import static io.riffhook.providers.musicapi.MusicapiProvider.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What musicapi's status codes and bodies mean, by its page "Error handling". One status has two
 * meanings there, told apart by words only: 403 is an account without credits or a subscription,
 * and a text that it will not sing.
 */
final class MusicapiAnswers {
  /** In every message of a 403 about what was asked for, and in none about the account. */
  private static final List<String> OF_CONTENT =
      List.of("copyright", "inappropriate", "moderation", "artist", "producer tag");

  private static final List<String> OF_ACCOUNT = List.of("credits", "subscription");

  private MusicapiAnswers() {}

  static SubmitOutcome submitted(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer -> submitted(answer);
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent ->
          new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, silent.why()));
    };
  }

  private static SubmitOutcome submitted(Reply.Answer answer) {
    String said = said(answer.body(), answer.status());
    return switch (answer.status()) {
      case 200, 201, 202 ->
          ProviderJson.text(answer.body(), "task_id")
              .<SubmitOutcome>map(
                  task -> new SubmitOutcome.Accepted(List.of(task), Optional.empty()))
              .orElseGet(
                  () ->
                      new SubmitOutcome.Unknown(
                          Reasons.outcomeUnknown(NAME, "its answer names no task")));
      case 401 -> new SubmitOutcome.Closed(unauthorized());
      case 402 -> new SubmitOutcome.AccountTrouble(accountTrouble(said));
      case 403 ->
          switch (Forbidden.of(said)) {
            case CONTENT -> new SubmitOutcome.Moderated(Reasons.moderated(NAME, said));
            case ACCOUNT -> new SubmitOutcome.AccountTrouble(accountTrouble(said));
            case OTHER -> new SubmitOutcome.Refused(Reasons.refused(NAME, said));
          };
      case 404, 410 -> new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      case 429 -> new SubmitOutcome.TryLater(Reasons.busy(NAME, said), answer.retryAfter());
      default ->
          answer.status() >= 500
              ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said))
              : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
    };
  }

  static Lookup looked(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer -> looked(answer, answer.status());
      case Reply.NotSent unsent -> new Lookup.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Lookup.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Lookup looked(Reply.Answer answer, int status) {
    String said = said(answer.body(), status);
    return switch (status) {
      case 200 -> task(answer);
      case 202 -> new Lookup.Running(OptionalInt.empty(), MusicapiSongs.of(answer.body()).done());
      // An unknown task is a 400, "task not found."
      case 400, 404 -> new Lookup.Unheard(said);
      case 401 -> new Lookup.Denied(unauthorized());
      case 402 -> new Lookup.Denied(accountTrouble(said));
      case 403 ->
          switch (Forbidden.of(said)) {
            case CONTENT -> new Lookup.Failed(Reasons.moderated(NAME, said));
            case ACCOUNT -> new Lookup.Denied(accountTrouble(said));
            case OTHER -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
          };
      case 410 -> new Lookup.Denied(Reasons.retired(NAME, said));
      // The task timed out and was refunded. A gateway's own 504 has no text of musicapi's.
      case 504 ->
          text(answer.body()).isPresent()
              ? new Lookup.Failed(Reasons.generationFailed(NAME, said))
              : new Lookup.NotNow(Reasons.unavailable(NAME, said));
      default -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
    };
  }

  private static Lookup task(Reply.Answer answer) {
    JsonNode body = answer.body();
    if (!body.isObject()) {
      return new Lookup.NotNow(Reasons.unavailable(NAME, "its answer is not an object"));
    }
    int code = body.path("code").asInt(200);
    if (code >= 500) {
      return failed(said(body, code));
    }
    // The envelope repeats the status; where it contradicts, it is the one that was meant.
    return code >= 400 ? looked(answer, code) : songs(body);
  }

  /**
   * A task ends with two songs; while it has given one, another is to come. A song that failed will
   * not.
   */
  private static Lookup songs(JsonNode body) {
    MusicapiSongs songs = MusicapiSongs.of(body);
    boolean all = songs.done().size() + songs.failed().size() >= MusicapiSongs.PER_TASK;
    if (!songs.done().isEmpty() && !songs.more() && all) {
      return new Lookup.Finished(songs.done());
    }
    if (songs.done().isEmpty() && !songs.more() && !songs.failed().isEmpty()) {
      return failed(songs.failed().getFirst());
    }
    return new Lookup.Running(OptionalInt.empty(), songs.done());
  }

  private static Lookup failed(String said) {
    return new Lookup.Failed(
        Forbidden.of(said) == Forbidden.CONTENT
            ? Reasons.moderated(NAME, said)
            : Reasons.generationFailed(NAME, said));
  }

  static Registration registered(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer -> registered(answer);
      case Reply.NotSent unsent -> new Registration.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent ->
          new Registration.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Registration registered(Reply.Answer answer) {
    String said = said(answer.body(), answer.status());
    return switch (answer.status()) {
      // Asked again, an answer that cannot be read would be bought again.
      case 200, 201, 202 ->
          clip(answer.body())
              .<Registration>map(Registration.Usable::new)
              .orElseGet(
                  () -> new Registration.Never(Reasons.refused(NAME, "its answer names no clip")));
      case 401 -> new Registration.NotNow(unauthorized());
      case 402 -> new Registration.NotNow(accountTrouble(said));
      case 403 ->
          Forbidden.of(said) == Forbidden.ACCOUNT
              ? new Registration.NotNow(accountTrouble(said))
              : new Registration.Never(Reasons.refused(NAME, said));
      case 404, 410 -> new Registration.Never(Reasons.retired(NAME, said));
      case 429 -> new Registration.NotNow(Reasons.busy(NAME, said));
      default ->
          answer.status() >= 500
              ? new Registration.NotNow(Reasons.unavailable(NAME, said))
              : new Registration.Never(Reasons.refused(NAME, said));
    };
  }

  /** No page shows the answer: {@code clip_id} at its top, as of the vendor's sonic section. */
  private static Optional<String> clip(JsonNode body) {
    return ProviderJson.text(body, "clip_id")
        .or(() -> ProviderJson.text(body.path("data"), "clip_id"))
        .or(() -> ProviderJson.text(body.path("data").path(0), "clip_id"));
  }

  /** {@code {"credits":50,"extra_credits":0}}: the subscription's, and those bought beside it. */
  static Standing standing(Reply reply) {
    if (!(reply instanceof Reply.Answer answer)
        || answer.status() != 200
        || !answer.body().path("credits").isNumber()) {
      return Standing.UNKNOWN;
    }
    long all = credits(answer.body(), "credits") + credits(answer.body(), "extra_credits");
    return new Standing(OptionalLong.of(all), List.of());
  }

  private static long credits(JsonNode body, String field) {
    return Math.clamp(body.path(field).asLong(), 0, Integer.MAX_VALUE);
  }

  /** Which of the meanings of a 403 it is. */
  private enum Forbidden {
    CONTENT,
    ACCOUNT,
    OTHER;

    private static Forbidden of(String said) {
      String text = said.toLowerCase(Locale.ROOT);
      // The words that it found in a text are quoted in its message, whatever they are: first.
      if (OF_CONTENT.stream().anyMatch(text::contains)) {
        return CONTENT;
      }
      return OF_ACCOUNT.stream().anyMatch(text::contains) ? ACCOUNT : OTHER;
    }
  }

  private static Reason unauthorized() {
    return Reasons.unauthorized(NAME, TOKEN);
  }

  private static Reason accountTrouble(String said) {
    return Reasons.accountNeedsAttention(NAME, "behind " + TOKEN, said);
  }

  /** The provider's own words. */
  private static String said(JsonNode body, int status) {
    return text(body).orElse("HTTP " + status);
  }

  /** {@code error}; {@code message} is what the envelope of a task calls it. */
  private static Optional<String> text(JsonNode body) {
    return ProviderJson.text(body, "error").or(() -> ProviderJson.text(body, "message"));
  }
}
