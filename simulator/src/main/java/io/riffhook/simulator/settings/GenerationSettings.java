package io.riffhook.simulator.settings;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How songs are made.
 *
 * @param duration how long a song is being made
 * @param audioSeconds about how long the audio is, in seconds, at least 4
 * @param failing a regular expression; a song in whose prompt it is found fails
 */
public record GenerationSettings(Duration duration, double audioSeconds, String failing) {

  public GenerationSettings {
    Pattern.compile(failing);
    if (audioSeconds < 4) {
      throw new IllegalArgumentException("audioSeconds must be at least 4, is " + audioSeconds);
    }
  }

  /** The settings of a simulator nobody has changed. */
  public static GenerationSettings defaults() {
    return new GenerationSettings(Duration.ofSeconds(1), 24, "(?i)failsong");
  }

  /** These settings with another {@code duration}. */
  public GenerationSettings withDuration(Duration duration) {
    return new GenerationSettings(duration, audioSeconds, failing);
  }

  /** These settings with another {@code audioSeconds}. */
  public GenerationSettings withAudioSeconds(double audioSeconds) {
    return new GenerationSettings(duration, audioSeconds, failing);
  }

  /** These settings with another {@code failing}. */
  public GenerationSettings withFailing(String failing) {
    return new GenerationSettings(duration, audioSeconds, failing);
  }
}
