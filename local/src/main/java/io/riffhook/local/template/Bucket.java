package io.riffhook.local.template;

import java.util.List;
import java.util.Optional;

/**
 * A bucket, by its name in the template.
 *
 * @param notifications which queues receive a message for which new objects
 * @param cors which web pages may read its objects
 */
public record Bucket(String name, List<Notification> notifications, Optional<Cors> cors) {
  public Bucket {
    notifications = List.copyOf(notifications);
  }

  /** A bucket whose objects no web page may read. */
  public Bucket(String name, List<Notification> notifications) {
    this(name, notifications, Optional.empty());
  }

  /**
   * That a queue is told of new objects.
   *
   * @param queue its name in the template
   * @param prefix what the keys of these objects begin with
   * @param suffix what they end with
   */
  public record Notification(String queue, String prefix, String suffix) {
    /** Whether the queue is told of an object with this key. */
    public boolean wants(String key) {
      return key.startsWith(prefix) && key.endsWith(suffix);
    }
  }
}
