package io.riffhook.domain;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A finished song, as the provider's own answer describes it.
 *
 * @param id the provider's id for it
 * @param lyrics its words; empty for an instrumental
 * @param timings when each word is sung, as a JSON document
 * @param audio where the whole song is to be had, by format
 * @param cover where its picture is to be had
 */
public record ProviderSong(
    String id,
    String title,
    boolean instrumental,
    Optional<String> sound,
    Optional<String> lyrics,
    OptionalDouble durationSeconds,
    Optional<String> timings,
    Map<Format, AssetSource> audio,
    Optional<AssetSource> cover) {
  public ProviderSong {
    audio = Map.copyOf(audio);
  }
}
