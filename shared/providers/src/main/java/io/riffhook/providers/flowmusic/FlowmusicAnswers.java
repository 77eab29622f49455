package io.riffhook.providers.flowmusic;

import static io.riffhook.providers.flowmusic.FlowmusicProvider.NAME;
import static io.riffhook.providers.flowmusic.FlowmusicProvider.TOKEN;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What FlowMusic's status codes and bodies mean. The statuses are those of its pages. */
final class FlowmusicAnswers {
  private static final int ACCOUNT_ERROR = 596;

  /** "Account me@example.com in error state: refresh token rejected". */
  private static final Pattern IN_ERROR = Pattern.compile("^Account (\\S+) in error state");

  private FlowmusicAnswers() {}

  /**
   * @param edit whether a song of the provider's was to be edited
   * @param account the account that the call was to be made with
   */
  static SubmitOutcome submitted(Reply reply, boolean edit, Optional<String> account, Instant now) {
    return switch (reply) {
      case Reply.Answer answer -> submitted(answer, edit, account, now);
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent ->
          new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, silent.why()));
    };
  }

  private static SubmitOutcome submitted(
      Reply.Answer answer, boolean edit, Optional<String> account, Instant now) {
    String said = Answers.said(answer);
    return switch (answer.status()) {
      case 200, 201 -> accepted(answer.body());
      case 401 -> new SubmitOutcome.Closed(unauthorized());
      case 402, ACCOUNT_ERROR -> trouble(said, account);
      // Of an edit they are about the clip; of a new song, only about the service.
      case 404, 410 ->
          edit
              ? new SubmitOutcome.Refused(Reasons.refused(NAME, said))
              : new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      // A time-out of its own, in which it may well have gone on.
      case 408 -> new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said));
      // A 409 is about something that is still being made.
      case 409, 429 ->
          new SubmitOutcome.TryLater(Reasons.busy(NAME, said), Answers.retryAfter(answer, now));
      case 422 -> new SubmitOutcome.Moderated(Reasons.moderated(NAME, said));
      default ->
          answer.status() >= 500
              ? new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, said))
              : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
    };
  }

  private static SubmitOutcome accepted(JsonNode job) {
    return ProviderJson.text(job, "jobid")
        .<SubmitOutcome>map(id -> new SubmitOutcome.Accepted(List.of(id), account(job)))
        .orElseGet(
            () ->
                new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, "its answer names no job")));
  }

  private static SubmitOutcome trouble(String said, Optional<String> account) {
    List<String> accounts = Accounts.only(named(said).or(() -> account));
    return new SubmitOutcome.AccountTrouble(
        Reasons.accountNeedsAttention(NAME, Accounts.words(accounts, TOKEN), said), accounts);
  }

  static Lookup looked(Reply reply, Optional<String> account) {
    return switch (reply) {
      case Reply.Answer answer -> looked(answer, account);
      case Reply.NotSent unsent -> new Lookup.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Lookup.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Lookup looked(Reply.Answer answer, Optional<String> account) {
    String said = Answers.said(answer);
    return switch (answer.status()) {
      case 200 -> job(answer.body(), account);
      // Records are kept for seven days.
      case 400, 404, 410 -> new Lookup.Unheard(said);
      // A 403 says that the job is another token's.
      case 401, 403 -> new Lookup.Denied(unauthorized());
      case 402, ACCOUNT_ERROR -> {
        List<String> accounts = Accounts.only(named(said).or(() -> account));
        yield new Lookup.Denied(
            Reasons.accountNeedsAttention(NAME, Accounts.words(accounts, TOKEN), said));
      }
      default -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
    };
  }

  private static Lookup job(JsonNode job, Optional<String> account) {
    return switch (job.path("status").asText("")) {
      case "completed" -> finished(job, account(job).or(() -> account));
      case "failed" -> new Lookup.Failed(failure(job));
      case "" -> new Lookup.Unheard("no job in the answer");
      default -> new Lookup.Running(ProviderJson.percent(job, "progress"));
    };
  }

  private static Lookup finished(JsonNode job, Optional<String> account) {
    List<ProviderSong> songs = new ArrayList<>();
    for (JsonNode clip : job.path("clips")) {
      FlowmusicSongs.parse(clip, account).ifPresent(songs::add);
    }
    return songs.isEmpty() ? new Lookup.Failed(Reasons.noSong(NAME)) : new Lookup.Finished(songs);
  }

  /** No page lists the codes; 422 is moderation's as a status. */
  private static Reason failure(JsonNode job) {
    JsonNode error = job.path("error");
    String code = error.path("code").asText("");
    String said =
        ProviderJson.text(error, "message")
            .or(() -> ProviderJson.text(job, "error"))
            .orElse(code.isBlank() ? "its status is failed" : "code " + code);
    boolean moderated =
        code.equals("422") || (code + " " + said).toLowerCase(Locale.ROOT).contains("moderat");
    return moderated ? Reasons.moderated(NAME, said) : Reasons.generationFailed(NAME, said);
  }

  private static Optional<String> account(JsonNode job) {
    return RunningJobs.account(job);
  }

  private static Optional<String> named(String said) {
    Matcher matcher = IN_ERROR.matcher(said);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Reason unauthorized() {
    return Reasons.unauthorized(NAME, TOKEN);
  }
}
