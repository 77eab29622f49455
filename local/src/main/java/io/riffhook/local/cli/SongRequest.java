package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.json.StrictText;
import io.riffhook.local.data.FileFailures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the API for a song: what the user said, and nothing else. That the options go
 * together is seen here, before anything is started or uploaded; ranges are the API's affair.
 */
final class SongRequest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Kind operation;

  /** The fields that have one value. */
  private final Map<SongOption, JsonNode> values = new EnumMap<>(SongOption.class);

  private final ArrayNode sounds = JSON.arrayNode();
  private final Set<SongOption> said = EnumSet.noneOf(SongOption.class);
  private final Optional<Given> source;
  private final Optional<Given> image;

  private SongRequest(SongOptions options) {
    put(SongOption.PROMPT, options.prompt);
    if (options.instrumental) {
      put(SongOption.INSTRUMENTAL, JSON.booleanNode(true));
    }
    source = Optional.ofNullable(options.existing.source);
    image = Optional.ofNullable(options.image);
    source.ifPresent(_ -> said.add(SongOption.SOURCE));
    image.ifPresent(_ -> said.add(SongOption.IMAGE));
    words(options);
    existing(options.existing);
    controls(options.controls);
    operation = options.operation == null ? usual() : options.operation;
  }

  /**
   * Reads what the user said.
   *
   * @throws WrongOptions where it does not go together
   */
  static SongRequest of(SongOptions options) {
    SongRequest request = new SongRequest(options);
    request.check();
    return request;
  }

  private void words(SongOptions words) {
    put(SongOption.TITLE, words.title);
    SongOptions.Lyrics lyrics = words.lyrics;
    if (lyrics != null) {
      put(SongOption.LYRICS, lyrics.file == null ? lyrics.text : text(lyrics.file));
      put(SongOption.LYRICS_PROMPT, lyrics.prompt);
    }
    for (SongOptions.Sound sound : words.sounds) {
      said.add(SongOption.SOUND);
      ObjectNode json = sounds.addObject().put("prompt", sound.prompt);
      sound(json, "strength", SongOption.SOUND_STRENGTH, sound.strength);
      sound(json, "start", SongOption.SOUND_START, sound.start);
      sound(json, "end", SongOption.SOUND_END, sound.end);
    }
  }

  private void sound(
      ObjectNode json, String field, SongOption option, @Nullable BigDecimal number) {
    if (number != null) {
      said.add(option);
      json.put(field, number);
    }
  }

  private void existing(SongOptions.Existing existing) {
    put(SongOption.AT, existing.at);
    put(SongOption.SECONDS, existing.seconds);
    put(SongOption.START, existing.start);
    put(SongOption.END, existing.end);
  }

  private void controls(SongOptions.Controls controls) {
    put(SongOption.LYRICS_STRENGTH, controls.lyrics);
    put(SongOption.PROMPT_STRENGTH, controls.prompt);
    put(SongOption.COVER_STRENGTH, controls.cover);
    put(SongOption.WEIRDNESS, controls.weirdness);
    put(SongOption.VARIATION, controls.variation);
    if (controls.seed != null) {
      put(SongOption.SEED, JSON.numberNode(controls.seed));
    }
  }

  private void put(SongOption option, @Nullable String text) {
    if (text != null) {
      put(option, JSON.textNode(text));
    }
  }

  private void put(SongOption option, @Nullable BigDecimal number) {
    if (number != null) {
      put(option, JSON.numberNode(number));
    }
  }

  private void put(SongOption option, JsonNode value) {
    said.add(option);
    values.put(option, value);
  }

  private static String text(Path file) {
    try {
      String text = StrictText.decode(Files.readAllBytes(file)).strip();
      if (text.indexOf(StrictText.REPLACEMENT) >= 0) {
        throw new WrongOptions(
            file + " holds U+FFFD, which stands for a character that was lost when it was saved");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new WrongOptions("there is no file '" + file + "'");
    } catch (StrictText.NotTextException e) {
      throw new WrongOptions(file + " " + e.getMessage());
    } catch (IOException e) {
      throw new WrongOptions("%s cannot be read: %s".formatted(file, FileFailures.reason(e)));
    }
  }

  /** The operation that is meant where none is named. */
  private Kind usual() {
    if (said.contains(SongOption.SOURCE)) {
      throw new WrongOptions(
          "what is to be done with the --source? Say --operation "
              + SongOption.SOURCE.operations().replace(", ", " or "));
    }
    return said.stream().anyMatch(SongRequest::callsForCompose) ? Kind.COMPOSE : Kind.PROMPT;
  }

  private static boolean callsForCompose(SongOption option) {
    return option == SongOption.LYRICS
        || option == SongOption.LYRICS_PROMPT
        || option == SongOption.SOUND
        || option == SongOption.IMAGE;
  }

  private void check() {
    for (SongOption option : said) {
      if (!option.belongsTo(operation)) {
        throw new WrongOptions(
            "%s does not go with %s, but with %s"
                .formatted(option.word(), operation.value(), option.operations()));
      }
    }
    if (operation == Kind.PROMPT && !said.contains(SongOption.PROMPT)) {
      throw new WrongOptions("the PROMPT is missing: what the song is to be, in quotes");
    }
    if (operation == Kind.COMPOSE
        && !said.contains(SongOption.PROMPT)
        && !said.contains(SongOption.SOUND)) {
      throw new WrongOptions("a compose needs a PROMPT or a --sound: how the song is to sound");
    }
    if (said.contains(SongOption.INSTRUMENTAL)
        && (said.contains(SongOption.LYRICS) || said.contains(SongOption.LYRICS_PROMPT))) {
      throw new WrongOptions("--instrumental does not go with lyrics: nobody would sing them");
    }
    if (SongOption.needsSource(operation) && source.isEmpty()) {
      throw new WrongOptions(
          operation.value() + " needs a --source: a song's or upload's id, a file, or a URL");
    }
    if (operation == Kind.REPLACE && !said.contains(SongOption.START)) {
      throw new WrongOptions("replace needs a --start: where the part begins, in seconds");
    }
  }

  Kind operation() {
    return operation;
  }

  /** What was said, as far as it is for a provider to take. */
  Set<SongOption> said() {
    EnumSet<SongOption> all = EnumSet.copyOf(said);
    if (operation == Kind.COMPOSE) {
      if (all.remove(SongOption.PROMPT)) {
        all.add(SongOption.SOUND);
      }
      if (!all.contains(SongOption.LYRICS) && !all.contains(SongOption.LYRICS_PROMPT)) {
        all.add(SongOption.INSTRUMENTAL);
      }
    }
    return all;
  }

  Optional<Given> source() {
    return source;
  }

  Optional<Given> image() {
    return image;
  }

  /**
   * The body of the submission.
   *
   * @param sourceId the field {@code source}
   * @param imageId the id of the uploaded picture
   */
  ObjectNode body(Optional<? extends JsonNode> sourceId, Optional<String> imageId) {
    ObjectNode body = JSON.objectNode().put("operation", operation.value());
    if (operation == Kind.COMPOSE) {
      ArrayNode all = body.putArray("sounds");
      if (values.containsKey(SongOption.PROMPT)) {
        all.addObject().set("prompt", values.get(SongOption.PROMPT));
      }
      all.addAll(sounds);
    }
    values.forEach(
        (option, value) -> {
          // A compose has its prompt among the sounds, and is instrumental for want of lyrics.
          if (operation != Kind.COMPOSE
              || (option != SongOption.PROMPT && option != SongOption.INSTRUMENTAL)) {
            body.set(option.field(), value);
          }
        });
    sourceId.ifPresent(id -> body.set("source", id));
    imageId.ifPresent(id -> body.put("image", id));
    return body;
  }

  /** Options that do not go together, in words for the user. */
  static final class WrongOptions extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongOptions(String message) {
      super(message);
    }
  }
}
