package io.riffhook.domain;

import java.time.Instant;

/** Something to tell an owner. */
public sealed interface NotificationTask {
  /** Events of a job have not been told yet. */
  record Announce(JobId job) implements NotificationTask {}

  /** A job whose owner asked for it has progressed. */
  record Progress(JobId job) implements NotificationTask {}

  /** Something that is no event of a job happened, and each of its owner's endpoints is told. */
  record Tell(Notification notification) implements NotificationTask {}

  /**
   * One endpoint is told of one thing.
   *
   * @param attempt 1, and one more each time it is tried again
   * @param due when; a queue can't wait long enough
   */
  record Deliver(Notification notification, EndpointId endpoint, int attempt, Instant due)
      implements NotificationTask {
    /** The next attempt. */
    public Deliver next(Instant later) {
      return new Deliver(notification, endpoint, attempt + 1, later);
    }
  }
}
