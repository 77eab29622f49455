package io.riffhook.providers.useapi;

import static io.riffhook.providers.useapi.UseapiProvider.NAME;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Reasons;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapinet.Answers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The answer of {@code GET music/download} with {@code download_format=stems}: JSON whose shape no
 * page shows. Every text in it that is a URL is taken for a stem, named by the record it stands in
 * ({@code {"name": "drums", "url": …}}), else by the field that holds it ({@code {"drums": …}} and
 * {@code {"drums": {"url": …}}}).
 */
final class UseapiStems {
  private static final List<String> NAMES = List.of("name", "stem", "type", "label", "instrument");

  /** Fields whose names say that a URL follows, and not of what. */
  private static final Set<String> SAY_NOTHING =
      Set.of("url", "uri", "href", "link", "src", "download_url", "audio_url");

  private static final Pattern URL = Pattern.compile("\\s*https?:", Pattern.CASE_INSENSITIVE);

  private UseapiStems() {}

  static Stems of(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer when answer.status() == 200 -> listed(answer.body());
      case Reply.Answer answer when answer.status() == 410 ->
          new Stems.Never(Reasons.retired(NAME, Answers.said(answer)));
      // A 400 may mean that the stems are still being made: no page says what else would.
      case Reply.Answer answer -> new Stems.NotNow(Reasons.unavailable(NAME, Answers.said(answer)));
      case Reply.NotSent unsent -> new Stems.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Stems.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Stems listed(JsonNode body) {
    Map<String, AssetSource> byName = new LinkedHashMap<>();
    gather(body, "stem", byName);
    return byName.isEmpty()
        ? new Stems.NotNow(Reasons.unavailable(NAME, "its answer lists no stems"))
        : new Stems.Listed(byName);
  }

  private static void gather(JsonNode node, String name, Map<String, AssetSource> byName) {
    if (node.isTextual()) {
      source(name, node.textValue()).ifPresent(source -> put(byName, name, source));
    } else if (node.isArray()) {
      node.forEach(item -> gather(item, name, byName));
    } else {
      Optional<String> record =
          NAMES.stream()
              .flatMap(field -> ProviderJson.text(node, field).stream())
              .filter(text -> !isUrl(text))
              .findFirst();
      node.properties()
          .forEach(
              field -> {
                String own = SAY_NOTHING.contains(field.getKey()) ? name : field.getKey();
                gather(field.getValue(), record.orElse(own), byName);
              });
    }
  }

  private static Optional<AssetSource> source(String name, String text) {
    return isUrl(text) ? Optional.of(ProviderJson.link(name, text)) : Optional.empty();
  }

  /** Whether a text means to be a URL; whether it is one, its reader says. */
  private static boolean isUrl(String text) {
    return URL.matcher(text).lookingAt();
  }

  private static void put(Map<String, AssetSource> byName, String name, AssetSource source) {
    String free = name;
    for (int i = 2; byName.containsKey(free); i++) {
      free = name + "-" + i;
    }
    byName.put(free, source);
  }
}
