package io.riffhook.providers.musicapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The songs in the answer of {@code GET task} (page of 2025-06-27). Its schema calls every field
 * required, and none is relied upon but the id and, of a song that is done, the audio.
 *
 * @param done the songs that can be fetched, each once
 * @param failed why each of the others that ended has no audio
 * @param more whether one is named that has not ended
 */
record MusicapiSongs(List<ProviderSong> done, List<String> failed, boolean more) {
  /** "If the generation is complete, two songs will be returned." */
  static final int PER_TASK = 2;

  private static final String INSTRUMENTAL = "[Instrumental]";

  /** The page names none; these are the words of the vendor's other sections. */
  private static final Set<String> SUCCEEDED =
      Set.of("succeeded", "success", "completed", "complete");

  private static final Set<String> FAILED = Set.of("failed", "failure", "fail", "error");

  MusicapiSongs {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  static MusicapiSongs of(JsonNode body) {
    Map<String, ProviderSong> done = new LinkedHashMap<>();
    List<String> failed = new ArrayList<>();
    boolean more = false;
    for (JsonNode item : body.path("data")) {
      String state = item.path("state").asText("").toLowerCase(Locale.ROOT);
      Optional<ProviderSong> song = isDone(item, state) ? parse(item) : Optional.empty();
      if (song.isPresent()) {
        done.put(song.get().id(), song.get());
      } else if (FAILED.contains(state)) {
        failed.add(why(item, state));
      } else {
        more = true;
      }
    }
    return new MusicapiSongs(List.copyOf(done.values()), failed, more);
  }

  /** A state that is not told cannot be waited for: then the audio tells. */
  private static boolean isDone(JsonNode item, String state) {
    Optional<AssetSource> audio = ProviderJson.link(item, "audio_url");
    return state.isEmpty()
        ? audio.filter(AssetSource.Link.class::isInstance).isPresent()
        : SUCCEEDED.contains(state) && audio.isPresent();
  }

  private static String why(JsonNode item, String state) {
    return ProviderJson.text(item, "error")
        .or(() -> ProviderJson.text(item, "message"))
        .orElse("its state is " + state);
  }

  private static Optional<ProviderSong> parse(JsonNode item) {
    return ProviderJson.text(item, "clip_id").map(id -> song(id, item));
  }

  private static ProviderSong song(String id, JsonNode item) {
    Optional<String> lyrics =
        ProviderJson.text(item, "lyrics").filter(text -> !text.strip().equals(INSTRUMENTAL));
    Map<Format, AssetSource> audio = new LinkedHashMap<>();
    ProviderJson.link(item, "audio_url").ifPresent(link -> audio.put(Format.M4A, link));
    return new ProviderSong(
        id,
        ProviderJson.text(item, "title").orElse("Untitled"),
        lyrics.isEmpty(),
        ProviderJson.text(item, "sound"),
        lyrics,
        ProviderJson.seconds(item, "duration", 1),
        lyrics.flatMap(_ -> timings(item.path("timestamp"))),
        audio,
        ProviderJson.link(item, "image_url"));
  }

  /** {@code timestamp.words}; a text where its upstream's JSON in a text was passed on. */
  private static Optional<String> timings(JsonNode timestamp) {
    JsonNode words =
        timestamp.isTextual()
            ? ProviderJson.readText(timestamp.textValue())
                .map(json -> json.path("words"))
                .orElse(timestamp)
            : timestamp.path("words");
    return words.isArray() && !words.isEmpty()
        ? Optional.of(ProviderJson.object().set("words", words).toString())
        : Optional.empty();
  }
}
