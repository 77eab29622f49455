package io.riffhook.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a job asks a provider for. Strengths, and times within a song that is yet to be made, are on
 * a scale of 0 to 1; times within a song that exists are in seconds.
 */
public sealed interface Operation {

  /** The operation's name. */
  Kind kind();

  /** Every option that it uses, for a provider must be able to take all of them. */
  List<Use> uses();

  /** The audio that it starts from. */
  default Optional<Source> source() {
    return Optional.empty();
  }

  /** The upload whose picture becomes the cover. */
  default Optional<UploadId> image() {
    return Optional.empty();
  }

  /**
   * One option in use.
   *
   * @param pointer where in the request it stands, as a JSON pointer
   * @param measure its value where it is a number, else how many characters or items it has
   */
  record Use(Option option, String pointer, double measure) {}

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

    @Override
    public List<Use> uses() {
      Uses uses = new Uses().text(Option.PROMPT, Optional.of(prompt));
      return instrumental ? uses.add(Option.INSTRUMENTAL, 1).list() : uses.list();
    }
  }

  /**
   * A song from lyrics and up to three timed sound prompts.
   *
   * @param lyrics the words to sing; without them the song is instrumental
   * @param sounds one to three sound prompts
   * @param source audio to build on
   * @param image the cover's picture
   */
  record Compose(
      Optional<String> title,
      Optional<Lyrics> lyrics,
      List<Sound> sounds,
      Controls controls,
      Optional<Source> source,
      Optional<UploadId> image)
      implements Operation {
    public Compose {
      sounds = List.copyOf(sounds);
    }

    @Override
    public Kind kind() {
      return Kind.COMPOSE;
    }

    @Override
    public List<Use> uses() {
      Uses uses = new Uses().text(Option.TITLE, title);
      switch (lyrics.orElse(null)) {
        case Lyrics.Written written -> uses.text(Option.LYRICS, Optional.of(written.text()));
        case Lyrics.Asked asked -> uses.text(Option.LYRICS_PROMPT, Optional.of(asked.prompt()));
        case null -> uses.add(Option.INSTRUMENTAL, 1);
      }
      uses.add(Option.SOUNDS, sounds.size());
      for (int i = 0; i < sounds.size(); i++) {
        String at = "/sounds/" + i;
        Sound sound = sounds.get(i);
        uses.at(Option.PROMPT, at + "/prompt", OptionalDouble.of(sound.prompt().length()));
        uses.at(Option.SOUND_STRENGTH, at + "/strength", sound.strength());
        uses.at(Option.SOUND_TIMES, at + "/start", sound.start());
        uses.at(Option.SOUND_TIMES, at + "/end", sound.end());
      }
      uses.controls(controls);
      image.ifPresent(_ -> uses.add(Option.IMAGE, 1));
      return uses.list();
    }
  }

  /**
   * A new song from audio that exists.
   *
   * @param original the audio that it starts from
   * @param prompt what is to change, or how the new part is to sound
   * @param lyrics the words of the new part, or of the new song
   */
  record Transform(
      Source original,
      Edit edit,
      Optional<String> prompt,
      Optional<String> title,
      Optional<String> lyrics,
      Controls controls)
      implements Operation {
    @Override
    public Kind kind() {
      return switch (edit) {
        case Edit.Cover _ -> Kind.COVER;
        case Edit.Extend _ -> Kind.EXTEND;
        case Edit.Replace _ -> Kind.REPLACE;
        case Edit.SwapSound _ -> Kind.SWAP_SOUND;
        case Edit.SwapVocals _ -> Kind.SWAP_VOCALS;
      };
    }

    @Override
    public Optional<Source> source() {
      return Optional.of(original);
    }

    @Override
    public List<Use> uses() {
      Uses uses =
          new Uses()
              .text(Option.PROMPT, prompt)
              .text(Option.TITLE, title)
              .text(Option.LYRICS, lyrics);
      switch (edit) {
        case Edit.Extend extend -> {
          uses.number(Option.AT, extend.at());
          uses.number(Option.SECONDS, extend.seconds());
        }
        case Edit.Replace replace -> {
          uses.add(Option.START, replace.start());
          uses.number(Option.END, replace.end());
        }
        case Edit.Cover _, Edit.SwapSound _, Edit.SwapVocals _ -> {
          // They have no options of their own.
        }
      }
      uses.controls(controls);
      return uses.list();
    }
  }

  /** What is done to audio that exists. Times are in seconds from its start. */
  sealed interface Edit {
    /** The same song, sung and played anew. */
    record Cover() implements Edit {}

    /**
     * The song goes on.
     *
     * @param at where the new part begins; without it, at the end
     * @param seconds how long the new part is
     */
    record Extend(OptionalDouble at, OptionalDouble seconds) implements Edit {}

    /**
     * A part of the song is made anew.
     *
     * @param end where the part ends; without it, at the song's end
     */
    record Replace(double start, OptionalDouble end) implements Edit {}

    /** Other music under the same singing. */
    record SwapSound() implements Edit {}

    /** Other singing over the same music. */
    record SwapVocals() implements Edit {}
  }

  /**
   * How strongly each thing counts, from 0 to 1.
   *
   * @param lyrics how closely to follow the lyrics
   * @param prompt how closely to follow the prompt
   * @param cover how closely a cover follows its original
   * @param weirdness how far to stray from the usual
   * @param variation how much variations differ
   * @param seed makes a provider's chance repeatable; a whole number from 0
   */
  record Controls(
      OptionalDouble lyrics,
      OptionalDouble prompt,
      OptionalDouble cover,
      OptionalDouble weirdness,
      OptionalDouble variation,
      OptionalLong seed) {
    /** Everything as the provider likes it. */
    public static final Controls NONE =
        new Controls(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
  }

  /** The words of a song. */
  sealed interface Lyrics {
    /** These. */
    record Written(String text) implements Lyrics {}

    /** What the provider writes, before it makes the song. */
    record Asked(String prompt) implements Lyrics {}
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
