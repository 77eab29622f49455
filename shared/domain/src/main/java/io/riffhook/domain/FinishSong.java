package io.riffhook.domain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a song when its last asset is settled, and its job when that was its last song. Every step
 * can be done again: a message that comes twice, or a check, takes up what a crash left.
 */
public final class FinishSong {
  private static final Logger LOG = LoggerFactory.getLogger(FinishSong.class);

  private final JobStore jobs;
  private final SongStore songs;
  private final AssetStore assets;
  private final SongDocument document;
  private final Delays delays;
  private final InstantSource clock;

  public FinishSong(
      JobStore jobs,
      SongStore songs,
      AssetStore assets,
      SongDocument document,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.assets = assets;
    this.document = document;
    this.delays = delays;
    this.clock = clock;
  }

  /** Ends the song if nothing of it is on its way any more. */
  public void finish(Song song) {
    if (!song.pending().isEmpty()) {
      return;
    }
    Job job = jobs.find(song.id().job()).orElseThrow();
    Optional<Reason> failure = failure(song);
    if (song.asset(Asset.METADATA).filter(asset -> !asset.isSettled()).isPresent()) {
      StoredFile file =
          assets.write(song.key(Asset.METADATA), document.of(job, song), "application/json");
      if (failure.isEmpty()) {
        // Left open after a failure: running the job again writes a better one.
        songs.apply(
            song.id(),
            new SongChange.Settled(Asset.METADATA, new Asset.Stored(file)),
            clock.instant());
      }
    }
    if (failure.isPresent()) {
      jobs.apply(job.id(), new JobChange.Ended(Status.FAILED, failure.get()), clock.instant())
          .ifPresent(_ -> LOG.warn("the job ends as FAILED: {}", failure.get()));
      return;
    }
    LOG.info("song {} is stored", song.id());
    jobs.apply(job.id(), new JobChange.SongStored(song.id().number()), clock.instant())
        .or(() -> jobs.find(job.id())) // said before, by somebody who may have died since
        .ifPresent(this::conclude);
  }

  private static Optional<Reason> failure(Song song) {
    return song.assets().stream()
        .flatMap(
            asset ->
                asset.state() instanceof Asset.Failed failed
                    ? Optional.of(failed.reason()).stream()
                    : Optional.<Reason>empty().stream())
        .findFirst();
  }

  /** Ends the job if all of its provider jobs are read and all of its songs are stored. */
  public void conclude(Job job) {
    Instant now = clock.instant();
    job.conclusion(now, delays.scaled(CallProvider.SILENCE))
        .flatMap(end -> jobs.apply(job.id(), end, now))
        .ifPresent(ended -> LOG.info("the job is {}", ended.status()));
  }
}
