package io.riffhook.domain;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Something that happened to a job and that its owner is told of. It is written down in the same
 * write that makes it happen, so none is ever forgotten.
 *
 * @param number 1 for the job's first, in the order in which they happened
 * @param song the number of the song that it is about, where it is about one
 */
public record JobEvent(int number, EventType type, Instant at, OptionalInt song) {}
