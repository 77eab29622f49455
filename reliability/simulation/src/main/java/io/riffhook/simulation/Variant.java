package io.riffhook.simulation;

import io.riffhook.domain.Admissions;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.InMemoryAdmissions;
import io.riffhook.domain.InMemoryAssetStore;
import io.riffhook.domain.InMemoryBatchStore;
import io.riffhook.domain.InMemoryJobStore;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Queues;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.TellingJobs;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What may differ between systems: the sound one, and those that are broken on purpose. */
interface Variant {
  /** The system as it is. */
  Variant SOUND = new Variant() {};

  /** How jobs are kept. */
  default JobStore jobs(InMemoryJobStore jobs) {
    return jobs;
  }

  /** How batches are kept. */
  default BatchStore batches(InMemoryBatchStore batches) {
    return batches;
  }

  /** How it is kept which jobs an owner has running. */
  default Admissions admissions(InMemoryAdmissions admissions) {
    return admissions;
  }

  /** How files are kept. */
  default AssetStore assets(InMemoryAssetStore bucket, Agenda agenda) {
    return bucket;
  }

  /** How messages are sent. */
  default Queues queues(Queues queues, Agenda agenda) {
    return queues;
  }

  /** How it is sent on that an event happened. */
  default JobStore telling(JobStore jobs, Queues queues) {
    return new TellingJobs(jobs, queues);
  }

  /** How a provider's answers are read. */
  default Provider provider(Provider provider) {
    return provider;
  }

  /** Whether messages are done with before their work is. */
  default boolean deletesFirst() {
    return false;
  }

  /** Whether callbacks are answered before their work is done. */
  default boolean answersFirst() {
    return false;
  }

  /** The attempt that a callback's token stands for. */
  default OptionalInt verify(CallbackTokens tokens, String provider, String job, String token) {
    return tokens.verify(provider, job, token);
  }

  /** Whether somebody is shown a job. */
  default boolean sees(ReadJobs read, Function<JobId, Optional<Job>> jobs, Owner who, JobId id) {
    return read.job(who, id).isPresent();
  }
}
