package io.riffhook.domain;

import java.util.Locale;
import java.util.Optional;

/**
 * One file of a song.
 *
 * @param name its name in S3 below the song, such as {@code song.mp3} or {@code stems/drums.wav}
 */
public record Asset(String name, Kind kind, State state) {
  /** Stands for all stems until the provider has told which there are. */
  public static final String STEMS = "stems";

  public static final String COVER = "cover.jpg";
  public static final String LYRICS = "lyrics.txt";
  public static final String TIMINGS = "timings.json";

  /** All metadata of the song and of its other assets; written last. */
  public static final String METADATA = "song.json";

  /** An asset that is on its way. */
  public static Asset pending(String name, Kind kind) {
    return new Asset(name, kind, new Pending());
  }

  /** The asset in another state. */
  public Asset with(State next) {
    return new Asset(name, kind, next);
  }

  /** Whether nothing more will happen to it. */
  public boolean isSettled() {
    return !(state instanceof Pending);
  }

  /** What an asset is. */
  public enum Kind {
    AUDIO,
    STEM,
    COVER,
    LYRICS,
    TIMINGS,
    METADATA;

    /** The word for it in answers. */
    public String value() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a song without it is still a whole song. */
    public boolean isOptional() {
      return this == COVER;
    }
  }

  /** Where an asset stands. */
  public sealed interface State {
    /** The word for it in answers. */
    default String value() {
      return switch (this) {
        case Pending _ -> "pending";
        case Stored _ -> "stored";
        case Missing _ -> "missing";
        case Failed _ -> "failed";
      };
    }
  }

  /** On its way. */
  public record Pending() implements State {}

  /** In S3, verified. */
  public record Stored(StoredFile file) implements State {}

  /** Optional, and gone for good at the provider. */
  public record Missing(Reason reason) implements State {}

  /** Needed, and not to be had. */
  public record Failed(Reason reason) implements State {}

  /** What is in S3, where it is. */
  public Optional<StoredFile> file() {
    return state instanceof Stored stored ? Optional.of(stored.file()) : Optional.empty();
  }
}
