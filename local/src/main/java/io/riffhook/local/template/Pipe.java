package io.riffhook.local.template;

import java.util.Optional;

/**
 * A pipe from a queue to an event bus, both by their names in the template.
 *
 * @param batchSize how many messages are moved at a time, 1 to 10
 * @param source the source of its events
 * @param detailType where in the message the type of its event is
 * @param time where in the message the time of its event is; without it, when it is moved
 * @param detail where in the message the detail of its event is
 */
public record Pipe(
    String name,
    String queue,
    String bus,
    int batchSize,
    String source,
    EventPath detailType,
    Optional<EventPath> time,
    EventPath detail) {}
