package io.riffhook.local.cli;

import io.riffhook.domain.Operation.Kind;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Everything that can be said of a song: what it is called here and in the API, and which
 * operations it belongs to.
 */
enum SongOption {
  PROMPT("PROMPT", "prompt"),
  INSTRUMENTAL("--instrumental", "instrumental"),
  TITLE("--title", "title"),
  LYRICS("--lyrics", "lyrics"),
  LYRICS_PROMPT("--lyrics-prompt", "lyricsPrompt"),
  SOUND("--sound", "sounds"),
  SOUND_STRENGTH("--sound-strength", "sounds.strength"),
  SOUND_START("--sound-start", "sounds.start"),
  /** The API counts it as one option with the start: who takes one takes both. */
  SOUND_END("--sound-end", "sounds.start"),
  SOURCE("--source", "source"),
  IMAGE("--image", "image"),
  AT("--at", "at"),
  SECONDS("--seconds", "seconds"),
  START("--start", "start"),
  END("--end", "end"),
  LYRICS_STRENGTH("--lyrics-strength", "lyricsStrength"),
  PROMPT_STRENGTH("--prompt-strength", "promptStrength"),
  COVER_STRENGTH("--cover-strength", "coverStrength"),
  WEIRDNESS("--weirdness", "weirdness"),
  VARIATION("--variation", "variation"),
  SEED("--seed", "seed");

  private final String word;
  private final String field;

  SongOption(String word, String field) {
    this.word = word;
    this.field = field;
  }

  /** How it is written on the command line. */
  String word() {
    return word;
  }

  /** What the API calls it where it says what providers take; in a request, too, but for sounds. */
  String field() {
    return field;
  }

  /** How what the API calls so is written on the command line; nothing where it cannot be said. */
  static String wordsOf(String field) {
    return Arrays.stream(values())
        .filter(each -> each.field.equals(field))
        .map(SongOption::word)
        .collect(Collectors.joining(", "));
  }

  /** Whether an operation has it; whether a provider takes it, and in which range, the API says. */
  boolean belongsTo(Kind operation) {
    return switch (this) {
      case PROMPT -> true;
      case INSTRUMENTAL -> operation == Kind.PROMPT || operation == Kind.COMPOSE;
      case TITLE, LYRICS, SOURCE, LYRICS_STRENGTH, WEIRDNESS, SEED -> operation != Kind.PROMPT;
      case LYRICS_PROMPT, SOUND, SOUND_STRENGTH, SOUND_START, SOUND_END, IMAGE ->
          operation == Kind.COMPOSE;
      case PROMPT_STRENGTH, VARIATION -> needsSource(operation);
      case COVER_STRENGTH -> operation == Kind.COVER;
      case AT, SECONDS -> operation == Kind.EXTEND;
      case START, END -> operation == Kind.REPLACE;
    };
  }

  /** Whether an operation is nothing without audio to start from. */
  static boolean needsSource(Kind operation) {
    return switch (operation) {
      case PROMPT, COMPOSE -> false;
      case COVER, EXTEND, REPLACE, SWAP_SOUND, SWAP_VOCALS -> true;
    };
  }

  /** The operations that have it, for messages. */
  String operations() {
    return Arrays.stream(Kind.values())
        .filter(this::belongsTo)
        .map(Kind::value)
        .collect(Collectors.joining(", "));
  }
}
