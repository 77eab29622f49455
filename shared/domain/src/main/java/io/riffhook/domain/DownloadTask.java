package io.riffhook.domain;

import java.util.Optional;

/** Something to fetch from a provider. */
public sealed interface DownloadTask {

  /** The id of what it is for: a job, or an upload. */
  String subject();

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
    public String subject() {
      return job.value();
    }

    @Override
    public Collect next() {
      return new Collect(job, providerJob, attempt + 1);
    }
  }

  /**
   * Read a provider job once that a progress callback named before the provider's answer did. If
   * the provider knows it, it is one of the job's. If the answer comes first, nothing is read.
   */
  record Adopt(JobId job, String providerJob, int attempt) implements DownloadTask {
    @Override
    public String subject() {
      return job.value();
    }

    @Override
    public Adopt next() {
      return new Adopt(job, providerJob, attempt + 1);
    }
  }

  /** Bring one asset into S3. */
  record Store(SongId song, String name, AssetSource source, int attempt) implements DownloadTask {
    /** The same, from elsewhere. */
    public Store from(AssetSource other) {
      return new Store(song, name, other, attempt);
    }

    /** The job it is for. */
    public JobId job() {
      return song.job();
    }

    @Override
    public String subject() {
      return job().value();
    }

    @Override
    public Store next() {
      return new Store(song, name, source, attempt + 1);
    }
  }

  /** Ask which stems a song has, and bring each into S3. */
  record ListStems(SongId song, int attempt) implements DownloadTask {
    /** The job it is for. */
    public JobId job() {
      return song.job();
    }

    @Override
    public String subject() {
      return job().value();
    }

    @Override
    public ListStems next() {
      return new ListStems(song, attempt + 1);
    }
  }

  /** Give a queued job's provider the files of ours that it starts from. */
  record Prepare(JobId job, int attempt) implements DownloadTask {
    @Override
    public String subject() {
      return job.value();
    }

    @Override
    public Prepare next() {
      return new Prepare(job, attempt + 1);
    }
  }

  /** Bring an upload into S3. */
  record Fetch(UploadId upload, int attempt) implements DownloadTask {
    @Override
    public String subject() {
      return upload.value();
    }

    @Override
    public Fetch next() {
      return new Fetch(upload, attempt + 1);
    }
  }
}
