package io.riffhook.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** An asset that is on its way, and that no message is known to be sent for. */
  public static Asset pending(String name, Kind kind) {
    return new Asset(name, kind, new Pending());
  }

  /** An asset whose first try is due at a time. */
  public static Asset pending(String name, Kind kind, Instant due) {
    return new Asset(name, kind, new Pending(1, Optional.of(due)));
  }

  /** The asset in another state. */
  public Asset with(State next) {
    return new Asset(name, kind, next);
  }

  /** Whether nothing more will happen to it. */
  public boolean isSettled() {
    return !(state instanceof Pending);
  }

  /** The state of an asset that cannot be had: a song without an optional one is still whole. */
  State lost(String why) {
    Reason reason = Reasons.assetFailed(name, why);
    return kind.isOptional() ? new Missing(reason) : new Failed(reason);
  }

  /** The number of the try that is next or under way; 1 for a settled asset. */
  int attempt() {
    return state instanceof Pending pending ? pending.attempt() : 1;
  }

  /** Whether it is pending and a newer try than this one was planned. */
  boolean isBeyond(int attempt) {
    return state instanceof Pending pending && pending.attempt() > attempt;
  }

  /**
   * Whether a message for its next try counts as sent and not lost.
   *
   * @param since a try that was due before counts as lost
   */
  boolean isTried(Instant since) {
    return state instanceof Pending pending
        && pending.due().filter(due -> !due.isBefore(since)).isPresent();
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

  /**
   * On its way. Each asset has one chain of tries: every try has a message with its number, and the
   * next number is written down only after a try failed.
   *
   * @param attempt the number of the try that is next or under way, 1 or more
   * @param due when that try is due, in milliseconds; empty if no message is known to be sent
   */
  public record Pending(int attempt, Optional<Instant> due) implements State {
    public Pending {
      if (attempt < 1) {
        throw new IllegalArgumentException("attempts are numbered from 1, not from " + attempt);
      }
      due = due.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The first try, for which no message is known to be sent. */
    public Pending() {
      this(1, Optional.empty());
    }
  }

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
