package io.riffhook.simulation;

import io.riffhook.domain.Asset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The songs that the providers of a world really made, and the true bytes of each. */
final class Catalog {
  static final List<String> STEMS = List.of("drums", "vocals");

  private final Map<String, List<String>> songs = new HashMap<>();

  /** A provider job makes these songs. */
  void made(String providerJob, List<String> providerSongs) {
    songs.put(providerJob, providerSongs);
  }

  /** The songs of a provider job. */
  List<String> songsOf(String providerJob) {
    return Objects.requireNonNull(songs.get(providerJob));
  }

  /** All songs of some provider jobs. */
  Set<String> songsOf(Collection<String> providerJobs) {
    return providerJobs.stream()
        .flatMap(job -> songs.getOrDefault(job, List.of()).stream())
        .collect(Collectors.toSet());
  }

  /** What an asset must hold, where it is the provider's to say. */
  Optional<byte[]> bytes(String providerSong, Asset asset) {
    return switch (asset.kind()) {
      case AUDIO, COVER, STEM -> Optional.of(bytes(providerSong, asset.name()));
      case LYRICS, TIMINGS, METADATA -> Optional.empty();
    };
  }

  /** The true bytes under an asset's name. */
  static byte[] bytes(String providerSong, String name) {
    String head =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "mp3" -> "ID3";
          case "jpg" -> "\u00ff\u00d8\u00ff";
          default -> "RIFF....WAVE";
        };
    return (head + " " + providerSong + " " + name).getBytes(StandardCharsets.ISO_8859_1);
  }
}
