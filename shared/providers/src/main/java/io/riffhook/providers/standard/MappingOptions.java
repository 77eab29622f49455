package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.providers.standard.StandardMapping.Asked;
import io.riffhook.providers.standard.StandardMapping.Field;
import io.riffhook.providers.standard.StandardMapping.NumberForm;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a mapping says of an operation. */
final class MappingOptions {
  private static final Set<Option> CHANGES =
      EnumSet.of(
          Option.PROMPT,
          Option.TITLE,
          Option.LYRICS,
          Option.LYRICS_STRENGTH,
          Option.PROMPT_STRENGTH,
          Option.WEIRDNESS,
          Option.VARIATION,
          Option.SEED);

  private MappingOptions() {}

  static Asked asked(MappingPart part, Kind kind) {
    Map<Option, Field> options = new EnumMap<>(Option.class);
    MappingPart fields = part.requirePart("options");
    for (Option option : of(kind)) {
      fields.part(option.field()).ifPresent(each -> options.put(option, field(each, option, kind)));
    }
    fields.nothingElse();
    for (Option option : needed(kind)) {
      if (!options.containsKey(option)) {
        throw fields.wrongAt(option.field(), "is required");
      }
    }
    Optional<JsonPointer> source = Optional.empty();
    Optional<JsonPointer> song = Optional.empty();
    if (kind != Kind.PROMPT) {
      source = part.place("source");
      song = part.place("sourceSong");
      if (kind != Kind.COMPOSE && source.isEmpty() && song.isEmpty()) {
        throw part.wrongAt("source", "is required, or sourceSong: it starts from audio");
      }
    }
    Asked asked = new Asked(part.constants("constants"), options, source, song);
    part.nothingElse();
    return asked;
  }

  /** The options that an operation can have. Of several timed sounds there is one, its prompt. */
  private static Set<Option> of(Kind kind) {
    return switch (kind) {
      case PROMPT -> EnumSet.of(Option.PROMPT, Option.INSTRUMENTAL);
      case COMPOSE ->
          EnumSet.of(
              Option.PROMPT,
              Option.INSTRUMENTAL,
              Option.TITLE,
              Option.LYRICS,
              Option.LYRICS_PROMPT,
              Option.LYRICS_STRENGTH,
              Option.WEIRDNESS,
              Option.SEED);
      case COVER -> and(Option.COVER_STRENGTH);
      case EXTEND -> and(Option.AT, Option.SECONDS);
      case REPLACE -> and(Option.START, Option.END);
      case SWAP_SOUND, SWAP_VOCALS -> and();
    };
  }

  private static Set<Option> and(Option... more) {
    EnumSet<Option> all = EnumSet.copyOf(CHANGES);
    all.addAll(Arrays.asList(more));
    return all;
  }

  /** The options that our own requests always have. */
  private static Set<Option> needed(Kind kind) {
    return switch (kind) {
      case PROMPT, COMPOSE -> EnumSet.of(Option.PROMPT);
      case REPLACE -> EnumSet.of(Option.START);
      case COVER, EXTEND, SWAP_SOUND, SWAP_VOCALS -> EnumSet.noneOf(Option.class);
    };
  }

  private static Field field(MappingPart part, Option option, Kind kind) {
    Field field =
        new Field(
            part.requirePlace("at"),
            option.measure() == Option.Measure.FLAG ? usual(option) : range(part, option),
            part.flag("required") || needed(kind).contains(option),
            isNumber(option) ? form(part) : NumberForm.NUMBER,
            isShare(option) ? part.range("scale") : Optional.empty());
    part.nothingElse();
    return field;
  }

  private static Range range(MappingPart part, Option option) {
    Range range = part.range("range").orElse(usual(option));
    if (isShare(option) && (range.min() < 0 || range.max() > 1)) {
      throw part.wrongAt("range", "must lie within 0 and 1: scale says what they are there");
    }
    if (range.min() < 0) {
      throw part.wrongAt("range", "must not go below 0");
    }
    return range;
  }

  private static NumberForm form(MappingPart part) {
    Optional<String> word = part.text("as");
    return word.isEmpty()
        ? NumberForm.NUMBER
        : Arrays.stream(NumberForm.values())
            .filter(form -> form.word().equals(word.get()))
            .findFirst()
            .orElseThrow(() -> part.wrongAt("as", "is none of " + NumberForm.words()));
  }

  private static boolean isNumber(Option option) {
    return option.measure() == Option.Measure.NUMBER || option.measure() == Option.Measure.SECONDS;
  }

  private static boolean isShare(Option option) {
    return option.measure() == Option.Measure.NUMBER && option != Option.SEED;
  }

  /** What is accepted unless the mapping says otherwise. */
  private static Range usual(Option option) {
    return switch (option.measure()) {
      case FLAG -> new Range(0, 1);
      case CHARACTERS ->
          switch (option) {
            case TITLE -> new Range(1, 200);
            case LYRICS -> new Range(1, 10_000);
            default -> new Range(1, 5_000);
          };
      case SECONDS -> new Range(option == Option.SECONDS ? 1 : 0, 3_600);
      case NUMBER -> new Range(0, option == Option.SEED ? Integer.MAX_VALUE : 1);
      case ITEMS -> new Range(1, 1);
    };
  }
}
