package io.riffhook.providers.standard;

import static io.riffhook.providers.standard.StandardProvider.NAME;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.standard.StandardMapping.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What statuses and bodies mean. The bodies are mapped; the statuses mean what HTTP says that they
 * do, and 402 that there is nothing left to pay with.
 */
final class StandardAnswers {
  private final StandardMapping mapping;
  private final StandardJobs jobs;
  private final StandardSongs songs;

  StandardAnswers(StandardMapping mapping) {
    this.mapping = mapping;
    this.jobs = new StandardJobs(mapping.job());
    this.songs = new StandardSongs(mapping.songs());
  }

  SubmitOutcome submitted(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer when isSuccess(answer) ->
          StandardJobs.id(answer.body(), mapping.create().id())
              .<SubmitOutcome>map(id -> new SubmitOutcome.Accepted(List.of(id), Optional.empty()))
              .orElseGet(() -> unknown("its answer names no job where the mapping says"));
      case Reply.Answer answer -> refused(answer);
      case Reply.NotSent unsent ->
          new SubmitOutcome.TryLater(Reasons.unavailable(NAME, unsent.why()), Optional.empty());
      case Reply.NoAnswer silent -> unknown(silent.why());
    };
  }

  private SubmitOutcome refused(Reply.Answer answer) {
    String said = said(answer);
    if (answer.status() < 500 && state(answer).filter(State.MODERATED::equals).isPresent()) {
      return new SubmitOutcome.Moderated(Reasons.moderated(NAME, said));
    }
    return switch (answer.status()) {
      case 401, 403 -> new SubmitOutcome.Closed(unauthorized());
      case 402, 412 -> new SubmitOutcome.AccountTrouble(account(said));
      case 404, 405, 410 -> new SubmitOutcome.Closed(Reasons.retired(NAME, said));
      case 429 -> new SubmitOutcome.TryLater(Reasons.busy(NAME, said), answer.retryAfter());
      default ->
          answer.status() >= 500
              ? unknown(said)
              : new SubmitOutcome.Refused(Reasons.refused(NAME, said));
    };
  }

  private static SubmitOutcome unknown(String why) {
    return new SubmitOutcome.Unknown(Reasons.outcomeUnknown(NAME, why));
  }

  Lookup looked(Reply reply, String providerJob) {
    return switch (reply) {
      case Reply.Answer answer when isSuccess(answer) -> job(answer, providerJob);
      case Reply.Answer answer ->
          switch (answer.status()) {
            case 401, 403 -> new Lookup.Denied(unauthorized());
            case 402, 412 -> new Lookup.Denied(account(said(answer)));
            case 404, 410 -> new Lookup.Unheard(said(answer));
            default -> notNow(said(answer));
          };
      case Reply.NotSent unsent -> notNow(unsent.why());
      case Reply.NoAnswer silent -> notNow(silent.why());
    };
  }

  private Lookup job(Reply.Answer answer, String providerJob) {
    JsonNode job = job(answer);
    Optional<String> word = jobs.word(job);
    if (word.isEmpty()) {
      return answer.status() == 202
          ? new Lookup.Running(OptionalInt.empty())
          : notNow("its answer has no status where the mapping says");
    }
    return switch (jobs.state(job).orElse(null)) {
      case RUNNING -> new Lookup.Running(jobs.progress(job));
      case SUCCEEDED -> songs(job, providerJob);
      case FAILED ->
          new Lookup.Failed(
              Reasons.generationFailed(NAME, error(answer).orElse("its status is " + word.get())));
      case MODERATED ->
          new Lookup.Failed(
              Reasons.moderated(NAME, error(answer).orElse("its status is " + word.get())));
      case null -> notNow("its status is " + word.get() + ", which the mapping does not know");
    };
  }

  /** A job that was paid is not given up because the mapping misses its songs: it can be mended. */
  private Lookup songs(JsonNode job, String providerJob) {
    List<ProviderSong> found = songs.of(job, providerJob);
    return found.isEmpty()
        ? notNow("its answer has no song where the mapping says")
        : new Lookup.Finished(found);
  }

  /** The stems of a song, in the answer to a read of its job. */
  Stems stems(Reply reply, SongName song) {
    return switch (reply) {
      case Reply.Answer answer when isSuccess(answer) ->
          songs.stems(job(answer), song).orElseGet(() -> noStems("its answer has no stems"));
      case Reply.Answer answer -> noStems(said(answer));
      case Reply.NotSent unsent -> noStems(unsent.why());
      case Reply.NoAnswer silent -> noStems(silent.why());
    };
  }

  private static Stems noStems(String why) {
    return new Stems.NotNow(Reasons.unavailable(NAME, why));
  }

  private static Lookup notNow(String why) {
    return new Lookup.NotNow(Reasons.unavailable(NAME, why));
  }

  private JsonNode job(Reply.Answer answer) {
    return answer.body().at(mapping.read().job());
  }

  private Optional<State> state(Reply.Answer answer) {
    return jobs.state(job(answer));
  }

  private Optional<String> error(Reply.Answer answer) {
    return jobs.error(answer.body(), job(answer));
  }

  private String said(Reply.Answer answer) {
    return error(answer).orElse("HTTP " + answer.status());
  }

  private static boolean isSuccess(Reply.Answer answer) {
    return answer.status() >= 200 && answer.status() < 300;
  }

  private static Reason unauthorized() {
    return Reasons.unauthorized(NAME, StandardProvider.TOKEN);
  }

  private static Reason account(String said) {
    return Reasons.accountNeedsAttention(NAME, "behind " + StandardProvider.TOKEN, said);
  }
}
