package io.riffhook.domain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each song of a provider its number, once, and writes it down with the assets it will have.
 */
public final class SongRegister {
  /** Lyrics up to this long are kept beside the song; {@code lyrics.txt} has them at any length. */
  private static final int MAX_INLINE_LYRICS = 10_000;

  private static final int MAX_TEXT = 1_000;

  /** Why an asset is lost that a finished provider job has no source for. */
  static final String NO_SOURCE = "the provider has none";

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

  /**
   * A song as written down.
   *
   * @param isNew whether this call wrote it, so that no message for its assets was sent
   */
  public record Registered(Song song, boolean isNew) {}

  /** The song as written down, now or earlier; empty where the job ended meanwhile. */
  public Optional<Registered> register(Job job, String providerJob, ProviderSong found) {
    return number(job, found.id())
        .map(
            number -> {
              SongId id = new SongId(job.id(), number);
              return songs
                  .find(id)
                  .map(song -> new Registered(song, false))
                  .orElseGet(
                      () -> {
                        Song song = song(job, id, providerJob, found);
                        return songs.insert(song)
                            ? new Registered(song, true)
                            : new Registered(songs.find(id).orElseThrow(), false);
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
        files.add(Asset.pending(Asset.STEMS, Asset.Kind.STEM, now));
      } else if (found.audio().containsKey(format)) {
        files.add(Asset.pending(format.assetName(), Asset.Kind.AUDIO, now));
      } else if (job.request().formats().contains(format)) {
        Reason none = Reasons.assetFailed(format.assetName(), NO_SOURCE);
        files.add(new Asset(format.assetName(), Asset.Kind.AUDIO, new Asset.Failed(none)));
      }
    }
    if (found.cover().isPresent()) {
      files.add(Asset.pending(Asset.COVER, Asset.Kind.COVER, now));
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

  /**
   * What a read of the provider leads to for the pending assets of a song.
   *
   * @param tasks the messages to send
   * @param planned what to write down once they are sent
   * @param lost what is to be settled, because the provider has no source for it
   */
  public record Plan(
      List<DownloadTask> tasks, List<SongChange.TryPlanned> planned, List<Asset> lost) {
    public Plan {
      tasks = List.copyOf(tasks);
      planned = List.copyOf(planned);
      lost = List.copyOf(lost);
    }
  }

  /**
   * Plans a try for each pending asset whose chain of tries was never begun or is overdue.
   *
   * @param found the song as the provider describes it now; empty if it has it no more
   * @param since a try that was due before counts as lost
   */
  public static Plan plan(
      Registered registered, Optional<ProviderSong> found, Instant since, Instant now) {
    Song song = registered.song();
    List<DownloadTask> tasks = new ArrayList<>();
    List<Asset> lost = new ArrayList<>();
    List<Asset> begun = new ArrayList<>();
    List<Asset> stems = new ArrayList<>();
    for (Asset asset : song.pending()) {
      if (!registered.isNew() && asset.isTried(since)) {
        continue;
      }
      Optional<AssetSource> source = found.flatMap(each -> source(asset, each));
      if (asset.kind() == Asset.Kind.STEM && found.isPresent()) {
        stems.add(asset);
      } else if (source.isPresent()) {
        begun.add(asset);
        tasks.add(new DownloadTask.Store(song.id(), asset.name(), source.get(), asset.attempt()));
      } else {
        lost.add(asset);
      }
    }
    if (!stems.isEmpty()) {
      int attempt = stems.stream().mapToInt(Asset::attempt).max().orElseThrow();
      begun.addAll(stems);
      tasks.add(new DownloadTask.ListStems(song.id(), attempt));
    }
    // The record of a new song says already when its first tries are due.
    List<SongChange.TryPlanned> planned =
        registered.isNew()
            ? List.of()
            : begun.stream()
                .map(asset -> new SongChange.TryPlanned(asset.name(), asset.attempt(), now))
                .toList();
    return new Plan(tasks, planned, lost);
  }

  /**
   * Writes down what was planned for a song, and settles what is lost.
   *
   * @param why why that cannot be had
   * @return the song as it is then
   */
  public Song write(Song song, Plan plan, String why) {
    Song after = song;
    for (SongChange.TryPlanned planned : plan.planned()) {
      after = songs.apply(song.id(), planned, clock.instant()).orElse(after);
    }
    for (Asset asset : plan.lost()) {
      SongChange settled = new SongChange.Settled(asset.name(), asset.lost(why));
      after = songs.apply(song.id(), settled, clock.instant()).orElse(after);
    }
    return after;
  }

  /** The songs of a provider job that a job has already, without those with these ids. */
  public List<Song> others(Job job, String providerJob, Set<String> providerSongs) {
    List<SongId> ids =
        job.songNumbers().entrySet().stream()
            .filter(entry -> !providerSongs.contains(entry.getKey()))
            .map(entry -> new SongId(job.id(), entry.getValue()))
            .toList();
    return ids.isEmpty()
        ? List.of()
        : songs.findAll(ids).stream()
            .filter(song -> song.providerJob().equals(providerJob))
            .toList();
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
