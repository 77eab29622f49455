package io.riffhook.domain;

import java.io.InputStream;
import java.time.Duration;
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

  /** Gives the provider what it lacks, and has the job submitted once it has all. */
  public void run(DownloadTask.Prepare task) {
    Optional<Job> found = jobs.find(task.job()).filter(job -> job.status() == Status.QUEUED);
    if (found.isEmpty()) {
      LOG.info("nothing to prepare: the job is not queued");
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
          again(task, "the provider is still at work on the file");
          return;
        }
        case Registration.NotNow notNow -> {
          if (!job.reason().equals(Optional.of(notNow.reason()))) {
            jobs.apply(job.id(), new JobChange.Noted(notNow.reason()), clock.instant());
          }
          again(task, notNow.reason().toString());
          return;
        }
        case Registration.Never never -> {
          LOG.warn("the job ends as FAILED: {}", never.reason());
          jobs.apply(job.id(), new JobChange.Ended(Status.FAILED, never.reason()), clock.instant());
          return;
        }
      }
    }
    queues.submission(job.id(), Duration.ZERO);
  }

  private void again(DownloadTask.Prepare task, String why) {
    LOG.info("the job's files are not ready: {}", why);
    queues.download(List.of(task.next()), delays.prepare(task.attempt()));
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
