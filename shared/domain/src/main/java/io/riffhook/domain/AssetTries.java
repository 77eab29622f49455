package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The one chain of tries that each asset has. The next message is sent before its number is written
 * down, so a crash between the two leaves one message too many and never none. Of two messages with
 * one number, the one that fails later finds the next number and ends there.
 */
final class AssetTries {
  /** How often an asset is tried before it is given up. */
  static final int MAX_ATTEMPTS = 8;

  private static final int MAX_OPTIONAL_ATTEMPTS = 4;

  /** How long after its song was found an optional asset is still tried again. */
  private static final Duration OPTIONAL_TIME = Duration.ofMinutes(2);

  /** A wait that is too short for its message to count as lost, and so is not written down. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  private final SongStore songs;
  private final Queues queues;
  private final Delays delays;
  private final InstantSource clock;

  AssetTries(SongStore songs, Queues queues, Delays delays, InstantSource clock) {
    this.songs = songs;
    this.queues = queues;
    this.delays = delays;
    this.clock = clock;
  }

  /** Whether the asset was settled, or a newer try was planned, while this one was under way. */
  boolean isOvertaken(DownloadTask.Store task) {
    return songs
        .find(task.song())
        .flatMap(song -> song.asset(task.name()))
        .filter(asset -> !asset.isSettled() && !asset.isBeyond(task.attempt()))
        .isEmpty();
  }

  /** The pending stems of a song whose next try is this one, as last written. */
  List<Asset> stems(DownloadTask.ListStems task) {
    return songs.find(task.song()).stream().flatMap(song -> stems(song, task).stream()).toList();
  }

  /** The pending stems whose next try is this one. */
  static List<Asset> stems(Song song, DownloadTask.ListStems task) {
    return song.pendingStems().stream().filter(stem -> !stem.isBeyond(task.attempt())).toList();
  }

  /**
   * How long to wait before the next try; empty if this was the last.
   *
   * @param asked how long the server asks to wait
   */
  Optional<Duration> beforeNext(Song song, Asset asset, int attempt, Optional<Duration> asked) {
    boolean optional = asset.kind().isOptional();
    if (attempt >= (optional ? MAX_OPTIONAL_ATTEMPTS : MAX_ATTEMPTS)) {
      return Optional.empty();
    }
    Duration wait = delays.asset(attempt, asked);
    Instant end = song.createdAt().plus(delays.scaled(OPTIONAL_TIME));
    return Optional.of(wait).filter(_ -> !optional || !clock.instant().plus(wait).isAfter(end));
  }

  /** Sends the message of an asset's next try after one that failed. */
  void plan(DownloadTask.Store next, Duration wait) {
    send(next, next.song(), List.of(next.name()), wait);
  }

  /** Sends the message of the next try to list these stems. */
  void plan(DownloadTask.ListStems next, List<Asset> stems, Duration wait) {
    send(next, next.song(), stems.stream().map(Asset::name).toList(), wait);
  }

  /** Looks again at a file that the provider is making. A short wait costs no write. */
  void look(DownloadTask.Store next, Duration wait) {
    boolean isShort = wait.compareTo(delays.scaled(SHORT)) < 0;
    send(next, next.song(), isShort ? List.of() : List.of(next.name()), wait);
  }

  private void send(DownloadTask next, SongId song, List<String> assets, Duration wait) {
    Instant now = clock.instant();
    queues.download(List.of(next), wait);
    for (String name : assets) {
      songs.apply(song, new SongChange.TryPlanned(name, next.attempt(), now.plus(wait)), now);
    }
  }
}
