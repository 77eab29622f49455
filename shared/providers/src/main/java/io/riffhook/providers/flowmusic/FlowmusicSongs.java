package io.riffhook.providers.flowmusic;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A clip of a job record (page of 2026-06-03). Most fields may be null. */
final class FlowmusicSongs {
  /** What is put before a prompt that asks for no singing; it may come back as lyrics. */
  private static final String INSTRUMENTAL = "[Instrumental]";

  private FlowmusicSongs() {}

  static Optional<ProviderSong> parse(JsonNode clip, Optional<String> account) {
    return ProviderJson.text(clip, "clip").map(id -> song(id, clip, account));
  }

  private static ProviderSong song(String id, JsonNode clip, Optional<String> account) {
    Optional<String> lyrics =
        ProviderJson.text(clip, "lyrics").filter(text -> !text.strip().equals(INSTRUMENTAL));
    Map<Format, AssetSource> audio = new EnumMap<>(Format.class);
    audio.put(Format.MP3, new AssetSource.ApiDownload(id, Format.MP3, account));
    ProviderJson.link(clip, "audio_url").ifPresent(source -> audio.put(Format.M4A, source));
    ProviderJson.link(clip, "wav_url").ifPresent(source -> audio.put(Format.WAV, source));
    JsonNode timing = clip.path("lyrics_timing");
    return new ProviderSong(
        id,
        ProviderJson.text(clip, "title").orElse("Untitled"),
        lyrics.isEmpty(),
        Optional.empty(),
        lyrics,
        ProviderJson.seconds(clip, "duration_s", 1),
        lyrics.filter(_ -> timing.isArray() && !timing.isEmpty()).map(_ -> timing.toString()),
        audio,
        ProviderJson.link(clip, "image_url"));
  }
}
