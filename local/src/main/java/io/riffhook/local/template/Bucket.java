package io.riffhook.local.template;

import java.util.List;

/**
 * A bucket, by its name in the template.
 *
 * @param notifications which queues are told of which new objects
 */
public record Bucket(String name, List<Notification> notifications) {
  public Bucket {
    notifications = List.copyOf(notifications);
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
