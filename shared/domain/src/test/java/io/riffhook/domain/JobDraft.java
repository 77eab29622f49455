package io.riffhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A job that a test gives any shape, whether or not one can come to it. */
public final class JobDraft {
  private final Job base;
  private final Status status;
  private JobId id;
  private JobRequest request;
  private OptionalInt progress;
  private int attempt;
  private Optional<Reason> reason;
  private Instant updatedAt;
  private Instant deadline;
  private Submission submission;
  private int calls;
  private int unknowns;
  private boolean callbacks;
  private Optional<String> account;
  private List<String> providerJobs;
  private Set<String> woken;
  private Set<String> collected;
  private Map<String, Integer> songs;
  private Set<Integer> stored;
  private int checks;
  private List<JobEvent> events;
  private int told;
  private boolean progressWanted;
  private Optional<Instant> progressToldAt;

  public JobDraft(Job base, Status status) {
    this.base = base;
    this.status = status;
    id = base.id();
    request = base.request();
    progress = base.progress();
    attempt = base.attempt();
    reason = base.reason();
    updatedAt = base.updatedAt();
    deadline = base.deadline();
    submission = base.submission();
    calls = base.calls();
    unknowns = base.unknowns();
    callbacks = base.callbacks();
    account = base.account();
    providerJobs = base.providerJobs();
    woken = base.woken();
    collected = base.collected();
    songs = base.songNumbers();
    stored = base.storedSongs();
    checks = base.checks();
    events = base.events();
    told = base.told();
    progressWanted = base.progressWanted();
    progressToldAt = base.progressToldAt();
  }

  public JobDraft id(JobId next) {
    id = next;
    return this;
  }

  public JobDraft request(JobRequest next) {
    request = next;
    return this;
  }

  public JobDraft progress(int next) {
    progress = OptionalInt.of(next);
    return this;
  }

  public JobDraft attempt(int next) {
    attempt = next;
    return this;
  }

  public JobDraft reason(Reason next) {
    reason = Optional.of(next);
    return this;
  }

  public JobDraft updatedAt(Instant next) {
    updatedAt = next;
    return this;
  }

  public JobDraft deadline(Instant next) {
    deadline = next;
    return this;
  }

  public JobDraft submission(Submission next) {
    submission = next;
    return this;
  }

  public JobDraft calls(int next) {
    calls = next;
    return this;
  }

  public JobDraft unknowns(int next) {
    unknowns = next;
    return this;
  }

  public JobDraft account(String next) {
    account = Optional.of(next);
    return this;
  }

  public JobDraft providerJobs(String... next) {
    providerJobs = List.of(next);
    return this;
  }

  public JobDraft woken(String... next) {
    woken = Set.of(next);
    return this;
  }

  public JobDraft collected(String... next) {
    collected = Set.of(next);
    return this;
  }

  public JobDraft songs(Map<String, Integer> next) {
    songs = next;
    return this;
  }

  public JobDraft stored(Integer... next) {
    stored = Set.of(next);
    return this;
  }

  public JobDraft checks(int next) {
    checks = next;
    return this;
  }

  public JobDraft callbacks(boolean next) {
    callbacks = next;
    return this;
  }

  public JobDraft events(JobEvent... next) {
    events = List.of(next);
    return this;
  }

  public JobDraft told(int next) {
    told = next;
    return this;
  }

  public JobDraft progressWanted(boolean next) {
    progressWanted = next;
    return this;
  }

  public JobDraft progressToldAt(Instant next) {
    progressToldAt = Optional.of(next);
    return this;
  }

  /** The job in that shape. */
  public Job job() {
    return new Job(
        id,
        base.owner(),
        request,
        base.provider(),
        base.formats(),
        status,
        progress,
        attempt,
        reason,
        base.createdAt(),
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
        songs,
        stored,
        checks,
        events,
        told,
        progressWanted,
        progressToldAt);
  }
}
