package io.riffhook.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What each {@link JobChange} does to a job. This is the meaning that every store must have,
 * whether it calls this or says the same in conditional writes.
 */
public final class Transitions {
  private Transitions() {}

  /** The job after the change, or empty where its guard does not hold and nothing changes. */
  public static Optional<Job> apply(Job job, JobChange change, Instant now) {
    JobChange.Move move = change.move();
    if (!move.from().contains(job.status()) || !guardHolds(job, change)) {
      return Optional.empty();
    }
    Draft draft = new Draft(job);
    draft.status = move.to().orElse(job.status());
    draft.updatedAt = change.isNews() ? now : job.updatedAt();
    draft.take(change);
    change
        .event()
        .ifPresent(
            type ->
                draft.events.add(
                    new JobEvent(draft.events.size() + 1, type, now, change.eventSong())));
    return Optional.of(draft.job(job));
  }

  private static boolean guardHolds(Job job, JobChange change) {
    return switch (change) {
      case JobChange.CallStarted started ->
          job.calls() == started.call() - 1 && !(job.submission() instanceof Submission.InFlight);
      case JobChange.PreparationPostponed later ->
          job.submission() instanceof Submission.Waiting waiting
              && waiting.preparation() == later.number() - 1;
      case JobChange.OutcomeUnknown _ -> job.submission() instanceof Submission.InFlight;
      case JobChange.LookUpPostponed later ->
          job.submission() instanceof Submission.Unknown unknown
              && unknown.next().equals(later.known());
      case JobChange.Moved moved ->
          job.unknowns() == 0 && job.providerJobs().isEmpty() && job.calls() == moved.calls();
      case JobChange.AcceptedLate _ -> !(job.submission() instanceof Submission.Accepted);
      case JobChange.Adopted adopted ->
          (job.unknowns() > 0 || !(job.submission() instanceof Submission.Accepted))
              && !job.providerJobs().contains(adopted.providerJob());
      case JobChange.Progressed progressed ->
          job.attempt() == progressed.attempt()
              && (job.progress().isEmpty() || job.progress().getAsInt() < progressed.progress());
      case JobChange.Woken woken -> wakes(job, woken.attempt(), woken.providerJob());
      case JobChange.WokenLate woken -> wakes(job, woken.attempt(), woken.providerJob());
      case JobChange.SongSeen seen ->
          !job.songNumbers().containsKey(seen.providerSong())
              && job.songNumbers().size() == seen.number() - 1;
      case JobChange.SongStored stored -> !job.storedSongs().contains(stored.number());
      case JobChange.CheckSent sent -> job.checks() < sent.number();
      case JobChange.Told told -> job.told() < told.events();
      case JobChange.ProgressTold told ->
          job.progressToldAt()
              .map(last -> !last.plus(JobChange.PROGRESS_PACE).isAfter(told.at()))
              .orElse(true);
      case JobChange.Restarted restarted ->
          job.songNumbers().isEmpty() && job.attempt() == restarted.attempt() - 1;
      case JobChange.Resumed resumed ->
          !job.songNumbers().isEmpty() && job.attempt() == resumed.attempt() - 1;
      case JobChange.Accepted _,
          JobChange.Postponed _,
          JobChange.WokenInVain _,
          JobChange.Collected _,
          JobChange.GaveNoSong _,
          JobChange.Noted _,
          JobChange.Ready _,
          JobChange.Ended _ ->
          true;
    };
  }

  private static boolean wakes(Job job, int attempt, String providerJob) {
    return job.attempt() == attempt
        && !job.woken().contains(providerJob)
        && job.woken().size() < JobChange.MAX_WOKEN;
  }

  /** The parts of a job that change, while they do. */
  private static final class Draft {
    private String provider;
    private Set<Format> formats;
    private boolean callbacks;
    private Status status;
    private OptionalInt progress;
    private int attempt;
    private Optional<Reason> reason;
    private Instant updatedAt;
    private Instant deadline;
    private Submission submission;
    private int calls;
    private int unknowns;
    private Optional<String> account;
    private List<String> providerJobs;
    private Set<String> woken;
    private Set<String> collected;
    private final Map<String, Integer> songNumbers;
    private Set<Integer> storedSongs;
    private int checks;
    private final List<JobEvent> events;
    private int told;
    private boolean progressWanted;
    private Optional<Instant> progressToldAt;

