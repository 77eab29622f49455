package io.riffhook.domain;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** All use cases over ports in memory, one provider, and a clock that a test turns. */
public final class Studio {
  public static final Owner ALICE = new Owner("alice");
  public static final Instant START = Instant.parse("2026-11-21T02:25:14Z");
  public static final String SECRET = "a secret of 16 characters or more";
  public static final String MP3 = "ID3\4 an mp3";
  public static final String WAV = "RIFF\0\0\0\0WAVEfmt ";
  public static final String JPEG = "\u00ff\u00d8\u00ff\u00e0 a picture";

  public final TestClock clock = new TestClock(START);
  public final InMemoryJobStore jobs = new InMemoryJobStore();
  public final InMemorySongStore songs = new InMemorySongStore();
  public final InMemoryAssetStore assets = new InMemoryAssetStore();
  public final InMemoryQueues queues = new InMemoryQueues();
  public final InMemoryUploadStore uploads = new InMemoryUploadStore();
  public final InMemoryRegistrations registrations = new InMemoryRegistrations();
  public final InMemoryHealthStore health = new InMemoryHealthStore();
  public final InMemoryAdmissions admissions = new InMemoryAdmissions();
  public final FakeWeb web = new FakeWeb();
  public final FakeProvider provider = FakeProvider.named("useapi");
  public final CallbackTokens tokens = new CallbackTokens(List.of(SECRET));
  public final UseCases does;

  private final AtomicInteger ids = new AtomicInteger();

  public Studio() {
    does = with(new Providers(List.of(provider)));
  }

  /** The use cases with other providers. */
  public UseCases with(Providers providers) {
    return with(
        providers,
        new CallbackUrls(Optional.of(URI.create("https://riffhook.example/")), () -> tokens));
  }

  /** The use cases with other providers, and another address of ours. */
  public UseCases with(Providers providers, CallbackUrls callbacks) {
    return new UseCases(
        new Ports(jobs, songs, assets, queues, providers, uploads, registrations, health, web),
        callbacks,
        clock,
        ids);
  }

  /** The use cases with limits for each owner. */
  public UseCases with(Limits limits) {
    return new UseCases(
        new Ports(
            jobs,
            songs,
            assets,
            queues,
            new Providers(List.of(provider)),
            uploads,
            registrations,
            health,
            web,
            admissions,
            Optional.of(limits)),
        new CallbackUrls(Optional.of(URI.create("https://riffhook.example/")), () -> tokens),
        clock,
        ids);
  }

  /** What the use cases stand on. */
  public record Ports(
      JobStore jobs,
      SongStore songs,
      AssetStore assets,
      Queues queues,
      Providers providers,
      UploadStore uploads,
      Registrations registrations,
      HealthStore health,
      WebFiles web,
      Admissions admissions,
      Optional<Limits> limits) {
    /** The same, whose jobs' events are told. */
    private Ports telling() {
      return new Ports(
          new TellingJobs(jobs, queues),
          songs,
          assets,
          queues,
          providers,
          uploads,
          registrations,
          health,
          web,
          admissions,
          limits);
    }

    /** Without limits. */
    public Ports(
        JobStore jobs,
        SongStore songs,
        AssetStore assets,
        Queues queues,
        Providers providers,
        UploadStore uploads,
        Registrations registrations,
        HealthStore health,
        WebFiles web) {
      this(
          jobs,
          songs,
          assets,
          queues,
          providers,
          uploads,
          registrations,
          health,
          web,
          new InMemoryAdmissions(),
          Optional.empty());
    }

    /** Without uploads, files given to providers, or troubles, but with limits. */
    public Ports(
        JobStore jobs,
        SongStore songs,
        AssetStore assets,
        Queues queues,
        Providers providers,
        Admissions admissions,
        Limits limits) {
      this(
          jobs,
          songs,
          assets,
          queues,
          providers,
          new InMemoryUploadStore(),
          new InMemoryRegistrations(),
          new InMemoryHealthStore(),
          new FakeWeb(),
          admissions,
          Optional.of(limits));
    }

    /** Without uploads, files given to providers, or troubles. */
    public Ports(
        JobStore jobs, SongStore songs, AssetStore assets, Queues queues, Providers providers) {
      this(
          jobs,
          songs,
          assets,
          queues,
          providers,
          new InMemoryUploadStore(),
          new InMemoryRegistrations(),
          new InMemoryHealthStore(),
          new FakeWeb());
    }
  }

