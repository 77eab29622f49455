package io.riffhook.providers.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A song in the answer of {@code GET music} (page of 2025-02-17). Every field may be absent. */
final class UseapiSongs {
  /** What stands in {@code lyrics} of a song without singing. */
  private static final String INSTRUMENTAL = "[Instrumental]";

  private UseapiSongs() {}

  static Optional<ProviderSong> parse(JsonNode item, Optional<String> account) {
    return ProviderJson.text(item, "id").map(id -> song(id, item, account));
  }

  private static ProviderSong song(String id, JsonNode item, Optional<String> account) {
    Optional<String> lyrics =
        ProviderJson.text(item, "lyrics").filter(text -> !text.strip().equals(INSTRUMENTAL));
    Map<Format, AssetSource> audio = new EnumMap<>(Format.class);
    audio.put(Format.MP3, new AssetSource.ApiDownload(id, Format.MP3, account));
    audio.put(Format.WAV, new AssetSource.ApiDownload(id, Format.WAV, account));
    ProviderJson.link(item, "download_url").ifPresent(source -> audio.put(Format.M4A, source));
    return new ProviderSong(
        id,
        ProviderJson.text(item, "title").orElse("Untitled"),
        lyrics.isEmpty(),
        ProviderJson.text(item, "sound").or(() -> ProviderJson.text(item, "audio_variation")),
        lyrics,
        ProviderJson.seconds(item, "duration_s", 1),
        lyrics.flatMap(_ -> timings(item)),
        audio,
        ProviderJson.link(item, "image_url"));
  }

  /** {@code lyrics_timestamped} is a text that holds JSON. */
  private static Optional<String> timings(JsonNode item) {
    return ProviderJson.text(item, "lyrics_timestamped")
        .flatMap(ProviderJson::readText)
        .filter(json -> json.isContainerNode() && !json.isEmpty())
        .map(JsonNode::toString);
  }
}
