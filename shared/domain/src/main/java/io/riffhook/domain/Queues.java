package io.riffhook.domain;

import java.time.Duration;
import java.util.List;

/** The queues that carry a job on. A message may come more than once, late, and out of order. */
public interface Queues {
  /** The queues by name. */
  enum Name {
    SUBMISSION,
    DOWNLOAD,
    CHECK,
    NOTIFICATION,
    EVENT,
    BATCH;

    /** The setting that holds the queue's URL. */
    public String setting() {
      return "RIFFHOOK_" + name() + "_QUEUE";
    }
  }

  /** The longest that a message can be delayed. */
  Duration MAX_DELAY = Duration.ofMinutes(15);

  /** The job's call to the provider is due. */
  void submission(JobId job, Duration delay);

  /** The job's liveness is to be checked. */
  void check(JobId job, int number, Duration delay);

  /** Things to fetch. */
  void download(List<DownloadTask> tasks, Duration delay);

  /** Something to tell an owner. */
  void notification(NotificationTask task, Duration delay);

  /**
   * An event for the bus.
   *
   * @param json the whole of it, as an object
   */
  void event(String json);

  /**
   * Events for the bus, in as few requests as the queue allows. Where it fails, some may have been
   * sent.
   *
   * @param json the whole of each, as an object
   */
  default void events(List<String> json) {
    json.forEach(this::event);
  }

  /**
   * Several things to tell owners, in as few requests as the queue allows. Where it fails, some may
   * have been sent.
   */
  default void notifications(List<NotificationTask> tasks, Duration delay) {
    tasks.forEach(task -> notification(task, delay));
  }

  /** Lines of a batch to submit. */
  void orders(List<BatchOrder> orders);

  /** Something to do for a batch. */
  void batch(BatchTask task, Duration delay);
}