  /** The use cases, wired as the functions wire them. */
  public static final class UseCases {
    public final CallProvider call;
    public final SubmitJob submit;
    public final ReceiveCallback receive;
    public final FinishSong finish;
    public final SongRegister register;
    public final CollectSongs collect;
    public final StoreAsset store;
    public final CheckJob check;
    public final RunAgain runAgain;
    public final CancelJob cancel;
    public final PrepareSource prepare;
    public final FetchUpload fetch;
    public final CreateUpload upload;
    public final ReadJobs read;

    public UseCases(Ports on, CallbackUrls callbacks, TestClock clock) {
      this(on, callbacks, clock, new AtomicInteger());
    }

    private UseCases(Ports ports, CallbackUrls callbacks, TestClock clock, AtomicInteger ids) {
      Ports on = ports.telling();
      Delays delays = new Delays(new Random(20261121));
      Sources sources = new Sources(on.jobs, on.songs, on.uploads, on.registrations, clock);
      OwnerLimits limits = new OwnerLimits(on.limits, on.admissions, on.jobs, clock);
      ChooseProvider choose = new ChooseProvider(on.providers, sources, on.health, clock);
      call =
          new CallProvider(
              on.jobs, on.queues, on.providers, choose, sources, callbacks, delays, clock);
      submit =
          new SubmitJob(
              on.jobs,
              on.queues,
              choose,
              sources,
              limits,
              call,
              callbacks,
              on.web,
              delays,
              clock,
              () -> new JobId("job-" + ids.incrementAndGet()));
      receive = new ReceiveCallback(on.jobs, on.queues, clock);
      finish =
          new FinishSong(
              on.jobs,
              on.songs,
              on.assets,
              (job, song) ->
                  (job.id() + " " + song.title() + " " + song.assets().size())
                      .getBytes(StandardCharsets.UTF_8),
              delays,
              clock);
      register = new SongRegister(on.jobs, on.songs, on.assets, clock);
      collect = new CollectSongs(on.jobs, on.queues, on.providers, register, finish, delays, clock);
      store =
          new StoreAsset(
              on.jobs, on.songs, on.assets, on.queues, on.providers, finish, delays, clock);
      check =
          new CheckJob(on.jobs, on.songs, on.queues, on.providers, collect, finish, delays, clock);
      runAgain = new RunAgain(on.jobs, on.songs, on.queues, on.providers, limits, delays, clock);
      cancel = new CancelJob(on.jobs, on.providers, clock);
      prepare =
          new PrepareSource(
              on.jobs,
              on.songs,
              on.uploads,
              on.registrations,
              on.assets,
              on.queues,
              on.providers,
              delays,
              clock);
      fetch = new FetchUpload(on.uploads, on.assets, on.web, on.queues, delays, clock);
      upload =
          new CreateUpload(
              on.uploads,
              on.web,
              on.queues,
              clock,
              () -> new UploadId("upload-" + ids.incrementAndGet()));
      read = new ReadJobs(on.jobs, on.songs, on.assets);
    }
  }

