package io.riffhook.domain;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a job's provider the files of ours that its operation starts from, before the job is
 * submitted. Each provider gets a file once: what it calls it is written down.
 */
public final class PrepareSource {
  /** How long a provider can fetch a file of ours. */
  private static final Duration LINK_LIFE = Duration.ofHours(1);

  /** So much of a link's life is left for the provider to come for the file. */
  private static final Duration LINK_SLACK = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(PrepareSource.class);

  private final JobStore jobs;
  private final SongStore songs;
  private final UploadStore uploads;
  private final Registrations registrations;
  private final AssetStore assets;
  private final Queues queues;
  private final Providers providers;
  private final Sources sources;
  private final Delays delays;
  private final InstantSource clock;

  public PrepareSource(
      JobStore jobs,
      SongStore songs,
      UploadStore uploads,
      Registrations registrations,
      AssetStore assets,
      Queues queues,
      Providers providers,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.uploads = uploads;
    this.registrations = registrations;
    this.assets = assets;
    this.queues = queues;
    this.providers = providers;
    this.sources = new Sources(jobs, songs, uploads, registrations, clock);
    this.delays = delays;
    this.clock = clock;
  }

  /** Gives the provider the files that it lacks. Sends the job's submission once it has all. */
  public void run(DownloadTask.Prepare task) {
    Optional<Job> found = jobs.find(task.job()).filter(job -> isCurrent(job, task));
    if (found.isEmpty()) {
      LOG.info("nothing to prepare: the job is not queued, or a later try is on its way");
      return;
    }
    Job job = found.get();
    Provider provider = providers.of(job);
    for (Source source : lacking(job, provider)) {
      switch (give(job, source, provider)) {
        case Registration.Usable usable -> registrations.put(source, job.provider(), usable);
        case Registration.Lent lent ->
            registrations.put(
                source,
                job.provider(),
                new Registration.Usable(
                    lent.link().toString(),
                    Optional.of(clock.instant().plus(LINK_LIFE.minus(LINK_SLACK)))));
        case Registration.NotYet notYet -> {
          registrations.put(source, job.provider(), notYet);
          LOG.info("the provider is still processing the file");
          again(job, task, delays.prepare(task.attempt()), Optional.empty());
          return;
        }
        case Registration.NotNow notNow -> {
          LOG.info("the job's files are not ready: {}", notNow.reason());
          again(job, task, delay(notNow.reason(), task.attempt()), Optional.of(notNow.reason()));
          return;
        }
        case Registration.Never never -> {
          LOG.warn("the job ends as FAILED: {}", never.reason());
          jobs.apply(job.id(), new JobChange.Ended(Status.FAILED, never.reason()), clock.instant());
          return;
        }
      }
    }
    Duration early = Duration.between(clock.instant(), job.submission().due());
    queues.submission(job.id(), early.isNegative() ? Duration.ZERO : early);
  }

  /** Whether the message is for the job's current try: another one must not start a chain. */
  private boolean isCurrent(Job job, DownloadTask.Prepare task) {
    Instant now = clock.instant();
    return job.status() == Status.QUEUED
        && now.isBefore(job.deadline())
        && switch (job.submission()) {
          case Submission.Waiting waiting -> waiting.preparation() == task.attempt();
          case Submission.Unknown unknown -> !now.isBefore(unknown.next());
          case Submission.InFlight _, Submission.Accepted _ -> false;
        };
  }

  private Duration delay(Reason reason, int attempt) {
    return reason.code().equals(Reasons.SOURCE_PENDING)
        ? delays.source(attempt)
        : delays.prepare(attempt);
  }

  /**
   * Postpones the job's preparation. The write comes first: only the worker that makes it sends the
   * next message. If the worker dies in between, the job's check finds the try overdue.
   */
  private void again(Job job, DownloadTask.Prepare task, Duration delay, Optional<Reason> reason) {
    Instant now = clock.instant();
    Instant next = now.plus(delay);
    if (job.submission() instanceof Submission.Unknown unknown) {
      // The next message looks the job up first: its callback may have come in the meantime.
      jobs.apply(job.id(), new JobChange.LookUpPostponed(unknown.next(), next), now)
          .ifPresent(_ -> queues.submission(job.id(), delay));
    } else {
      jobs.apply(
              job.id(), new JobChange.PreparationPostponed(task.attempt() + 1, next, reason), now)
          .ifPresent(_ -> queues.download(List.of(task.next()), delay));
    }
  }

  private List<Source> lacking(Job job, Provider provider) {
    Operation operation = job.request().operation();
    Stream<Source> source =
        sources.own(operation, provider.capabilities()).isPresent()
            ? Stream.empty()
            : operation.source().stream();
    return Stream.concat(source, operation.image().stream().map(Source.OfUpload::new)).toList();
  }

  private Registration give(Job job, Source source, Provider provider) {
    Optional<Registration> known =
        registrations
            .find(source, job.provider())
            .filter(
                each ->
                    !(each instanceof Registration.Usable usable) || usable.holds(clock.instant()));
    if (known.orElse(null) instanceof Registration.NotYet notYet) {
      return provider.registered(notYet.id());
    }
    return known.orElseGet(
        () ->
            switch (source) {
              case Source.OfSong of -> give(songs.find(of.song()).orElseThrow(), provider);
              case Source.OfUpload of -> give(uploads.find(of.upload()).orElseThrow(), provider);
            });
  }

  private Registration give(Upload upload, Provider provider) {
    return switch (upload.state()) {
      case Upload.Pending _ ->
          new Registration.NotNow(Reasons.sourcePending("upload " + upload.id()));
      case Upload.Failed failed -> new Registration.Never(failed.reason());
      case Upload.Stored stored ->
          provider.register(file("upload-" + upload.id(), upload.key(), stored.file()));
    };
  }

  private Registration give(Song song, Provider provider) {
    Optional<Asset> audio =
        song.assets().stream()
            .filter(asset -> asset.kind() == Asset.Kind.AUDIO && asset.file().isPresent())
            .min(Comparator.comparingLong(asset -> asset.file().orElseThrow().bytes()));
    if (audio.isEmpty()) {
      return song.pending().isEmpty()
          ? new Registration.Never(Reasons.sourceMissing("song " + song.id()))
          : new Registration.NotNow(Reasons.sourcePending("song " + song.id()));
    }
    return provider.register(
        file("song-" + song.id(), song.key(audio.get().name()), audio.get().file().orElseThrow()));
  }

  private Provider.SourceFile file(String name, AssetKey key, StoredFile file) {
    return new Provider.SourceFile(
        name,
        ContentType.of(file.contentType()),
        file.bytes(),
        assets.link(key, LINK_LIFE),
        () -> opened(key));
  }

  private InputStream opened(AssetKey key) {
    return assets.read(key);
  }
}
