package io.riffhook.domain;

/** Everything that can be said in an operation, by its field in a request. */
public enum Option {
  PROMPT("/prompt", Measure.CHARACTERS),
  INSTRUMENTAL("/instrumental", Measure.FLAG),
  TITLE("/title", Measure.CHARACTERS),
  LYRICS("/lyrics", Measure.CHARACTERS),
  LYRICS_PROMPT("/lyricsPrompt", Measure.CHARACTERS),
  SOUNDS("/sounds", Measure.ITEMS),
  SOUND_STRENGTH("/sounds/strength", Measure.NUMBER),
  SOUND_TIMES("/sounds/start", Measure.NUMBER),
  LYRICS_STRENGTH("/lyricsStrength", Measure.NUMBER),
  PROMPT_STRENGTH("/promptStrength", Measure.NUMBER),
  COVER_STRENGTH("/coverStrength", Measure.NUMBER),
  WEIRDNESS("/weirdness", Measure.NUMBER),
  VARIATION("/variation", Measure.NUMBER),
  SEED("/seed", Measure.NUMBER),
  AT("/at", Measure.SECONDS),
  SECONDS("/seconds", Measure.SECONDS),
  START("/start", Measure.SECONDS),
  END("/end", Measure.SECONDS),
  IMAGE("/image", Measure.FLAG);

  /** What is measured of an option. */
  public enum Measure {
    FLAG,
    CHARACTERS,
    ITEMS,
    SECONDS,
    NUMBER
  }

  private final String pointer;
  private final Measure measure;

  Option(String pointer, Measure measure) {
    this.pointer = pointer;
    this.measure = measure;
  }

  /** Where in a request it stands, as a JSON pointer. */
  public String pointer() {
    return pointer;
  }

  /** The name of its field. */
  public String field() {
    return pointer.substring(1).replace('/', '.');
  }

  /** What is measured of it. */
  public Measure measure() {
    return measure;
  }
}
