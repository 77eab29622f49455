package io.riffhook.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a job asks a provider for. All strengths and times within a song are on a scale of 0 to 1.
 */
public sealed interface Operation {

  /** The operation's name. */
  Kind kind();

  /**
   * A song from a description; the provider writes lyrics and music.
   *
   * @param prompt the description
   * @param instrumental whether to leave out the singing
   */
  record Prompt(String prompt, boolean instrumental) implements Operation {
    @Override
    public Kind kind() {
      return Kind.PROMPT;
    }
  }

  /**
   * A song from lyrics and up to three timed sound prompts.
   *
   * @param lyrics the words to sing; without them the song is instrumental
   * @param lyricsStrength how closely to follow the lyrics
   * @param weirdness how far to stray from the usual
   * @param sounds one to three sound prompts
   */
  record Compose(
      Optional<String> title,
      Optional<String> lyrics,
      OptionalDouble lyricsStrength,
      OptionalDouble weirdness,
      List<Sound> sounds)
      implements Operation {
    public Compose {
      sounds = List.copyOf(sounds);
    }

    @Override
    public Kind kind() {
      return Kind.COMPOSE;
    }
  }

  /**
   * How a part of a song should sound.
   *
   * @param prompt the description
   * @param strength how closely to follow it
   * @param start where in the song it begins, 0 is the song's start
   * @param end where it ends, 1 is the song's end
   */
  record Sound(String prompt, OptionalDouble strength, OptionalDouble start, OptionalDouble end) {}

  /** The names of all operations, whether or not a provider is there that can do them. */
  enum Kind {
    PROMPT,
    COMPOSE,
    COVER,
    EXTEND,
    REPLACE,
    SWAP_SOUND,
    SWAP_VOCALS;

    /** The word for it in requests. */
    public String value() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operation with this word. */
    public static Optional<Kind> of(String value) {
      return Arrays.stream(values()).filter(kind -> kind.value().equals(value)).findFirst();
    }

    /** All of their words, for messages. */
    public static String words() {
      return Arrays.stream(values()).map(Kind::value).collect(Collectors.joining(", "));
    }
  }
}
