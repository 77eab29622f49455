package io.riffhook.domain;

import java.util.Optional;

/** What a notification says. */
@FunctionalInterface
public interface NotificationDocument {
  /**
   * The whole of it, as a JSON object of less than 20 kB.
   *
   * @param job the job that it is about, with its songs, where it is about one
   * @param links whether short-lived links to the stored assets are wanted
   */
  String of(Notification notification, Optional<ReadJobs.View> job, boolean links);
}
