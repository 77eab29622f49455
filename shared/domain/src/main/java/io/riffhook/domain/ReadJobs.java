package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an owner can see: their own jobs and songs, and nobody else's. */
public final class ReadJobs {
  /** How long a link to an asset works. */
  private static final Duration LINK_LIFE = Duration.ofMinutes(15);

  private final JobStore jobs;
  private final SongStore songs;
  private final AssetStore assets;

  public ReadJobs(JobStore jobs, SongStore songs, AssetStore assets) {
    this.jobs = jobs;
    this.songs = songs;
    this.assets = assets;
  }

  /** A job with its songs. */
  public record View(Job job, List<Song> songs) {
    public View {
      songs = List.copyOf(songs);
    }
  }

  /** One job of the owner. */
  public Optional<View> job(Owner owner, JobId id) {
    return jobs.find(id).filter(job -> job.owner().equals(owner)).map(this::view);
  }

  /** A job, as it was read, with its songs. */
  public View view(Job job) {
    return new View(job, songs.findAll(job.songs()));
  }

  /** A page of the owner's jobs, newest first. */
  public Page<View> jobs(Owner owner, JobStore.Filter filter, Page.Request request) {
    Page<Job> page = jobs.ofOwner(owner, filter, request);
    Map<SongId, Song> found =
        songs.findAll(page.items().stream().flatMap(job -> job.songs().stream()).toList()).stream()
            .collect(Collectors.toMap(Song::id, Function.identity()));
    return new Page<>(page.items().stream().map(job -> view(job, found)).toList(), page.next());
  }

  private static View view(Job job, Map<SongId, Song> found) {
    return new View(
        job,
        job.songs().stream().flatMap(id -> Optional.ofNullable(found.get(id)).stream()).toList());
  }

  /** One song of the owner. */
  public Optional<Song> song(Owner owner, SongId id) {
    return songs.find(id).filter(song -> song.owner().equals(owner));
  }

  /** A page of the owner's songs, newest first. */
  public Page<Song> songs(Owner owner, Page.Request request) {
    return songs.ofOwner(owner, request);
  }

  /** A short-lived link to a stored asset of one of the owner's songs. */
  public Optional<URI> link(Owner owner, SongId id, String assetName) {
    return song(owner, id)
        .filter(song -> song.asset(assetName).flatMap(Asset::file).isPresent())
        .map(song -> assets.link(song.key(assetName), LINK_LIFE));
  }
}
