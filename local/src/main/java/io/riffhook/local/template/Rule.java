package io.riffhook.local.template;

import java.util.List;
import java.util.Optional;

/**
 * A rule of an event bus.
 *
 * @param bus the bus, by its name in the template
 * @param pattern which events it is for: an EventBridge event pattern, JSON
 */
public record Rule(String name, String bus, String pattern, List<Target> targets) {

  public Rule {
    targets = List.copyOf(targets);
  }

  /**
   * A queue that gets the rule's events.
   *
   * @param queue the queue, by its name in the template
   * @param input the part of the event that it gets, or all of it
   */
  public record Target(String id, String queue, Optional<EventPath> input) {}
}
