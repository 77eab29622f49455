package io.riffhook.providers.useapi;

import static io.riffhook.providers.useapi.UseapiProvider.NAME;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What useapi's status codes and bodies mean. The statuses are those of its pages. */
final class UseapiAnswers {
  private static final int PENDING_ERROR = 596;

  private UseapiAnswers() {}

  static SubmitOutcome submitted(Reply reply, Supplier<String> accountsInTrouble) {
    return switch (reply) {
      case Reply.Answer answer -> submitted(answer, accountsInTrouble);
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent ->
          new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, silent.why()));
    };
  }

  private static SubmitOutcome submitted(Reply.Answer answer, Supplier<String> accountsInTrouble) {
    String said = said(answer);
    return switch (answer.status()) {
      case 200, 201 -> accepted(answer.body());
      case 401 -> new SubmitOutcome.Closed(unauthorized());
      case 404, 410 -> new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      case 422 -> moderated(answer.body(), said);
      case 429 -> new SubmitOutcome.TryLater(Reasons.busy(NAME, said), answer.retryAfter());
      case PENDING_ERROR ->
          new SubmitOutcome.AccountTrouble(accountTrouble(accountsInTrouble.get(), said));
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

  static Lookup looked(Reply reply, Optional<String> account, Supplier<String> accountsInTrouble) {
    return switch (reply) {
      case Reply.Answer answer -> looked(answer, account, accountsInTrouble);
      case Reply.NotSent unsent -> new Lookup.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Lookup.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Lookup looked(
      Reply.Answer answer, Optional<String> account, Supplier<String> accountsInTrouble) {
    String said = said(answer);
    return switch (answer.status()) {
      case 200 -> songs(answer.body(), account);
      case 400, 404 -> new Lookup.Unheard(said);
      case 401 -> new Lookup.Denied(unauthorized());
      case 410 -> new Lookup.Denied(Reasons.retired(NAME, said));
      case PENDING_ERROR -> new Lookup.Denied(accountTrouble(accountsInTrouble.get(), said));
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
    return Reasons.unauthorized(NAME, "USEAPI_TOKEN");
  }

  private static Reason accountTrouble(String account, String said) {
    return Reasons.accountNeedsAttention(NAME, account, said);
  }

  /** The provider's own words: {@code error}, or {@code detail} where its upstream speaks. */
  static String said(Reply.Answer answer) {
    return ProviderJson.text(answer.body(), "error")
        .or(() -> ProviderJson.text(answer.body(), "detail"))
        .orElse("HTTP " + answer.status());
  }
}
