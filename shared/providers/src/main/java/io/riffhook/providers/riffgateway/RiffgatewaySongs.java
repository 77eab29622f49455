package io.riffhook.providers.riffgateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The songs in the answer of {@code GET feed}, as its vendor's own pages read them. */
final class RiffgatewaySongs {
  private RiffgatewaySongs() {}

  /**
   * The songs of a job that can be fetched. An answer may hold the other job of its call as well:
   * only where none bears the job's id are all of them the job's.
   */
  static List<ProviderSong> of(JsonNode body, String job) {
    List<JsonNode> all = new ArrayList<>();
    body.path("generations").forEach(all::add);
    List<JsonNode> own =
        all.stream()
            .filter(item -> ProviderJson.text(item, "id").filter(job::equals).isPresent())
            .toList();
    Map<String, ProviderSong> songs = new LinkedHashMap<>();
    for (JsonNode item : own.isEmpty() ? all : own) {
      parse(item).ifPresent(song -> songs.putIfAbsent(song.id(), song));
    }
    return List.copyOf(songs.values());
  }

  /** A song without audio is none yet. */
  private static Optional<ProviderSong> parse(JsonNode item) {
    return ProviderJson.text(item, "id")
        .flatMap(
            id ->
                ProviderJson.link(item, "audio_url")
                    .map(audio -> song(id, item, Map.of(Format.M4A, audio))));
  }

  private static ProviderSong song(String id, JsonNode item, Map<Format, AssetSource> audio) {
    Optional<String> lyrics =
        ProviderJson.text(item, "lyrics")
            .filter(text -> !text.strip().equals(RiffgatewayRequests.INSTRUMENTAL));
    return new ProviderSong(
        id,
        ProviderJson.text(item, "title").orElse("Untitled"),
        lyrics.isEmpty(),
        ProviderJson.text(item, "sound"),
        lyrics,
        ProviderJson.seconds(item, "duration_s", 1),
        Optional.empty(),
        audio,
        ProviderJson.link(item, "image_url"));
  }
}
