package io.riffhook.simulator.audio;

import java.util.Locale;

/** One group of instruments of a song by itself. The song is exactly the sum of its stems. */
public enum Stem {
  VOCALS,
  DRUMS,
  BASS,
  OTHER;

  /** Its name on the wire and in file names: {@code "vocals"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
