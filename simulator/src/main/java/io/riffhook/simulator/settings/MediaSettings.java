package io.riffhook.simulator.settings;

import java.time.Duration;

/**
 * How media is served: the files behind links, and the mp3 and wav downloads. A "first n" counts
 * from the moment the settings were set.
 *
 * @param expireAfterFetches a link works so many times, 0 for ever; reading the song again gives a
 *     fresh one
 * @param expireAfter a link works for so long, zero for ever
 * @param expiredStatus what an expired link answers: 403 or 404
 * @param cutFirst the first so many media answers are cut
 * @param cutAfter after so many bytes, where they have more; 0 for half way
 * @param htmlFirst the first so many media answers are an HTML page with the status 200
 * @param busyFirst the first so many media answers are a 503
 * @param retryAfter how long that asks to wait, in whole seconds
 * @param chunked whether media is sent without a Content-Length
 * @param ranges whether links give parts of their files, and tags that tell versions apart
 * @param changing whether each answer of a link has another tag, as that of another version
 * @param wavBytes the size of every downloaded wav of the mix, the song repeated; 0 for the song
 *     once, else as WavFile allows
 */
public record MediaSettings(
    int expireAfterFetches,
    Duration expireAfter,
    int expiredStatus,
    int cutFirst,
    long cutAfter,
    int htmlFirst,
    int busyFirst,
    Duration retryAfter,
    boolean chunked,
    boolean ranges,
    boolean changing,
    long wavBytes) {

  public MediaSettings {
    if (cutAfter < 0) {
      throw new IllegalArgumentException("cutAfter must not be negative, is " + cutAfter);
    }
    if (wavBytes != 0 && (wavBytes < 48 || wavBytes > 0xFFFF_FFFCL || wavBytes % 4 != 0)) {
      throw new IllegalArgumentException(
          "wavBytes must be 0, or 48 to 4294967292 and a multiple of 4, is " + wavBytes);
    }
  }

  /** The settings of a simulator nobody has changed. */
  public static MediaSettings defaults() {
    return new MediaSettings(
        0, Duration.ZERO, 403, 0, 0, 0, 0, Duration.ofSeconds(1), false, true, false, 0);
  }

  /** These settings with another {@code expireAfterFetches}. */
  public MediaSettings withExpireAfterFetches(int expireAfterFetches) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code expireAfter}. */
  public MediaSettings withExpireAfter(Duration expireAfter) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code expiredStatus}. */
  public MediaSettings withExpiredStatus(int expiredStatus) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code cutFirst}. */
  public MediaSettings withCutFirst(int cutFirst) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code cutAfter}. */
  public MediaSettings withCutAfter(long cutAfter) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code htmlFirst}. */
  public MediaSettings withHtmlFirst(int htmlFirst) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code busyFirst}. */
  public MediaSettings withBusyFirst(int busyFirst) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code retryAfter}. */
  public MediaSettings withRetryAfter(Duration retryAfter) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code chunked}. */
  public MediaSettings withChunked(boolean chunked) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code ranges}. */
  public MediaSettings withRanges(boolean ranges) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code changing}. */
  public MediaSettings withChanging(boolean changing) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }

  /** These settings with another {@code wavBytes}. */
  public MediaSettings withWavBytes(long wavBytes) {
    return new MediaSettings(
        expireAfterFetches,
        expireAfter,
        expiredStatus,
        cutFirst,
        cutAfter,
        htmlFirst,
        busyFirst,
        retryAfter,
        chunked,
        ranges,
        changing,
        wavBytes);
  }
}