  /** A request for a song in some formats; for all of the provider's, where none is named. */
  public static JobRequest request(Format... formats) {
    return new JobRequest(
        new Operation.Prompt("jazzy k-pop song about a distant lover", false),
        Optional.empty(),
        Optional.empty(),
        Set.of(formats),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A job that the provider took, as these of its own. */
  public Job submitted(JobRequest request, String... providerJobs) {
    provider.submits(new SubmitOutcome.Accepted(List.of(providerJobs), Optional.of("account-1")));
    Job job = submittedAs(request);
    tell();
    queues.take();
    return now(job);
  }

  /** A job, however the provider takes it. */
  public Job submittedAs(JobRequest request) {
    return switch (does.submit.submit(ALICE, request, Optional.empty())) {
      case SubmitJob.Result.Submitted done -> done.job();
      case SubmitJob.Result other -> throw new AssertionError("not submitted: " + other);
    };
  }

  /** The failed job in its next attempt. */
  public Job again(Job failed) {
    return switch (does.runAgain.run(failed)) {
      case RunAgain.Result.Running running -> running.job();
      case RunAgain.Result other -> throw new AssertionError("not run again: " + other);
    };
  }

  /** The job as it is now. */
  public Job now(Job job) {
    return jobs.find(job.id()).orElseThrow();
  }

  /** The job's first song as it is now. */
  public Song song(Job job) {
    return songs.find(new SongId(job.id(), 1)).orElseThrow();
  }

  /** A finished song with an MP3, a WAV and a cover, whose bytes can be had. */
  public ProviderSong finished(String id) {
    Map<Format, AssetSource> audio =
        Map.of(Format.MP3, source(id, Format.MP3), Format.WAV, source(id, Format.WAV));
    provider.opens(source(id, Format.MP3), FakeProvider.bytes(MP3));
    provider.opens(source(id, Format.WAV), FakeProvider.bytes(WAV));
    provider.opens(cover(id), FakeProvider.bytes(JPEG));
    return song(id, audio, Optional.of(cover(id)));
  }

  /** A finished song with an MP3 and nothing else. */
  public ProviderSong plain(String id) {
    provider.opens(source(id, Format.MP3), FakeProvider.bytes(MP3));
    return song(id, Map.of(Format.MP3, source(id, Format.MP3)), Optional.empty());
  }

  public static ProviderSong song(
      String id, Map<Format, AssetSource> audio, Optional<AssetSource> cover) {
    return new ProviderSong(
        id,
        "Paper Boats",
        false,
        Optional.of("lo-fi, soft keys"),
        Optional.of("la la"),
        OptionalDouble.of(187.2),
        Optional.of("{\"words\":[1]}"),
        audio,
        cover);
  }

  public static AssetSource source(String song, Format format) {
    return new AssetSource.ApiDownload(song, format, Optional.of("account-1"));
  }

  public static AssetSource cover(String song) {
    return link("https://files.example/" + song + "/cover.jpg");
  }

  public static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }

  /** The download tasks that wait, in the order of sending. */
  public List<DownloadTask> tasks() {
    return queues.messages(InMemoryQueues.DownloadDue.class).stream()
        .map(InMemoryQueues.DownloadDue::task)
        .toList();
  }

  /** Has every event told whose message waits, as far as the job knows of that. */
  public void tell() {
    queues
        .take(InMemoryQueues.NotificationDue.class)
        .forEach(
            due ->
                jobs.find(due.job())
                    .ifPresent(
                        job ->
                            jobs.apply(
                                job.id(),
                                new JobChange.Told(job.events().size(), false),
                                clock.instant())));
  }

  /** Does all download tasks that wait, and those that come of them, until there are none. */
  public void download() {
    for (int rounds = 0; !tasks().isEmpty(); rounds++) {
      if (rounds > 100) {
        throw new AssertionError("downloads never end: " + tasks());
      }
      queues.take().stream()
          .filter(InMemoryQueues.DownloadDue.class::isInstance)
          .map(InMemoryQueues.DownloadDue.class::cast)
          .forEach(due -> run(does, due.task()));
    }
  }

  /** Does one download task. */
  public static void run(UseCases does, DownloadTask task) {
    switch (task) {
      case DownloadTask.Collect collect -> does.collect.run(collect);
      case DownloadTask.Adopt adopt -> does.collect.run(adopt);
      case DownloadTask.Store store -> does.store.run(store);
      case DownloadTask.ListStems stems -> does.store.run(stems);
      case DownloadTask.Prepare prepare -> does.prepare.run(prepare);
      case DownloadTask.Fetch fetch -> does.fetch.run(fetch);
    }
  }
}
