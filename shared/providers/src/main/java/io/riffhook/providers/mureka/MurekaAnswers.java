package io.riffhook.providers.mureka;

import static io.riffhook.providers.mureka.MurekaProvider.NAME;
import static io.riffhook.providers.mureka.MurekaProvider.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapinet.Accounts;
import io.riffhook.providers.useapinet.Answers;
import io.riffhook.providers.useapinet.RunningJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What Mureka's status codes and bodies mean. The statuses are those of its pages. */
final class MurekaAnswers {
  private static final int ACCOUNT_ERROR = 596;

  private MurekaAnswers() {}

  /**
   * @param edit whether a song of the provider's was to be edited
   * @param inTrouble the accounts whose holder must put something right
   */
  static SubmitOutcome submitted(
      Reply reply, boolean edit, Supplier<List<String>> inTrouble, Instant now) {
    return switch (reply) {
      case Reply.Answer answer -> submitted(answer, edit, inTrouble, now);
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent ->
          new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, silent.why()));
    };
  }

  private static SubmitOutcome submitted(
      Reply.Answer answer, boolean edit, Supplier<List<String>> inTrouble, Instant now) {
    String said = Answers.said(answer);
    return switch (answer.status()) {
      case 200, 201 -> accepted(answer.body());
      case 401 -> new SubmitOutcome.Closed(unauthorized());
      case 402, 412 -> trouble(List.of(), said);
      // Of an edit they are about the song; of a new song, only about the service.
      case 404, 410 ->
          edit
              ? new SubmitOutcome.Refused(Reasons.refused(NAME, said))
              : new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      // A time-out of its own, in which it may well have gone on.
      case 408 -> new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said));
      case 429 ->
          new SubmitOutcome.TryLater(Reasons.busy(NAME, said), Answers.retryAfter(answer, now));
      case ACCOUNT_ERROR ->
          isRefreshing(answer)
              ? new SubmitOutcome.TryLater(
                  Reasons.unavailable(NAME, said), Answers.retryAfter(answer, now))
              : trouble(inTrouble.get(), said);
      default ->
          answer.status() >= 500
              ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said))
              : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
    };
  }

  private static SubmitOutcome accepted(JsonNode job) {
    return ProviderJson.text(job, "jobid")
        .<SubmitOutcome>map(id -> new SubmitOutcome.Accepted(List.of(id), RunningJobs.account(job)))
        .orElseGet(
            () ->
                new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, "its answer names no job")));
  }

  static SubmitOutcome trouble(List<String> accounts, String said) {
    return new SubmitOutcome.AccountTrouble(needsAttention(accounts, said), accounts);
  }

  /**
   * Whether a call was refused for want of {@code account}, which its page requires as soon as
   * several are configured. The words of the refusal are not on the page.
   */
  static boolean wantsAccount(Reply reply) {
    return reply instanceof Reply.Answer answer
        && answer.status() == 400
        && Answers.said(answer).toLowerCase(Locale.ROOT).contains("account");
  }

  /** Here {@code code} is a text; this one says that the account is about to work again. */
  private static boolean isRefreshing(Reply.Answer answer) {
    return answer.body().path("code").asText("").equals("REFRESH_IN_PROGRESS");
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
      case 200 -> job(answer.body());
      // Jobs are kept for seven days.
      case 400, 404, 410 -> new Lookup.Unheard(said);
      case 401, 403 -> new Lookup.Denied(unauthorized());
      case 402, 412 -> new Lookup.Denied(needsAttention(Accounts.only(account), said));
      case ACCOUNT_ERROR ->
          isRefreshing(answer)
              ? new Lookup.NotNow(Reasons.unavailable(NAME, said))
              : new Lookup.Denied(needsAttention(account.map(List::of).orElseGet(inTrouble), said));
      default -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
    };
  }

  private static Lookup job(JsonNode job) {
    return switch (job.path("status").asText("")) {
      case "completed" -> finished(job);
      case "failed" -> new Lookup.Failed(Reasons.generationFailed(NAME, failure(job)));
      case "" -> new Lookup.Unheard("no job in the answer");
      default -> new Lookup.Running(ProviderJson.percent(job, "progress"));
    };
  }

  private static Lookup finished(JsonNode job) {
    List<ProviderSong> songs = new ArrayList<>();
    for (JsonNode song : job.path("response").path("songs")) {
      MurekaSongs.parse(song, job).ifPresent(songs::add);
    }
    return songs.isEmpty() ? new Lookup.Failed(Reasons.noSong(NAME)) : new Lookup.Finished(songs);
  }

  private static String failure(JsonNode job) {
    String error = ProviderJson.text(job, "error").orElse("its status is failed");
    return ProviderJson.text(job, "errorDetails")
        .map(details -> error + ": " + details)
        .orElse(error);
  }

  private static Reason unauthorized() {
    return Reasons.unauthorized(NAME, TOKEN);
  }

  private static Reason needsAttention(List<String> accounts, String said) {
    return Reasons.accountNeedsAttention(NAME, Accounts.words(accounts, TOKEN), said);
  }
}
