package io.riffhook.domain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One generated track.
 *
 * @param provider the provider that made it
 * @param providerJob the provider's id for the job that made it
 * @param providerSong the provider's id for it
 * @param sound how it sounds, in the provider's words
 * @param lyrics its words, where they are short enough to keep beside it; {@code lyrics.txt} has
 *     all
 * @param durationSeconds its length in seconds
 * @param assets its files, in the order of their names
 */
public record Song(
    SongId id,
    Owner owner,
    String provider,
    String providerJob,
    String providerSong,
    String title,
    boolean instrumental,
    Optional<String> sound,
    Optional<String> lyrics,
    OptionalDouble durationSeconds,
    Instant createdAt,
    Instant updatedAt,
    List<Asset> assets) {
  public Song {
    assets = assets.stream().sorted(Comparator.comparing(Asset::name)).toList();
  }

  /** The asset with this name. */
  public Optional<Asset> asset(String name) {
    return assets.stream().filter(asset -> asset.name().equals(name)).findFirst();
  }

  /**
   * The assets that are on their way, but for the metadata, which is written when there are none.
   */
  public List<Asset> pending() {
    return assets.stream()
        .filter(asset -> !asset.isSettled() && asset.kind() != Asset.Kind.METADATA)
        .toList();
  }

  /** The pending stems, or the entry that stands for all of them. */
  List<Asset> pendingStems() {
    return pending().stream().filter(asset -> asset.kind() == Asset.Kind.STEM).toList();
  }

  /**
   * Whether the message for one of its assets counts as lost. A song written before assets had a
   * due time counts from its last change.
   *
   * @param since a try that was due before counts as lost
   */
  boolean isOverdue(Instant since) {
    return pending().stream()
        .anyMatch(
            asset ->
                asset.state() instanceof Asset.Pending pending
                    && pending.due().orElse(updatedAt).isBefore(since));
  }

  /** Where an asset of the song lies in S3. */
  public AssetKey key(String assetName) {
    return new AssetKey(owner, id, assetName);
  }

  /** The song with other assets. */
  public Song with(List<Asset> next, Instant now) {
    return new Song(
        id,
        owner,
        provider,
        providerJob,
        providerSong,
        title,
        instrumental,
        sound,
        lyrics,
        durationSeconds,
        createdAt,
        now,
        next);
  }
}
