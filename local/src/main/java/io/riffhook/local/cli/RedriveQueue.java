package io.riffhook.local.cli;

import java.util.Locale;

/** The queues that have a dead-letter queue. */
enum RedriveQueue {
  SUBMISSION,
  DOWNLOAD,
  CHECK,
  NOTIFICATION,
  EVENT,
  BATCH,
  INBOX;

  /** The queue's name on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The environment variable that holds the queue's URL. */
  String setting() {
    return "RIFFHOOK_" + name() + "_QUEUE";
  }
}
