package io.riffhook.simulation;

import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.Status;
import io.riffhook.domain.Submission;
import io.riffhook.domain.Transitions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes jobs look as though the condition of a change held. */
final class Doctor {
  private Doctor() {}

  /** The change as it should be. */
  static Optional<Job> apply(Job job, JobChange change, Instant now) {
    return Transitions.apply(job, change, now);
  }

  /** The job in a state that the change may start from. */
  static Job inAState(Job job, JobChange change) {
    return change.move().from().contains(job.status())
        ? job
        : with(
            job,
            change.move().from().stream().sorted().findFirst().orElseThrow(),
            job.submission(),
            job.calls(),
            job.songNumbers());
  }

  /** The job as though nobody had started the call. */
  static Job beforeCall(Job job, JobChange.CallStarted started) {
    return with(
        job,
        job.status(),
        new Submission.Waiting(started.at()),
        started.call() - 1,
        job.songNumbers());
  }

  /** The job with a song under a number that may be another's. */
  static Optional<Job> numbered(Job job, JobChange.SongSeen seen, Instant now) {
    if (!Status.OPEN.contains(job.status())) {
      return Optional.empty();
    }
    Map<String, Integer> numbers = new LinkedHashMap<>(job.songNumbers());
    numbers.put(seen.providerSong(), seen.number());
    return Optional.of(with(job, job.status(), job.submission(), job.calls(), numbers));
  }

  private static Job with(
      Job job, Status status, Submission submission, int calls, Map<String, Integer> numbers) {
    return new Job(
        job.id(),
        job.owner(),
        job.request(),
        job.provider(),
        job.formats(),
        status,
        job.progress(),
        job.attempt(),
        job.reason(),
        job.createdAt(),
        job.updatedAt(),
        job.deadline(),
        job.callbacks(),
        submission,
        calls,
        job.unknowns(),
        job.account(),
        job.providerJobs(),
        job.woken(),
        job.collected(),
        numbers,
        job.storedSongs(),
        job.checks(),
        job.events(),
        job.told(),
        job.progressWanted(),
        job.progressToldAt());
  }
}
