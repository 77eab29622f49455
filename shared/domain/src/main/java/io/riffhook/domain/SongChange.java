package io.riffhook.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One move of a song's assets, as data. Guard of each: the asset it names is pending. */
public sealed interface SongChange {

  /** The asset that must be pending. */
  String name();

  /** An asset reached its end: stored, missing or failed. */
  record Settled(String name, Asset.State state) implements SongChange {}

  /**
   * The provider told which stems there are: they take the place of {@link Asset#STEMS}. A name
   * that is told twice is one stem, and one that the song has keeps what the song has of it.
   */
  record StemsListed(List<String> stems) implements SongChange {
    public StemsListed {
      stems = stems.stream().distinct().toList();
      if (stems.contains(Asset.STEMS)) {
        throw new IllegalArgumentException("no stem is named " + Asset.STEMS);
      }
    }

    @Override
    public String name() {
      return Asset.STEMS;
    }
  }

  /** A failed asset is to be tried again. Guard: it is failed. */
  record TriedAgain(String name) implements SongChange {}

  /**
   * The message for a try was sent. Guard: the asset is pending, and no later try was planned.
   *
   * @param attempt the number of the try
   * @param due when the message is delivered
   */
  record TryPlanned(String name, int attempt, Instant due) implements SongChange {}

  /** The song after the change, or empty where its guard does not hold and nothing changes. */
  static Optional<Song> apply(Song song, SongChange change, Instant now) {
    Optional<Asset> asset = song.asset(change.name());
    boolean wantsFailed = change instanceof TriedAgain;
    if (asset.isEmpty()
        || (wantsFailed ? !(asset.get().state() instanceof Asset.Failed) : asset.get().isSettled())
        || (change instanceof TryPlanned planned && asset.get().isBeyond(planned.attempt()))) {
      return Optional.empty();
    }
    List<Asset> assets = new ArrayList<>(song.assets());
    assets.remove(asset.get());
    switch (change) {
      case Settled settled -> assets.add(asset.get().with(settled.state()));
      case StemsListed listed ->
          listed.stems().stream()
              .filter(stem -> song.asset(stem).isEmpty())
              .forEach(stem -> assets.add(Asset.pending(stem, Asset.Kind.STEM, now)));
      case TriedAgain _ -> assets.add(asset.get().with(new Asset.Pending()));
      case TryPlanned planned ->
          assets.add(
              asset.get().with(new Asset.Pending(planned.attempt(), Optional.of(planned.due()))));
    }
    return Optional.of(song.with(assets, now));
  }
}
