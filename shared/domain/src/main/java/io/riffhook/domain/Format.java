package io.riffhook.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller can ask to have stored of a song. */
public enum Format {
  MP3,
  WAV,
  M4A,
  /** The song's separate tracks, one file each. */
  STEMS;

  /** The word for it in requests. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of the asset that holds a song in this format. */
  public String assetName() {
    return this == STEMS ? Asset.STEMS : "song." + value();
  }

  /** The format with this word. */
  public static Optional<Format> of(String value) {
    return Arrays.stream(values()).filter(format -> format.value().equals(value)).findFirst();
  }

  /** All of their words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Format::value).collect(Collectors.joining(", "));
  }
}
