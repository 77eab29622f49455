package io.riffhook.domain;

import java.util.Optional;

/** Something to fetch from a provider. */
public sealed interface DownloadTask {

  /** The job it is for. */
  JobId job();

  /** 1, and one more each time it is tried again. */
  int attempt();

  /** The same, as the next attempt. */
  DownloadTask next();

  /**
   * Read how a provider job ended, and write down its songs.
   *
   * @param providerJob which; empty where the callback did not say
   */
  record Collect(JobId job, Optional<String> providerJob, int attempt) implements DownloadTask {
    @Override
    public Collect next() {
      return new Collect(job, providerJob, attempt + 1);
    }
  }

  /** Bring one asset into S3. */
  record Store(SongId song, String name, AssetSource source, int attempt) implements DownloadTask {
    @Override
    public JobId job() {
      return song.job();
    }

    @Override
    public Store next() {
      return new Store(song, name, source, attempt + 1);
    }
  }

  /** Ask which stems a song has, and bring each into S3. */
  record ListStems(SongId song, int attempt) implements DownloadTask {
    @Override
    public JobId job() {
      return song.job();
    }

    @Override
    public ListStems next() {
      return new ListStems(song, attempt + 1);
    }
  }
}
