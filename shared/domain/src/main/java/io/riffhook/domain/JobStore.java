package io.riffhook.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where jobs are written down. Every method but {@link #findAll} is one request to the store. */
public interface JobStore {

  /** Writes a new job. False where a job with its id exists; then nothing changes. */
  boolean insert(Job job);

  /** The job, as last written. */
  Optional<Job> find(JobId id);

  /** Those of these jobs that there are, as last written, in no particular order. */
  default List<Job> findAll(Collection<JobId> ids) {
    return ids.stream().flatMap(id -> find(id).stream()).toList();
  }

  /**
   * Applies a change in one conditional write.
   *
   * @return the job after it, or empty where there is no such job or the change's guard does not
   *     hold, in which case nothing changed
   */
  Optional<Job> apply(JobId id, JobChange change, Instant now);

  /** An owner's jobs, newest first. */
  Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page);

  /**
   * Which of an owner's jobs to list.
   *
   * @param statuses only jobs in one of these; empty for all
   * @param provider only jobs of this provider
   */
  record Filter(List<Status> statuses, Optional<String> provider) {
    public Filter {
      statuses = List.copyOf(statuses);
    }
  }
}
