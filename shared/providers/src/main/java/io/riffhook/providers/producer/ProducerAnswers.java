package io.riffhook.providers.producer;

import static io.riffhook.providers.producer.ProducerProvider.NAME;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the answers to create, upload and get-credits mean. */
final class ProducerAnswers {
  private ProducerAnswers() {}

  static SubmitOutcome submitted(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer when isSuccess(answer) -> accepted(answer.body());
      case Reply.Answer answer -> refused(answer, ProducerFault.of(answer));
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent -> unknown(silent.why());
    };
  }

  private static SubmitOutcome accepted(JsonNode body) {
    return ProviderJson.text(body, "task_id")
        .<SubmitOutcome>map(task -> new SubmitOutcome.Accepted(List.of(task), Optional.empty()))
        .orElseGet(() -> unknown("its answer names no task"));
  }

  private static SubmitOutcome refused(Reply.Answer answer, ProducerFault fault) {
    Reason reason = fault.reason(ProducerFault.said(answer));
    return switch (fault) {
      case TOKEN, RETIRED -> new SubmitOutcome.Closed(reason);
      case ACCOUNT -> new SubmitOutcome.AccountTrouble(reason);
      case MODERATED -> new SubmitOutcome.Moderated(reason);
      case BUSY -> new SubmitOutcome.TryLater(reason, answer.retryAfter());
      case REFUSED -> new SubmitOutcome.Refused(reason);
      case SERVER -> unknown(ProducerFault.said(answer));
    };
  }

  private static SubmitOutcome unknown(String why) {
    return new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, why));
  }

  /**
   * The answer to an upload. The page shows none; those of riffusion and sonic carry a {@code
   * clip_id}, at once.
   */
  static Registration registered(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer when isSuccess(answer) -> clip(answer.body());
      case Reply.Answer answer -> notRegistered(answer, ProducerFault.of(answer));
      case Reply.NotSent unsent -> new Registration.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent ->
          new Registration.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Registration clip(JsonNode body) {
    JsonNode data = body.path("data");
    return ProviderJson.text(body, "clip_id")
        .or(() -> ProviderJson.text(data, "clip_id"))
        .or(() -> ProviderJson.text(data.path(0), "clip_id"))
        .<Registration>map(Registration.Usable::new)
        .orElseGet(
            () ->
                new Registration.NotNow(
                    Reasons.unavailable(NAME, "its answer to an upload names no clip")));
  }

  private static Registration notRegistered(Reply.Answer answer, ProducerFault fault) {
    Reason reason = fault.reason(ProducerFault.said(answer));
    return switch (fault) {
      case TOKEN, ACCOUNT, BUSY, SERVER -> new Registration.NotNow(reason);
      case MODERATED, RETIRED, REFUSED -> new Registration.Never(reason);
    };
  }

  /** The answer of get-credits: {@code {"credits": 50, "extra_credits": 0}}. */
  static Standing standing(Reply reply) {
    return reply instanceof Reply.Answer answer
            && answer.status() == 200
            && answer.body().path("credits").isIntegralNumber()
        ? new Standing(
            OptionalLong.of(
                answer.body().path("credits").longValue()
                    + answer.body().path("extra_credits").longValue()),
            List.of())
        : Standing.UNKNOWN;
  }

  static boolean isSuccess(Reply.Answer answer) {
    return answer.status() >= 200 && answer.status() < 300;
  }
}
