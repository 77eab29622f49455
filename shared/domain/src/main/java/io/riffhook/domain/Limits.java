package io.riffhook.domain;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many jobs each owner may have.
 *
 * @param running at once, 1 to {@link #MAX_RUNNING}
 * @param perDay begun within one day of UTC, 1 or more; empty for any number
 */
public record Limits(int running, OptionalInt perDay) {
  /**
   * The most that {@code running} can be. The ids of an owner's running jobs are kept in one item,
   * which DynamoDB bills by its size with each write: about one write unit for every 20 of them.
   */
  public static final int MAX_RUNNING = 1_000;

  private static final String RUNNING = "RIFFHOOK_MAX_RUNNING_JOBS";
  private static final String PER_DAY = "RIFFHOOK_MAX_JOBS_PER_DAY";

  public Limits {
    if (running < 1 || running > MAX_RUNNING) {
      throw new IllegalArgumentException("running must be 1 to " + MAX_RUNNING);
    }
    if (perDay.isPresent() && perDay.getAsInt() < 1) {
      throw new IllegalArgumentException("perDay must be 1 or more");
    }
  }

  /**
   * The limits of a deployment, or empty where it has none. Where only the day is limited, {@link
   * #MAX_RUNNING} may run at once.
   *
   * @throws IllegalArgumentException where a setting is no number, or out of its range
   */
  public static Optional<Limits> from(Settings settings) {
    OptionalInt running = number(settings, RUNNING, MAX_RUNNING);
    OptionalInt perDay = number(settings, PER_DAY, Integer.MAX_VALUE);
    return running.isEmpty() && perDay.isEmpty()
        ? Optional.empty()
        : Optional.of(new Limits(running.orElse(MAX_RUNNING), perDay));
  }

  private static OptionalInt number(Settings settings, String name, int max) {
    Optional<String> text = settings.fixed(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int number;
    try {
      number = Integer.parseInt(text.get());
    } catch (NumberFormatException _) {
      number = -1;
    }
    if (number < 0 || number > max) {
      throw new IllegalArgumentException(
          "the setting %s must be a whole number from 0 to %d, where 0 is no limit, and is '%s'"
              .formatted(name, max, text.get()));
    }
    return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
