package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A job store that sends a message for each event as soon as the event is written. If the message
 * is not sent, the job's next check sends it, so a failed send does not fail the write.
 */
public final class TellingJobs implements JobStore {
  /**
   * The last song that is stored ends the job at once. Two messages at a time would be worked on at
   * a time, and tell the bus each thing twice.
   */
  private static final Duration END_MAY_FOLLOW = Duration.ofSeconds(1);

  private final JobStore store;
  private final Queues queues;

  public TellingJobs(JobStore store, Queues queues) {
    this.store = store;
    this.queues = queues;
  }

  @Override
  public boolean insert(Job job) {
    return store.insert(job);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return store.find(id);
  }

  @Override
  public List<Job> findAll(Collection<JobId> ids) {
    return store.findAll(ids);
  }

  @Override
  public Optional<Job> apply(JobId id, JobChange change, Instant now) {
    Optional<Job> after = store.apply(id, change, now);
    after
        .flatMap(job -> news(job, change))
        .ifPresent(
            task ->
                FollowUp.run(
                    "sending the message for an event of job " + id,
                    () -> queues.notification(task, delay(change))));
    return after;
  }

  /**
   * Whether whoever stored a song ends the job next, whose message tells of both. Should it die in
   * between, the job's next check ends the job.
   */
  private static boolean endFollows(Job job, JobChange change) {
    return change instanceof JobChange.SongStored
        && job.knowsAll()
        && job.conclusion(job.updatedAt(), Duration.ZERO).isPresent();
  }

  private static Duration delay(JobChange change) {
    return change instanceof JobChange.SongStored ? END_MAY_FOLLOW : Duration.ZERO;
  }

  private static Optional<NotificationTask> news(Job job, JobChange change) {
    if (change.event().isPresent()) {
      return endFollows(job, change)
          ? Optional.empty()
          : Optional.of(new NotificationTask.Announce(job.id()));
    }
    return change instanceof JobChange.Progressed && job.progressWanted()
        ? Optional.of(new NotificationTask.Progress(job.id()))
        : Optional.empty();
  }

  @Override
  public Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
    return store.ofOwner(owner, filter, page);
  }
}
