package io.riffhook.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Jobs in memory. Safe for use by several threads. */
public final class InMemoryJobStore implements JobStore {
  private final Map<JobId, Job> jobs = new HashMap<>();

  @Override
  public synchronized boolean insert(Job job) {
    return jobs.putIfAbsent(job.id(), job) == null;
  }

  @Override
  public synchronized Optional<Job> find(JobId id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public synchronized Optional<Job> apply(JobId id, JobChange change, Instant now) {
    Optional<Job> next = find(id).flatMap(job -> Transitions.apply(job, change, now));
    next.ifPresent(job -> jobs.put(id, job));
    return next;
  }

  @Override
  public synchronized Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
    Comparator<Job> oldestFirst =
        Comparator.comparing(Job::createdAt).thenComparing(job -> job.id().value());
    List<Job> listed =
        jobs.values().stream()
            .filter(job -> job.owner().equals(owner))
            .filter(job -> filter.statuses().isEmpty() || filter.statuses().contains(job.status()))
            .filter(job -> filter.provider().map(job.provider()::equals).orElse(true))
            .sorted(oldestFirst.reversed())
            .toList();
    Function<Job, String> name = job -> job.id().value();
    return InMemoryPages.page("jobs", owner, listed, name, page);
  }

  /** Puts a job there as it is, whatever was there. */
  public synchronized void put(Job job) {
    jobs.put(job.id(), job);
  }

  /** Every job there is, of every owner. */
  public synchronized List<Job> all() {
    return List.copyOf(jobs.values());
  }
}
