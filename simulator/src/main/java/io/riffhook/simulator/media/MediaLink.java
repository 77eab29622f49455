package io.riffhook.simulator.media;

import io.riffhook.simulator.settings.MediaSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * A link to a file of a song.
 *
 * @param number how many links to that file came before
 * @param issuedAt when it was first given
 * @param fetches how often it was fetched
 */
record MediaLink(int number, Instant issuedAt, int fetches) {

  /**
   * How long links work.
   *
   * @param fetches so many times, 0 for ever
   * @param time so long, zero for ever
   */
  record Lifetime(int fetches, Duration time) {
    static Lifetime of(MediaSettings settings) {
      return new Lifetime(settings.expireAfterFetches(), settings.expireAfter());
    }
  }

  boolean isExpired(Lifetime lifetime, Instant now) {
    boolean usedUp = lifetime.fetches() > 0 && fetches >= lifetime.fetches();
    boolean old = lifetime.time().isPositive() && !now.isBefore(issuedAt.plus(lifetime.time()));
    return usedUp || old;
  }

  MediaLink fetched() {
    return new MediaLink(number, issuedAt, fetches + 1);
  }
}
