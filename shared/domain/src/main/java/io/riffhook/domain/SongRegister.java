package io.riffhook.domain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives each song of a provider its number, once, and writes it down with the assets it will have.
 */
public final class SongRegister {
  /** Lyrics up to this long are kept beside the song; {@code lyrics.txt} has them at any length. */
  private static final int MAX_INLINE_LYRICS = 10_000;

  private static final int MAX_TEXT = 1_000;

  private final JobStore jobs;
  private final SongStore songs;
  private final AssetStore assets;
  private final InstantSource clock;

  public SongRegister(JobStore jobs, SongStore songs, AssetStore assets, InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.assets = assets;
    this.clock = clock;
  }

  /** The song as written down, now or earlier; empty where the job ended meanwhile. */
  public Optional<Song> register(Job job, String providerJob, ProviderSong found) {
    return number(job, found.id())
        .map(
            number -> {
              SongId id = new SongId(job.id(), number);
              return songs
                  .find(id)
                  .orElseGet(
                      () -> {
                        Song song = song(job, id, providerJob, found);
                        return songs.insert(song) ? song : songs.find(id).orElseThrow();
                      });
            });
  }

  private Optional<Integer> number(Job job, String providerSong) {
    Job current = job;
    while (!current.songNumbers().containsKey(providerSong)) {
      int next = current.songNumbers().size() + 1;
      Optional<Job> numbered =
          jobs.apply(job.id(), new JobChange.SongSeen(providerSong, next), clock.instant());
      if (numbered.isPresent()) {
        return Optional.of(next);
      }
      // Another song took the number, or the job ended: read which.
      current = jobs.find(job.id()).orElseThrow();
      if (current.status().isTerminal()) {
        return Optional.empty();
      }
    }
    return Optional.of(current.songNumbers().get(providerSong));
  }

  private Song song(Job job, SongId id, String providerJob, ProviderSong found) {
    Instant now = clock.instant();
    List<Asset> files = new ArrayList<>();
    for (Format format : job.formats()) {
      if (format == Format.STEMS) {
        files.add(Asset.pending(Asset.STEMS, Asset.Kind.STEM));
      } else if (found.audio().containsKey(format)) {
        files.add(Asset.pending(format.assetName(), Asset.Kind.AUDIO));
      } else if (job.request().formats().contains(format)) {
        Reason none = Reasons.assetFailed(format.assetName(), "the provider has none");
        files.add(new Asset(format.assetName(), Asset.Kind.AUDIO, new Asset.Failed(none)));
      }
    }
    if (found.cover().isPresent()) {
      files.add(Asset.pending(Asset.COVER, Asset.Kind.COVER));
    }
    found
        .lyrics()
        .ifPresent(
            text ->
                files.add(
                    document(
                        job,
                        id,
                        Asset.LYRICS,
                        Asset.Kind.LYRICS,
                        text,
                        "text/plain; charset=utf-8")));
    found
        .timings()
        .ifPresent(
            json ->
                files.add(
                    document(
                        job, id, Asset.TIMINGS, Asset.Kind.TIMINGS, json, "application/json")));
    files.add(Asset.pending(Asset.METADATA, Asset.Kind.METADATA));
    return new Song(
        id,
        job.owner(),
        job.provider(),
        providerJob,
        found.id(),
        Cut.to(MAX_TEXT, found.title()),
        found.instrumental(),
        found.sound().map(text -> Cut.to(MAX_TEXT, text)),
        found.lyrics().filter(text -> text.length() <= MAX_INLINE_LYRICS),
        found.durationSeconds(),
        now,
        now,
        files);
  }

  private Asset document(
      Job job, SongId id, String name, Asset.Kind kind, String text, String contentType) {
    AssetKey key = new AssetKey(job.owner(), id, name);
    StoredFile file = assets.write(key, text.getBytes(StandardCharsets.UTF_8), contentType);
    return new Asset(name, kind, new Asset.Stored(file));
  }

  /** What is still to be fetched of a song, each from where the provider says it is now. */
  public static List<DownloadTask> tasks(Song song, ProviderSong found) {
    List<DownloadTask> tasks = new ArrayList<>();
    boolean stems = false;
    for (Asset asset : song.pending()) {
      if (asset.kind() == Asset.Kind.STEM) {
        stems = true;
      } else {
        source(asset, found)
            .ifPresent(
                source -> tasks.add(new DownloadTask.Store(song.id(), asset.name(), source, 1)));
      }
    }
    if (stems) {
      tasks.add(new DownloadTask.ListStems(song.id(), 1));
    }
    return tasks;
  }

  /** Where an asset other than a stem is to be had, by the provider's newest word. */
  static Optional<AssetSource> source(Asset asset, ProviderSong found) {
    return switch (asset.kind()) {
      case COVER -> found.cover();
      case AUDIO ->
          found.audio().entrySet().stream()
              .filter(entry -> entry.getKey().assetName().equals(asset.name()))
              .map(Map.Entry::getValue)
              .findFirst();
      case STEM, LYRICS, TIMINGS, METADATA -> Optional.empty();
    };
  }
}
