package io.riffhook.providers.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
    link(item, "download_url").ifPresent(source -> audio.put(Format.M4A, source));
    return new ProviderSong(
        id,
        ProviderJson.text(item, "title").orElse("Untitled"),
        lyrics.isEmpty(),
        ProviderJson.text(item, "sound").or(() -> ProviderJson.text(item, "audio_variation")),
        lyrics,
        duration(item),
        lyrics.flatMap(_ -> timings(item)),
        audio,
        link(item, "image_url"));
  }

  private static OptionalDouble duration(JsonNode item) {
    JsonNode seconds = item.path("duration_s");
    return seconds.isNumber() && seconds.asDouble() > 0 && Double.isFinite(seconds.asDouble())
        ? OptionalDouble.of(seconds.asDouble())
        : OptionalDouble.empty();
  }

  /** {@code lyrics_timestamped} is a text that holds JSON. */
  private static Optional<String> timings(JsonNode item) {
    return ProviderJson.text(item, "lyrics_timestamped")
        .flatMap(ProviderJson::readText)
        .filter(json -> json.isContainerNode() && !json.isEmpty())
        .map(JsonNode::toString);
  }

  private static Optional<AssetSource> link(JsonNode item, String field) {
    return ProviderJson.text(item, field).flatMap(UseapiSongs::link);
  }

  static Optional<AssetSource> link(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() == null ? Optional.empty() : Optional.of(new AssetSource.Link(uri));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
