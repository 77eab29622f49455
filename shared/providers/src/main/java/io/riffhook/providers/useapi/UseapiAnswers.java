package io.riffhook.providers.useapi;

import static io.riffhook.providers.useapi.UseapiProvider.NAME;
import static io.riffhook.providers.useapi.UseapiProvider.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Provider.Found;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapinet.Accounts;
import io.riffhook.providers.useapinet.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What useapi's status codes and bodies mean. The statuses are those of its pages. */
final class UseapiAnswers {
  static final int PENDING_ERROR = 596;

  private UseapiAnswers() {}

  static SubmitOutcome submitted(Reply reply, Supplier<List<String>> inTrouble) {
    return switch (reply) {
      case Reply.Answer answer -> submitted(answer, inTrouble);
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent ->
          new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, silent.why()));
    };
  }

  private static SubmitOutcome submitted(Reply.Answer answer, Supplier<List<String>> inTrouble) {
    String said = Answers.said(answer);
    return switch (answer.status()) {
      case 200, 201 -> accepted(answer.body());
      case 401 -> new SubmitOutcome.Closed(unauthorized());
      case 404, 410 -> new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      case 422 -> moderated(answer.body(), said);
      case 429 -> new SubmitOutcome.TryLater(Reasons.busy(NAME, said), answer.retryAfter());
      case PENDING_ERROR -> trouble(inTrouble.get(), said);
      default ->
          answer.status() >= 500
              ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said))
              : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
    };
  }

  private static SubmitOutcome accepted(JsonNode body) {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : body.path("jobs")) {
      ProviderJson.text(job, "id").ifPresent(ids::add);
    }
    if (ids.isEmpty()) {
      ProviderJson.text(body, "job_id").ifPresent(ids::add);
    }
    return ids.isEmpty()
        ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, "its answer names no job"))
        : new SubmitOutcome.Accepted(ids, ProviderJson.text(body, "user_id"));
  }

  private static SubmitOutcome moderated(JsonNode body, String said) {
    return body.path("is_flagged").asBoolean()
        ? new SubmitOutcome.Moderated(
            Reasons.moderated(NAME, ProviderJson.text(body, "reason").orElse("moderation")))
        : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
  }

  /** What came of asking for lyrics. */
  sealed interface Lyrics {
    /** These. */
    record Text(String text) implements Lyrics {}

    /** None; so there is no song to be asked for either, and nothing was bought. */
    record None(SubmitOutcome outcome) implements Lyrics {}
  }

  static Lyrics written(Reply reply, Supplier<List<String>> inTrouble) {
    return switch (reply) {
      case Reply.NotSent unsent -> none(unsent.why());
      case Reply.NoAnswer silent -> none(silent.why());
      case Reply.Answer answer when answer.status() == 200 || answer.status() == 201 ->
          ProviderJson.text(answer.body(), "lyrics")
              .<Lyrics>map(Lyrics.Text::new)
              .orElseGet(() -> none("its answer has none"));
      case Reply.Answer answer when answer.status() >= 500 && answer.status() != PENDING_ERROR ->
          none(Answers.said(answer));
      case Reply.Answer answer -> new Lyrics.None(submitted(answer, inTrouble));
    };
  }

  private static Lyrics none(String why) {
    return new Lyrics.None(
        new SubmitOutcome.TryLater(
            Reasons.unavailable(NAME, "no lyrics: " + why), Optional.empty()));
  }

  static Lookup looked(Reply reply, Optional<String> account, Supplier<List<String>> inTrouble) {
    return switch (reply) {
      case Reply.Answer answer -> looked(answer, account, inTrouble);
      case Reply.NotSent unsent -> new Lookup.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Lookup.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Lookup looked(
      Reply.Answer answer, Optional<String> account, Supplier<List<String>> inTrouble) {
    String said = Answers.said(answer);
    return switch (answer.status()) {
      case 200 -> songs(answer.body(), account);
      case 400, 404 -> new Lookup.Unheard(said);
      case 401 -> new Lookup.Denied(unauthorized());
      case 410 -> new Lookup.Denied(Reasons.retired(NAME, said));
      case PENDING_ERROR -> new Lookup.Denied(accountTrouble(inTrouble.get(), said));
      default -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
    };
  }

  /** The page promises an array, with one item for a song or all songs of a job. */
  private static Lookup songs(JsonNode body, Optional<String> account) {
    List<JsonNode> items = new ArrayList<>();
    if (body.isArray()) {
      body.forEach(items::add);
    } else if (body.has("status")) {
      items.add(body);
    }
    List<ProviderSong> finished = new ArrayList<>();
    boolean failed = false;
    for (JsonNode item : items) {
      switch (item.path("status").asText("")) {
        case "completed", "complete" -> UseapiSongs.parse(item, account).ifPresent(finished::add);
        case "failed" -> failed = true;
        default -> {
          return new Lookup.Running(ProviderJson.percent(item, "progress"));
        }
      }
    }
    if (!finished.isEmpty()) {
      return new Lookup.Finished(finished);
    }
    return failed
        ? new Lookup.Failed(Reasons.generationFailed(NAME, "its status is failed"))
        : new Lookup.Unheard("no song in the answer");
  }

  /**
   * {@code GET scheduler} lists what is running, each with the {@code replyRef} that it came with.
   */
  static Found scheduled(JsonNode items, JobId job) {
    List<String> ids = new ArrayList<>();
    Optional<String> account = Optional.empty();
    boolean there = false;
    for (JsonNode item : items) {
      if (item.path("replyRef").asText("").equals(job.value())) {
        there = true;
        ProviderJson.text(item, "job_id").ifPresent(ids::add);
        if (account.isEmpty()) {
          account = ProviderJson.text(item, "user_id");
        }
      }
    }
    if (ids.isEmpty()) {
      return there
          ? new Found.CannotTell("its scheduler names no id for the job")
          : new Found.NotThere();
    }
    return new Found.There(ids, account);
  }

  private static Reason unauthorized() {
    return Reasons.unauthorized(NAME, TOKEN);
  }

  private static SubmitOutcome trouble(List<String> accounts, String said) {
    return new SubmitOutcome.AccountTrouble(accountTrouble(accounts, said), accounts);
  }

  private static Reason accountTrouble(List<String> accounts, String said) {
    return Reasons.accountNeedsAttention(NAME, Accounts.words(accounts, TOKEN), said);
  }
}
