package io.riffhook.providers.producer;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.ProviderSong;
import io.riffhook.providers.http.ProviderJson;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A song in the answer of {@code producer/task} or in a callback. Every field may be absent. */
final class ProducerSongs {
  private static final String INSTRUMENTAL = "[Instrumental]";

  private ProducerSongs() {}

  static Optional<ProviderSong> parse(JsonNode item) {
    return ProviderJson.text(item, "clip_id").map(id -> song(id, item));
  }

  private static ProviderSong song(String id, JsonNode item) {
    Optional<String> lyrics =
        ProviderJson.text(item, "lyrics").filter(text -> !text.strip().equals(INSTRUMENTAL));
    return new ProviderSong(
        id,
        ProviderJson.text(item, "title").orElse("Untitled"),
        lyrics.isEmpty(),
        ProviderJson.text(item, "sound"),
        lyrics,
        // A number here; the platform beside this one writes it as a text.
        ProviderJson.seconds(ProviderJson.unquoted(item.path("duration")), 1),
        Optional.empty(),
        audio(id, item),
        ProviderJson.link(item, "image_url"));
  }

  /** Its links, and for what has none the call that makes the file. */
  private static Map<Format, AssetSource> audio(String id, JsonNode item) {
    Map<Format, AssetSource> audio = new EnumMap<>(Format.class);
    audio.put(Format.MP3, new AssetSource.ApiDownload(id, Format.MP3, Optional.empty()));
    audio.put(Format.WAV, new AssetSource.ApiDownload(id, Format.WAV, Optional.empty()));
    // A link that cannot be read costs nothing: the call makes the same file.
    ProviderJson.link(item, "wav_url")
        .filter(AssetSource.Link.class::isInstance)
        .ifPresent(link -> audio.put(Format.WAV, link));
    ProviderJson.link(item, "audio_url").ifPresent(link -> audio.put(format(link), link));
    return audio;
  }

  /** M4A in every example; a file's name is believed where it says otherwise. */
  private static Format format(AssetSource source) {
    String path =
        source instanceof AssetSource.Link link && link.uri().getPath() != null
            ? link.uri().getPath().toLowerCase(Locale.ROOT)
            : "";
    if (path.endsWith(".mp3")) {
      return Format.MP3;
    }
    return path.endsWith(".wav") ? Format.WAV : Format.M4A;
  }
}
