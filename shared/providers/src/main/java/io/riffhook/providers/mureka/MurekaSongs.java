package io.riffhook.providers.mureka;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A song in {@code response.songs} of a job (page of 2026-01-21). It has no lyrics; where they were
 * ours, the job's {@code request} has them.
 */
final class MurekaSongs {
  private MurekaSongs() {}

  static Optional<ProviderSong> parse(JsonNode song, JsonNode job) {
    return id(song).map(id -> song(id, song, job));
  }

  /** A text as on the page, {@code user:777-mureka:123-song:456}, or as once a bare number. */
  private static Optional<String> id(JsonNode song) {
    JsonNode id = song.path("song_id");
    return id.isIntegralNumber() ? Optional.of(id.asText()) : ProviderJson.text(song, "song_id");
  }

  private static ProviderSong song(String id, JsonNode song, JsonNode job) {
    Map<Format, AssetSource> audio = new EnumMap<>(Format.class);
    ProviderJson.link(song, "mp3_url").ifPresent(source -> audio.put(Format.MP3, source));
    String verb = job.path("verb").asText("");
    Optional<String> lyrics = ProviderJson.text(song, "lyrics");
    if (lyrics.isEmpty() && verb.endsWith("create-advanced")) {
      lyrics = ProviderJson.text(job.path("request"), "lyrics");
    }
    return new ProviderSong(
        id,
        ProviderJson.text(song, "title").orElse("Untitled"),
        verb.endsWith("create-instrumental"),
        sound(song),
        lyrics,
        ProviderJson.seconds(song, "duration_milliseconds", 0.001),
        Optional.empty(),
        audio,
        ProviderJson.link(song, "cover"));
  }

  /** Its genres and moods, which are lists of words. */
  private static Optional<String> sound(JsonNode song) {
    StringJoiner words = new StringJoiner(", ");
    for (String list : new String[] {"genres", "moods"}) {
      for (JsonNode word : song.path(list)) {
        if (word.isTextual() && !word.textValue().isBlank()) {
          words.add(word.textValue());
        }
      }
    }
    return Optional.of(words.toString()).filter(text -> !text.isEmpty());
  }
}
