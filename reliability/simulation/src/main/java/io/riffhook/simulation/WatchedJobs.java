package io.riffhook.simulation;

import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Jobs, each change of which is shown to the ledger as it happens. */
final class WatchedJobs implements JobStore {
  /** How late the last check of a job may come, and how long it may take. */
  private static final Duration LATE = Duration.ofMinutes(2);

  private final JobStore jobs;
  private final Agenda agenda;
  private final Effects effects;
  private final Ledger ledger;
  private final Judge judge;

  /** Looks at a job that became READY. */
  interface Judge {
    void ready(Job job);
  }

  WatchedJobs(JobStore jobs, Agenda agenda, Effects effects, Ledger ledger, Judge judge) {
    this.jobs = jobs;
    this.agenda = agenda;
    this.effects = effects;
    this.ledger = ledger;
    this.judge = judge;
  }

  @Override
  public boolean insert(Job job) {
    boolean inserted = jobs.insert(job);
    if (inserted) {
      authorised(job.id());
      ledger.inserted(job);
      judgeAtTheDeadline(job);
    }
    return inserted;
  }

  @Override
  public Optional<Job> find(JobId id) {
    return jobs.find(id);
  }

  @Override
  public Optional<Job> apply(JobId id, JobChange change, Instant now) {
    Optional<Job> before = jobs.find(id);
    Optional<Job> after = jobs.apply(id, change, now);
    if (after.isPresent()) {
      Job job = after.get();
      effects.note(id + " is " + job.status() + " by " + change);
      authorised(id);
      ledger.changed(before.orElseThrow(), job);
      if (!job.deadline().equals(before.get().deadline())) {
        judgeAtTheDeadline(job);
      }
      if (job.status() == Status.READY && before.get().status() != Status.READY) {
        judge.ready(job);
      }
    }
    return after;
  }

  private void judgeAtTheDeadline(Job job) {
    agenda.in(
        Duration.between(agenda.instant(), job.deadline()).plus(LATE),
        () -> ledger.deadline(job.id(), job.deadline()));
  }

  private void authorised(JobId job) {
    if (agenda.current().filter(Agenda.Actor::isIntruder).isPresent()) {
      throw new Violation(
          Invariant.NO_STRANGER, job + " was changed by " + agenda.current().get().name());
    }
  }

  @Override
  public Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
    return jobs.ofOwner(owner, filter, page);
  }
}
