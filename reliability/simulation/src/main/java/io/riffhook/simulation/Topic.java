package io.riffhook.simulation;

import io.riffhook.domain.BatchTask;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.NotificationTask;

/**
 * What messages are about. All messages of one topic carry one thing on, so few of them may wait at
 * once, and few may be sent in all.
 *
 * @param subject the job, song, asset, upload, delivery, line or batch
 */
record Topic(Kind kind, String subject) {

  /** A kind of message, and how many of one topic there may be: more means a second chain. */
  enum Kind {
    SUBMISSION(16, 400),
    CHECK(8, 8_000),
    COLLECT(64, 4_000),
    ADOPT(16, 200),
    STORE(32, 200),
    STEMS(32, 200),
    PREPARE(16, 100),
    FETCH(4, 16),
    ANNOUNCE(16, 200),
    PROGRESS(40, 1_000),
    TELL(8, 16),
    DELIVER(100, 2_000),
    ORDER(16, 2_000),
    BATCH(16, 200),
    BATCH_CHECK(16, 4_000);

    private final int atOnce;
    private final int inAll;

    Kind(int atOnce, int inAll) {
      this.atOnce = atOnce;
      this.inAll = inAll;
    }

    /** How many messages of one topic may wait at once. */
    int atOnce() {
      return atOnce;
    }

    /** How many messages of one topic may be sent in the life of a world. */
    int inAll() {
      return inAll;
    }
  }

  static Topic of(SimulatedQueues.Message message) {
    return switch (message) {
      case SimulatedQueues.Message.Submission due -> new Topic(Kind.SUBMISSION, due.job().value());
      case SimulatedQueues.Message.Check due -> new Topic(Kind.CHECK, due.job().value());
      case SimulatedQueues.Message.Download(DownloadTask task) -> of(task);
      case SimulatedQueues.Message.Notification(NotificationTask task) -> of(task);
      case SimulatedQueues.Message.Order due ->
          new Topic(Kind.ORDER, due.order().line().job().value());
      case SimulatedQueues.Message.Batch(BatchTask task) ->
          switch (task) {
            case BatchTask.Ended ended -> new Topic(Kind.BATCH, ended.line().job().value());
            case BatchTask.Refused refused -> new Topic(Kind.BATCH, refused.line().job().value());
            case BatchTask.Check check -> new Topic(Kind.BATCH_CHECK, check.batch().value());
          };
    };
  }

  private static Topic of(DownloadTask task) {
    return switch (task) {
      case DownloadTask.Collect collect -> new Topic(Kind.COLLECT, collect.subject());
      case DownloadTask.Adopt adopt -> new Topic(Kind.ADOPT, adopt.subject());
      case DownloadTask.Store store -> asset(store.song().toString(), store.name());
      case DownloadTask.ListStems stems -> new Topic(Kind.STEMS, stems.song().toString());
      case DownloadTask.Prepare prepare -> new Topic(Kind.PREPARE, prepare.subject());
      case DownloadTask.Fetch fetch -> new Topic(Kind.FETCH, fetch.subject());
    };
  }

  /** The messages that fetch an asset. */
  static Topic asset(String song, String name) {
    return new Topic(Kind.STORE, song + "/" + name);
  }

  private static Topic of(NotificationTask task) {
    return switch (task) {
      case NotificationTask.Announce announce -> new Topic(Kind.ANNOUNCE, announce.job().value());
      case NotificationTask.Progress progress -> new Topic(Kind.PROGRESS, progress.job().value());
      case NotificationTask.Tell tell -> new Topic(Kind.TELL, tell.notification().id());
      case NotificationTask.Deliver deliver ->
          new Topic(Kind.DELIVER, deliver.endpoint() + " " + deliver.notification().id());
    };
  }
}
