package io.riffhook.providers.riffgateway;

import static io.riffhook.providers.riffgateway.RiffgatewayProvider.NAME;
import static io.riffhook.providers.riffgateway.RiffgatewayProvider.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the gateway's status codes and bodies mean. No page lists its codes: they are read as HTTP
 * defines them, and 402 and 403, for a gateway that sells by request, as an account that is empty
 * or lacks a right.
 */
final class RiffgatewayAnswers {
  private static final String SUCCESS = "success";

  /** No page names the word for a failure: anything but these, and success, is still at work. */
  private static final Set<String> FAILED = Set.of("fail", "failed", "failure", "error");

  private RiffgatewayAnswers() {}

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
    String said = said(answer);
    return switch (answer.status()) {
      case 200, 201, 202 -> accepted(answer.body());
      case 401 -> new SubmitOutcome.Closed(unauthorized());
      case 402, 403 -> new SubmitOutcome.AccountTrouble(accountTrouble(said));
      case 404, 410 -> new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      case 429 -> new SubmitOutcome.TryLater(Reasons.busy(NAME, said), answer.retryAfter());
      default ->
          answer.status() >= 500
              ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said))
              : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
    };
  }

  private static SubmitOutcome accepted(JsonNode body) {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : body.path("jobs")) {
      ProviderJson.text(job, "id").filter(id -> !ids.contains(id)).ifPresent(ids::add);
    }
    return ids.isEmpty()
        ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, "its answer names no job"))
        : new SubmitOutcome.Accepted(ids, Optional.empty());
  }

  static Lookup looked(Reply reply, String job) {
    return switch (reply) {
      case Reply.Answer answer -> looked(answer, job);
      case Reply.NotSent unsent -> new Lookup.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Lookup.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Lookup looked(Reply.Answer answer, String job) {
    String said = said(answer);
    return switch (answer.status()) {
      case 200 -> feed(answer.body(), job);
      case 400, 404 -> new Lookup.Unheard(said);
      case 401 -> new Lookup.Denied(unauthorized());
      case 402, 403 -> new Lookup.Denied(accountTrouble(said));
      case 410 -> new Lookup.Denied(Reasons.retired(NAME, said));
      default -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
    };
  }

  /**
   * {@code status} is {@code process} while it works, and then so is the name of the number that
   * says how far it is. Audio that is there before {@code success} may still grow.
   */
  private static Lookup feed(JsonNode body, String job) {
    if (!body.isObject()) {
      return new Lookup.NotNow(Reasons.unavailable(NAME, "its answer is not an object"));
    }
    String status = body.path("status").asText("").toLowerCase(Locale.ROOT);
    if (FAILED.contains(status)) {
      return new Lookup.Failed(
          Reasons.generationFailed(NAME, text(body).orElse("its status is " + status)));
    }
    List<ProviderSong> songs = status.equals(SUCCESS) ? RiffgatewaySongs.of(body, job) : List.of();
    OptionalInt progress = ProviderJson.percent(body, "process");
    return songs.isEmpty() ? new Lookup.Running(progress) : new Lookup.Finished(songs);
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
    String said = said(answer);
    return switch (answer.status()) {
      // Asked again, an answer that cannot be read would be bought again.
      case 200, 201, 202 ->
          ProviderJson.text(answer.body(), "id")
              .<Registration>map(Registration.Usable::new)
              .orElseGet(
                  () -> new Registration.Never(Reasons.refused(NAME, "its answer names no id")));
      case 401 -> new Registration.NotNow(unauthorized());
      case 402, 403 -> new Registration.NotNow(accountTrouble(said));
      case 404, 410 -> new Registration.Never(Reasons.retired(NAME, said));
      case 429 -> new Registration.NotNow(Reasons.busy(NAME, said));
      default ->
          answer.status() >= 500
              ? new Registration.NotNow(Reasons.unavailable(NAME, said))
              : new Registration.Never(Reasons.refused(NAME, said));
    };
  }

  private static Reason unauthorized() {
    return Reasons.unauthorized(NAME, TOKEN);
  }

  private static Reason accountTrouble(String said) {
    return Reasons.accountNeedsAttention(NAME, "behind " + TOKEN, said);
  }

  private static String said(Reply.Answer answer) {
    return text(answer.body()).orElse("HTTP " + answer.status());
  }

  /** The gateway's own words: {@code {"error":{"message":…}}}. */
  private static Optional<String> text(JsonNode body) {
    return ProviderJson.text(body.path("error"), "message")
        .or(() -> ProviderJson.text(body, "error"))
        .or(() -> ProviderJson.text(body, "message"));
  }
}