    private Draft(Job job) {
      provider = job.provider();
      formats = job.formats();
      callbacks = job.callbacks();
      status = job.status();
      progress = job.progress();
      attempt = job.attempt();
      reason = job.reason();
      updatedAt = job.updatedAt();
      deadline = job.deadline();
      submission = job.submission();
      calls = job.calls();
      unknowns = job.unknowns();
      account = job.account();
      providerJobs = job.providerJobs();
      woken = new LinkedHashSet<>(job.woken());
      collected = new LinkedHashSet<>(job.collected());
      songNumbers = new LinkedHashMap<>(job.songNumbers());
      storedSongs = new LinkedHashSet<>(job.storedSongs());
      checks = job.checks();
      events = new ArrayList<>(job.events());
      told = job.told();
      progressWanted = job.progressWanted();
      progressToldAt = job.progressToldAt();
    }

    private void take(JobChange change) {
      switch (change) {
        case JobChange.CallStarted started -> {
          calls = started.call();
          submission = new Submission.InFlight(started.at());
        }
        case JobChange.Accepted accepted -> {
          accept(accepted.providerJobs(), accepted.account(), accepted.at());
          reason = Optional.empty();
        }
        case JobChange.AcceptedLate accepted ->
            accept(accepted.providerJobs(), accepted.account(), accepted.at());
        case JobChange.Adopted adopted -> {
          providerJobs = new ArrayList<>(providerJobs);
          providerJobs.add(adopted.providerJob());
        }
        case JobChange.Postponed postponed -> {
          submission = new Submission.Waiting(postponed.until());
          reason = Optional.of(postponed.reason());
        }
        case JobChange.PreparationPostponed later -> {
          submission = new Submission.Waiting(later.until(), later.number());
          reason = later.reason().or(() -> reason);
        }
        case JobChange.LookUpPostponed later ->
            submission = new Submission.Unknown(submission.at(), later.next());
        case JobChange.Moved moved -> {
          provider = moved.provider();
          formats = moved.formats();
          callbacks = moved.callbacks();
          submission = new Submission.Waiting(moved.at());
          reason = moved.reason();
        }
        case JobChange.OutcomeUnknown unknown -> {
          submission = new Submission.Unknown(unknown.until());
          unknowns++;
          reason = Optional.of(unknown.reason());
        }
        case JobChange.Progressed progressed -> progress = OptionalInt.of(progressed.progress());
        case JobChange.Woken wake -> woken.add(wake.providerJob());
        case JobChange.WokenLate wake -> woken.add(wake.providerJob());
        case JobChange.WokenInVain vain -> woken.remove(vain.providerJob());
        case JobChange.SongSeen seen -> songNumbers.put(seen.providerSong(), seen.number());
        case JobChange.Collected done -> collected.add(done.providerJob());
        case JobChange.GaveNoSong none -> {
          collected.add(none.providerJob());
          reason = Optional.of(none.reason());
        }
        case JobChange.SongStored stored -> storedSongs.add(stored.number());
        case JobChange.Noted noted -> reason = Optional.of(noted.reason());
        case JobChange.Ready _ -> progress = OptionalInt.of(100);
        case JobChange.Ended ended -> reason = Optional.of(ended.reason());
        case JobChange.CheckSent sent -> checks = sent.number();
        case JobChange.Told now -> {
          told = now.events();
          progressWanted = now.progressWanted();
        }
        case JobChange.ProgressTold now -> progressToldAt = Optional.of(now.at());
        case JobChange.Restarted restarted -> {
          again(restarted.attempt(), restarted.deadline());
          progress = OptionalInt.empty();
          submission = new Submission.Waiting(restarted.at());
          calls = 0;
          unknowns = 0;
          account = Optional.empty();
          providerJobs = List.of();
          woken = Set.of();
          collected = Set.of();
        }
        case JobChange.Resumed resumed -> {
          again(resumed.attempt(), resumed.deadline());
          collected = Set.of();
          storedSongs = Set.of();
        }
      }
    }

    private void accept(List<String> ids, Optional<String> at, Instant when) {
      providerJobs = ids;
      account = at;
      submission = new Submission.Accepted(when);
    }

    private void again(int nextAttempt, Instant nextDeadline) {
      attempt = nextAttempt;
      deadline = nextDeadline;
      reason = Optional.empty();
    }

    private Job job(Job old) {
      return new Job(
          old.id(),
          old.owner(),
          old.request(),
          provider,
          formats,
          status,
          progress,
          attempt,
          reason,
          old.createdAt(),
          updatedAt,
          deadline,
          callbacks,
          submission,
          calls,
          unknowns,
          account,
          providerJobs,
          woken,
          collected,
          songNumbers,
          storedSongs,
          checks,
          events,
          told,
          progressWanted,
          progressToldAt);
    }
  }
}
