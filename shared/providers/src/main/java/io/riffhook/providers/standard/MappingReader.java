package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.WebUrl;
import io.riffhook.providers.http.ProviderHttp.Credential;
import io.riffhook.providers.standard.StandardMapping.Call;
import io.riffhook.providers.standard.StandardMapping.Create;
import io.riffhook.providers.standard.StandardMapping.JobFields;
import io.riffhook.providers.standard.StandardMapping.Measured;
import io.riffhook.providers.standard.StandardMapping.Read;
import io.riffhook.providers.standard.StandardMapping.SongFields;
import io.riffhook.providers.standard.StandardMapping.State;
import io.riffhook.providers.standard.StandardMapping.Webhook;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a mapping, and refuses one that is wrong in any way, saying where and why. */
final class MappingReader {
  /** What a header's name is made of (RFC 9110, 5.6.2). */
  private static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

  /** Headers that are ours, or the HTTP client's. */
  private static final Set<String> TAKEN =
      Set.of("accept", "connection", "content-length", "content-type", "expect", "host", "upgrade");

  private static final String HOST = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private MappingReader() {}

  /**
   * @throws IllegalArgumentException where it is wrong, with the JSON pointer of what is
   */
  static StandardMapping read(String json) {
    JsonNode document;
    try {
      document = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          MappingPart.SETTING + " is not JSON: " + e.getOriginalMessage(), e);
    }
    MappingPart root = new MappingPart(document, "");
    StandardMapping mapping =
        new StandardMapping(
            root.part("auth").map(MappingReader::auth).orElse(Credential.BEARER),
            create(root.requirePart("create")),
            read(root.requirePart("read")),
            root.part("cancel").map(MappingReader::cancel),
            root.part("webhook").map(MappingReader::webhook),
            job(root.requirePart("job")),
            songs(root.requirePart("songs")),
            operations(root.requirePart("operations")),
            root.texts("models"),
            pace(root.positive("paceSeconds")),
            hosts(root, root.texts("fileHosts")));
    root.nothingElse();
    MappingRules.check(mapping);
    return mapping;
  }

  private static Credential auth(MappingPart part) {
    String header = part.requireText("header");
    if (!header.matches(HEADER) || TAKEN.contains(header.toLowerCase(Locale.ROOT))) {
      throw part.wrongAt("header", "is not a header that can hold a token");
    }
    String scheme = part.text("scheme").map(word -> word + " ").orElse("");
    if (!scheme.matches("[!-~]* ?")) {
      throw part.wrongAt("scheme", "must be one word");
    }
    part.nothingElse();
    return new Credential(header, scheme);
  }

  private static Create create(MappingPart part) {
    Create create =
        new Create(
            call(part, List.of("POST", "PUT"), "{reference}", false),
            part.constants("constants"),
            part.place("model"),
            part.place("reference"),
            part.requirePointer("id"));
    part.nothingElse();
    return create;
  }

  private static Read read(MappingPart part) {
    Read read = new Read(path(part, "{id}", true), part.pointer("job").orElse(JsonPointer.empty()));
    part.nothingElse();
    return read;
  }

  private static Call cancel(MappingPart part) {
    Call call = call(part, List.of("POST", "PUT", "DELETE"), "{id}", true);
    part.nothingElse();
    return call;
  }

  private static Call call(
      MappingPart part, List<String> methods, String variable, boolean required) {
    String method = part.text("method").orElse(methods.getFirst());
    if (!methods.contains(method)) {
      throw part.wrongAt("method", "is none of " + String.join(", ", methods));
    }
    return new Call(method, path(part, variable, required));
  }

  private static String path(MappingPart part, String variable, boolean required) {
    String path = part.requireText("path");
    if (!path.startsWith("/") || !isUrl("https://a" + path.replace(variable, "x"))) {
      throw part.wrongAt("path", "must be a path that begins with a slash");
    }
    if (required && !path.contains(variable)) {
      throw part.wrongAt("path", "must hold " + variable);
    }
    return path;
  }

  private static boolean isUrl(String text) {
    return text.chars().noneMatch(each -> "#{}".indexOf(each) >= 0)
        && WebUrl.read(text) instanceof WebUrl.Reading.Read;
  }

  private static Webhook webhook(MappingPart part) {
    Webhook webhook =
        new Webhook(
            part.requirePlace("url"),
            part.constants("constants"),
            part.pointer("job").orElse(JsonPointer.empty()));
    part.nothingElse();
    return webhook;
  }

  private static JobFields job(MappingPart part) {
    Map<String, State> words = new LinkedHashMap<>();
    for (State state : State.values()) {
      String key = state.name().toLowerCase(Locale.ROOT);
      for (String word : part.texts(key)) {
        if (words.put(word, state) != null) {
          throw part.wrongAt(key, "holds " + word + ", which has a meaning already");
        }
      }
    }
    if (!words.containsValue(State.SUCCEEDED)) {
      throw part.wrongAt("succeeded", "must hold at least one word");
    }
    JobFields fields =
        new JobFields(
            part.requirePointer("id"),
            part.requirePointer("status"),
            words,
            part.pointer("error"),
            part.part("progress").map(MappingReader::progress));
    part.nothingElse();
    return fields;
  }

  private static Measured progress(MappingPart part) {
    Measured progress = new Measured(part.requirePointer("at"), part.positive("of").orElse(100.0));
    part.nothingElse();
    return progress;
  }

  private static SongFields songs(MappingPart part) {
    Map<Format, JsonPointer> audio = new EnumMap<>(Format.class);
    MappingPart links = part.requirePart("audio");
    for (Format format : List.of(Format.MP3, Format.WAV, Format.M4A)) {
      links.pointer(format.value()).ifPresent(pointer -> audio.put(format, pointer));
    }
    links.nothingElse();
    if (audio.isEmpty()) {
      throw part.wrongAt("audio", "must hold at least one of mp3, wav, m4a");
    }
    SongFields fields =
        new SongFields(
            part.requirePointer("at"),
            part.pointer("id"),
            part.pointer("title"),
            part.pointer("sound"),
            part.pointer("lyrics"),
            part.part("duration").map(MappingReader::duration),
            audio,
            part.pointer("cover"),
            part.pointer("stems"));
    part.nothingElse();
    return fields;
  }

  private static Measured duration(MappingPart part) {
    Measured duration =
        new Measured(
            part.requirePointer("at"),
            switch (part.text("unit").orElse("seconds")) {
              case "seconds" -> 1;
              case "milliseconds" -> 0.001;
              default -> throw part.wrongAt("unit", "is none of seconds, milliseconds");
            });
    part.nothingElse();
    return duration;
  }

  private static Map<Kind, StandardMapping.Asked> operations(MappingPart part) {
    Map<Kind, StandardMapping.Asked> operations = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      part.part(kind.value())
          .ifPresent(each -> operations.put(kind, MappingOptions.asked(each, kind)));
    }
    part.nothingElse();
    if (operations.isEmpty()) {
      throw MappingPart.wrong("/operations", "must hold at least one of " + Kind.words());
    }
    return operations;
  }

  /** To the millisecond. */
  private static Duration pace(Optional<Double> seconds) {
    return Duration.ofMillis(Math.round(seconds.orElse(5.0) * 1_000));
  }

  private static Set<String> hosts(MappingPart root, List<String> hosts) {
    for (int i = 0; i < hosts.size(); i++) {
      if (!hosts.get(i).matches(HOST)) {
        throw root.wrongAt("fileHosts", "holds " + hosts.get(i) + ", which is no host's name");
      }
    }
    return Set.copyOf(hosts.stream().distinct().toList());
  }
}
