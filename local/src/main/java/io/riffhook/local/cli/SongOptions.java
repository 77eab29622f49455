package io.riffhook.local.cli;

import io.riffhook.domain.Operation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What a song is to be. Nothing here has a default: what is not said is the provider's affair. */
final class SongOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROMPT",
      description = {
        "What the song is to be, in quotes; in a compose, how it is to sound; for audio that"
            + " exists, what is to change."
      })
  @Nullable String prompt;

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      converter = OperationConverter.class,
      description = {
        "What is done: ${COMPLETION-CANDIDATES} (default: prompt; compose where there are lyrics,"
            + " sounds or an image)."
      })
  Operation.@Nullable Kind operation;

  @Option(names = "--instrumental", description = "No vocals (prompt, compose).")
  boolean instrumental;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The song's title (all but prompt).")
  @Nullable String title;

  @Option(
      names = "--image",
      paramLabel = "UPLOAD-ID|FILE|URL",
      converter = Given.Converter.class,
      description = "The picture for its cover (compose).")
  @Nullable Given image;

  @ArgGroup(
      exclusive = true,
      multiplicity = "0..1",
      heading =
          "%nWords to sing, in one of three ways (compose; the first two also with --source):%n")
  @Nullable Lyrics lyrics;

  @ArgGroup(
      exclusive = false,
      multiplicity = "0..*",
      heading = "%nHow parts sound, up to three with the PROMPT, which comes first (compose):%n")
  List<Sound> sounds = new ArrayList<>();

  @ArgGroup(validate = false, heading = "%nAudio that exists:%n")
  Existing existing = new Existing();

  @ArgGroup(
      validate = false,
      heading = "%nHow strongly (riffhook providers NAME says who takes what):%n")
  Controls controls = new Controls();

  /** What is sung, said in one of three ways. */
  static final class Lyrics {
    @Option(names = "--lyrics", paramLabel = "TEXT", description = "The words to sing.")
    @Nullable String text;

    @Option(
        names = "--lyrics-file",
        paramLabel = "FILE",
        description = "A text file (UTF-8) with the words to sing.")
    @Nullable Path file;

    @Option(
        names = "--lyrics-prompt",
        paramLabel = "TEXT",
        description = "What the provider is to write words about.")
    @Nullable String prompt;
  }

  /** How a part of a song sounds. */
  static final class Sound {
    @Option(
        names = "--sound",
        required = true,
        paramLabel = "TEXT",
        description = {
          "How a part of the song sounds. The next three options belong to one --sound each."
        })
    String prompt = "";

    @Option(
        names = "--sound-strength",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "How closely to follow it.")
    @Nullable BigDecimal strength;

    @Option(
        names = "--sound-start",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "Where in the song it begins; 0 is the start, 1 the end.")
    @Nullable BigDecimal start;

    @Option(names = "--sound-end", paramLabel = "0..1", description = "Where it ends.")
    @Nullable BigDecimal end;
  }

  /** What a song is made from, and which part of it. */
  static final class Existing {
    @Option(
        names = "--source",
        paramLabel = "SONG-ID|UPLOAD-ID|FILE|URL",
        converter = Given.Converter.class,
        description = {
          "What to start from: a song or an upload of the Riffhook at --url, or of --data; or a"
              + " file or URL, which is uploaded first."
        })
    @Nullable Given source;

    @Option(
        names = "--at",
        paramLabel = "SECONDS",
        converter = NumberConverter.class,
        description = "extend: where the new part begins (default: at the end).")
    @Nullable BigDecimal at;

    @Option(
        names = "--seconds",
        paramLabel = "SECONDS",
        converter = NumberConverter.class,
        description = "extend: how long the new part is.")
    @Nullable BigDecimal seconds;

    @Option(
        names = "--start",
        paramLabel = "SECONDS",
        converter = NumberConverter.class,
        description = "replace: where the part to replace begins.")
    @Nullable BigDecimal start;

    @Option(
        names = "--end",
        paramLabel = "SECONDS",
        converter = NumberConverter.class,
        description = "replace: where it ends (default: at the song's end).")
    @Nullable BigDecimal end;
  }

  /** How strongly things count. */
  static final class Controls {
    @Option(
        names = "--lyrics-strength",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "How closely to follow the lyrics.")
    @Nullable BigDecimal lyrics;

    @Option(
        names = "--prompt-strength",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "How closely to follow the prompt (with --source).")
    @Nullable BigDecimal prompt;

    @Option(
        names = "--cover-strength",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "How closely a cover follows its original.")
    @Nullable BigDecimal cover;

    @Option(
        names = "--weirdness",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "How far to stray from the usual.")
    @Nullable BigDecimal weirdness;

    @Option(
        names = "--variation",
        paramLabel = "0..1",
        converter = NumberConverter.class,
        description = "How much variations differ (with --source).")
    @Nullable BigDecimal variation;

    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Makes the provider's chance repeatable; a whole number from 0.")
    @Nullable Long seed;
  }

  /** Reads a number as it is written. */
  static final class NumberConverter implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is no number such as 0.5");
      }
    }
  }

  /** The words for operations. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      for (Operation.Kind kind : Operation.Kind.values()) {
        add(kind.value());
      }
    }
  }

  /** Reads the word for an operation. */
  static final class OperationConverter implements ITypeConverter<Operation.Kind> {
    @Override
    public Operation.Kind convert(String word) {
      return Operation.Kind.of(word.toLowerCase(Locale.ROOT))
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + word + "' is none of: " + Operation.Kind.words()));
    }
  }
}
