package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.standard.StandardMapping.SongFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the songs of a job that has succeeded. */
final class StandardSongs {
  private final SongFields fields;

  StandardSongs(SongFields fields) {
    this.fields = fields;
  }

  /** Those that have audio. */
  List<ProviderSong> of(JsonNode job, String jobId) {
    List<JsonNode> items = items(job);
    List<ProviderSong> songs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      Map<Format, AssetSource> audio = audio(item);
      if (!audio.isEmpty()) {
        songs.add(song(item, name(item, jobId, i), audio));
      }
    }
    return songs;
  }

  private List<JsonNode> items(JsonNode job) {
    JsonNode at = job.at(fields.at());
    List<JsonNode> items = new ArrayList<>();
    if (at.isArray()) {
      at.forEach(items::add);
    } else {
      items.add(at);
    }
    return items;
  }

  private String name(JsonNode item, String jobId, int index) {
    String song =
        fields.id().flatMap(at -> StandardJobs.id(item, at)).orElse(Integer.toString(index + 1));
    return new SongName(jobId, song).toString();
  }

  private ProviderSong song(JsonNode item, String name, Map<Format, AssetSource> audio) {
    Optional<String> lyrics = text(item, fields.lyrics());
    return new ProviderSong(
        name,
        text(item, fields.title()).orElse("Untitled"),
        lyrics.isEmpty(),
        text(item, fields.sound()),
        lyrics,
        fields
            .duration()
            .map(
                length ->
                    ProviderJson.seconds(
                        ProviderJson.unquoted(item.at(length.at())), length.unit()))
            .orElse(OptionalDouble.empty()),
        Optional.empty(),
        audio,
        fields.cover().flatMap(at -> link(at.toString(), item.at(at))));
  }

  private Map<Format, AssetSource> audio(JsonNode item) {
    Map<Format, AssetSource> audio = new EnumMap<>(Format.class);
    if (item.isTextual()) {
      link("file", item).ifPresent(link -> audio.put(format(item.textValue()), link));
    } else {
      fields
          .audio()
          .forEach(
              (format, at) ->
                  link(at.toString(), item.at(at)).ifPresent(link -> audio.put(format, link)));
    }
    return audio;
  }

  /** Of a bare link only its name says what it is; else it is what the mapping names first. */
  private Format format(String link) {
    String path = link.replaceFirst("[?#].*$", "").toLowerCase(Locale.ROOT);
    return fields.audio().keySet().stream()
        .filter(format -> path.endsWith("." + format.value()))
        .findFirst()
        .orElse(fields.audio().keySet().iterator().next());
  }

  /** The stems of one of a job's songs, where they are there. */
  Optional<Stems> stems(JsonNode job, SongName song) {
    List<JsonNode> items = items(job);
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      if (fields.stems().isPresent() && name(item, song.job(), i).equals(song.toString())) {
        return stems(item.at(fields.stems().get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Stems> stems(JsonNode node) {
    Optional<AssetSource> archive = link("stems", node);
    if (archive.isPresent()) {
      return archive.map(Stems.Archived::new);
    }
    Map<String, AssetSource> byName = new LinkedHashMap<>();
    node.properties()
        .forEach(
            each ->
                link(each.getKey(), each.getValue())
                    .ifPresent(link -> byName.put(each.getKey(), link)));
    return byName.isEmpty() ? Optional.empty() : Optional.of(new Stems.Listed(byName));
  }

  private static Optional<String> text(JsonNode item, Optional<JsonPointer> at) {
    return at.flatMap(pointer -> ProviderJson.text(item.at(pointer)));
  }

  private static Optional<AssetSource> link(String field, JsonNode node) {
    return ProviderJson.text(node).map(text -> ProviderJson.link(field, text));
  }
}
