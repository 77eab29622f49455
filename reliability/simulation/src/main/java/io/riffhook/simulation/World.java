package io.riffhook.simulation;

import io.riffhook.domain.Admissions;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.BatchFiles;
import io.riffhook.domain.BatchOrder;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.CallProvider;
import io.riffhook.domain.Callback;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.CallbackUrls;
import io.riffhook.domain.CancelJob;
import io.riffhook.domain.CheckJob;
import io.riffhook.domain.ChooseProvider;
import io.riffhook.domain.CollectSongs;
import io.riffhook.domain.CreateUpload;
import io.riffhook.domain.Delays;
import io.riffhook.domain.DeliverNotification;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.Endpoint;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.EndpointStore;
import io.riffhook.domain.EventType;
import io.riffhook.domain.FetchUpload;
import io.riffhook.domain.FinishSong;
import io.riffhook.domain.HealthStore;
import io.riffhook.domain.InMemoryAdmissions;
import io.riffhook.domain.InMemoryAssetStore;
import io.riffhook.domain.InMemoryBatchFiles;
import io.riffhook.domain.InMemoryBatchStore;
import io.riffhook.domain.InMemoryDeliveryStore;
import io.riffhook.domain.InMemoryEndpointStore;
import io.riffhook.domain.InMemoryHealthStore;
import io.riffhook.domain.InMemoryJobStore;
import io.riffhook.domain.InMemoryRegistrations;
import io.riffhook.domain.InMemorySongStore;
import io.riffhook.domain.InMemoryUploadStore;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Limits;
import io.riffhook.domain.NotificationDocument;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Owner;
import io.riffhook.domain.OwnerLimits;
import io.riffhook.domain.PrepareSource;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Queues;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.ReceiveCallback;
import io.riffhook.domain.Registrations;
import io.riffhook.domain.RunAgain;
import io.riffhook.domain.RunBatch;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongId;
import io.riffhook.domain.SongRegister;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.Sources;
import io.riffhook.domain.StartBatch;
import io.riffhook.domain.StoreAsset;
import io.riffhook.domain.SubmitJob;
import io.riffhook.domain.TellOwner;
import io.riffhook.domain.TextBatchDocuments;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.UploadStore;
import io.riffhook.domain.WebFiles;
import io.riffhook.domain.WebhookSecret;
import io.riffhook.domain.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * One deployment, a few jobs of two owners, three providers, and what befalls them; from a seed, on
 * simulated time, to the end. The use cases are the real ones, wired as the functions wire them.
 */
final class World {
  /** Where every owner has an endpoint. */
  static final String ENDPOINT = "owners.example";

  /** Enough for every way that was ever seen, many times over. */
  private static final int MOST_EVENTS = 200_000;

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Duration BAD_WEATHER = Duration.ofHours(3);
  private static final CallbackTokens OLD_TOKENS =
      new CallbackTokens(List.of("the-first-callback-secret"));
  private static final CallbackTokens TOKENS =
      new CallbackTokens(List.of("the-second-callback-secret", "the-first-callback-secret"));

  /** The tokens of a system that forgets the secret that is being retired. */
  static final CallbackTokens NEWEST_TOKENS =
      new CallbackTokens(List.of("the-second-callback-secret"));

  private final long seed;
  private final Variant variant;
  private final Agenda agenda = new Agenda(START);
  private final Effects effects;
  private final Dice dice;
  private final Weather weather;
  private final Ledger ledger;
  private final InMemoryJobStore jobs = new InMemoryJobStore();
  private final InMemoryBatchStore batches = new InMemoryBatchStore();
  private final Catalog catalog = new Catalog();
  private final Map<String, JobRequest> lines = new HashMap<>();
  private final Limits limit;
  private final Instant rotation;
  private final Providers providers;
  private final UseCases does;
  private Function<SongId, Optional<String>> providerSong = _ -> Optional.empty();
  private int ids;

  /** The use cases that somebody calls. */
  record UseCases(
      SubmitJob submit,
      CallProvider call,
      ReceiveCallback receive,
      CollectSongs collect,
      StoreAsset store,
      PrepareSource prepare,
      FetchUpload fetch,
      CreateUpload upload,
      CheckJob check,
      RunAgain runAgain,
      CancelJob cancel,
      ReadJobs read,
      TellOwner tell,
      DeliverNotification deliver,
      StartBatch start,
      RunBatch batch) {}

  /**
   * @param variant what is broken in it on purpose
   * @param memory how many lines are kept of what happened
   */
  World(long seed, Variant variant, Climate climate, int memory) {
    this.seed = seed;
    this.variant = variant;
    dice = new Dice(seed);
    Rates rates = climate.rates(dice);
    weather = new Weather(rates, dice, agenda, START.plus(BAD_WEATHER));
    effects = new Effects(agenda, dice, weather, memory);
    limit =
        new Limits(dice.happens(0.3) ? 2 + dice.below(3) : Limits.MAX_RUNNING, OptionalInt.empty());
    ledger = new Ledger(Set.of("useapi"), limit.running());
    ledger.reads(jobs::find, jobs::all);
    rotation = START.plus(dice.between(Duration.ZERO, Duration.ofMinutes(10)));

    List<Provider> all = new ArrayList<>();
    for (Provider each :
        List.of(
            provider("useapi", true, true),
            provider("musicapi", false, false),
            provider("standard", true, false))) {
      all.add(effects.around(Provider.class, variant.provider(each)));
    }
    providers = new Providers(all);
    does = wire();
  }

  private Provider provider(String name, boolean webhooks, boolean lists) {
    return new SimulatedProvider(
        name, webhooks, lists, agenda, dice, weather, ledger, catalog, this::called, jobs::find);
  }

  private UseCases wire() {
    InMemorySongStore allSongs = new InMemorySongStore();
    providerSong = id -> allSongs.find(id).map(Song::providerSong);
    InMemoryAssetStore bucket = new InMemoryAssetStore();
    JobStore kept =
        effects.around(
            JobStore.class,
            new WatchedJobs(
                variant.jobs(jobs),
                agenda,
                effects,
                ledger,
                job -> ledger.ready(job, allSongs.findAll(job.songs()), catalog, bucket)));
    SongStore songs = effects.around(SongStore.class, allSongs);
    AssetStore assets = effects.around(AssetStore.class, variant.assets(bucket, agenda));
    Queues queues =
        effects.around(
            Queues.class,
            variant.queues(
                new SimulatedQueues(
                    agenda, dice, weather, ledger, variant.deletesFirst(), this::work),
                agenda));
    JobStore jobStore = variant.telling(kept, queues);
    UploadStore uploads = effects.around(UploadStore.class, new InMemoryUploadStore());
    Registrations registrations = effects.around(Registrations.class, new InMemoryRegistrations());
    HealthStore health = effects.around(HealthStore.class, new InMemoryHealthStore());
    WebFiles web = effects.around(WebFiles.class, new SimulatedWeb(weather));
    CallbackUrls urls =
        new CallbackUrls(Optional.of(URI.create("https://riffhook.example")), this::tokens);
    Delays delays = new Delays(dice.generator());
    Sources sources = new Sources(jobStore, songs, uploads, registrations, agenda);
    OwnerLimits limits =
        new OwnerLimits(
            Optional.of(limit),
            effects.around(Admissions.class, variant.admissions(new InMemoryAdmissions())),
            jobStore,
            agenda);
    ChooseProvider choose = new ChooseProvider(providers, sources, health, agenda);
    CallProvider call =
        new CallProvider(jobStore, queues, providers, choose, sources, urls, delays, agenda);
    FinishSong finish =
        new FinishSong(
            jobStore,
            songs,
            assets,
            (job, song) -> (job.id() + " " + song.title()).getBytes(StandardCharsets.UTF_8),
            delays,
            agenda);
    SongRegister register = new SongRegister(jobStore, songs, assets, agenda);
    CollectSongs collect =
        new CollectSongs(jobStore, queues, providers, register, finish, delays, agenda);
    BatchStore batchStore =
        effects.around(
            BatchStore.class, new WatchedBatches(variant.batches(batches), effects, ledger));
    BatchFiles files = effects.around(BatchFiles.class, new InMemoryBatchFiles());
    TextBatchDocuments documents = new TextBatchDocuments();
    RunBatch batch =
        new RunBatch(batchStore, files, documents, jobStore, songs, queues, delays, agenda);
    InMemoryEndpointStore owners = new InMemoryEndpointStore();
    People.OWNERS.forEach(owner -> owners.insert(endpoint(owner)));
    EndpointStore endpoints = effects.around(EndpointStore.class, owners);
    DeliveryStore deliveries = effects.around(DeliveryStore.class, new InMemoryDeliveryStore());
    NotificationDocument document =
        (notification, job, _) ->
            job.map(view -> view.job().id().value()).orElse("none")
                + " "
                + notification.type().value()
                + " "
                + notification.id();
    return new UseCases(
        new SubmitJob(
            jobStore,
            queues,
            choose,
            sources,
            limits,
            call,
            urls,
            web,
            delays,
            agenda,
            () -> new JobId("job-" + ++ids)),
        call,
        new ReceiveCallback(jobStore, queues, agenda),
        collect,
        new StoreAsset(jobStore, songs, assets, queues, providers, finish, delays, agenda),
        new PrepareSource(
            jobStore, songs, uploads, registrations, assets, queues, providers, delays, agenda),
        new FetchUpload(uploads, assets, web, queues, delays, agenda),
        new CreateUpload(uploads, web, queues, agenda, () -> new UploadId("upload-" + ++ids)),
        new CheckJob(jobStore, songs, queues, providers, collect, finish, delays, agenda),
        new RunAgain(jobStore, songs, queues, providers, limits, delays, agenda),
        new CancelJob(jobStore, providers, agenda),
        new ReadJobs(jobStore, songs, assets),
        new TellOwner(
            jobStore,
            songs,
            endpoints,
            deliveries,
            queues,
            document,
            agenda,
            () -> new WebhookSecret("whsec_" + ++ids, Optional.empty())),
        new DeliverNotification(
            jobStore,
            songs,
            endpoints,
            deliveries,
            queues,
            effects.around(Webhooks.class, new Receivers(agenda, dice, weather, ledger)),
            document,
            delays,
            agenda),
        new StartBatch(
            batchStore, files, documents, providers, sources, queues, batch, delays, agenda),
        batch);
  }

  private static Endpoint endpoint(Owner owner) {
    return new Endpoint(
        new EndpointId("ep_" + owner),
        owner,
        Optional.of(URI.create("https://" + ENDPOINT + "/" + owner)),
        Optional.empty(),
        EventType.DEFAULT,
        false,
        List.of(new WebhookSecret("whsec_" + owner, Optional.empty())),
        START,
        Optional.empty(),
        Optional.empty());
  }

  /** Before the rotation one secret, after it a new one before the old. */
  private CallbackTokens tokens() {
    return agenda.instant().isBefore(rotation) ? OLD_TOKENS : TOKENS;
  }

  // ---- What comes in ----

  private void work(SimulatedQueues.Message message) {
    switch (message) {
      case SimulatedQueues.Message.Submission due -> does.call().resume(due.job());
      case SimulatedQueues.Message.Check due -> does.check().check(due.job(), due.number());
      case SimulatedQueues.Message.Download(DownloadTask task) -> {
        switch (task) {
          case DownloadTask.Collect collect -> does.collect().run(collect);
          case DownloadTask.Adopt adopt -> does.collect().run(adopt);
          case DownloadTask.Store store -> does.store().run(store);
          case DownloadTask.ListStems stems -> {
            providerSong.apply(stems.song()).ifPresent(ledger::mayCost);
            does.store().run(stems);
          }
          case DownloadTask.Prepare prepare -> does.prepare().run(prepare);
          case DownloadTask.Fetch fetch -> does.fetch().run(fetch);
        }
      }
      case SimulatedQueues.Message.Notification(NotificationTask task) -> {
        switch (task) {
          case NotificationTask.Announce announce -> does.tell().announce(announce.job());
          case NotificationTask.Progress progress -> does.tell().progress(progress.job());
          case NotificationTask.Tell tell -> does.tell().tell(tell.notification());
          case NotificationTask.Deliver deliver -> does.deliver().deliver(deliver);
        }
      }
      case SimulatedQueues.Message.Order(BatchOrder order) -> submit(order);
      case SimulatedQueues.Message.Batch(BatchTask task) -> does.batch().run(task);
    }
  }

  /** As the submit function does it: a line that finds no room is left to its batch's checks. */
  private void submit(BatchOrder order) {
    JobRequest request =
        Optional.ofNullable(lines.get(order.json())).orElseThrow().in(order.line());
    switch (does.submit().submit(order.owner(), request, Optional.of(order.line().job()))) {
      case SubmitJob.Result.Submitted _, SubmitJob.Result.StillRunning _ -> {
        // It has its job.
      }
      case SubmitJob.Result.OverLimit _ -> ledger.tally().refused++;
      case SubmitJob.Result.Differs _, SubmitJob.Result.Impossible _ ->
          throw new Violation(Invariant.ENDED, order.line() + " is refused");
    }
  }

  /** Keeps the request that a line of a batch stands for. */
  void line(String json, JobRequest request) {
    lines.put(json, request);
  }

  /** A provider calls. */
  private void called(URI url, String body) {
    ledger.tally().callbacks++;
    called(url, body, 1);
  }

  private void called(URI url, String body, int time) {
    String[] path = url.getPath().split("/", -1);
    agenda.start(
        "callback " + path[3] + " " + body,
        Duration.ofSeconds(15),
        () -> {
          if (!callback(path[2], path[3], path[4], body)) {
            throw new Violation(
                Invariant.CALLER_KNOWN, path[2] + " was refused when it called for " + path[3]);
          }
        },
        failure -> {
          if (failure.isPresent() && !variant.answersFirst()) {
            if (time < 4 && !weather.has(Rates::lost)) {
              agenda.in(Duration.ofSeconds(30L * time * time), () -> called(url, body, time + 1));
            } else if (body.startsWith("finished")) {
              ledger.nameless(new JobId(path[3]));
            }
          } else if (body.startsWith("finished")) {
            int attempt = Integer.parseInt(path[4].substring(0, path[4].indexOf('.')));
            ledger.acknowledged(new JobId(path[3]), attempt, body.substring("finished ".length()));
          }
        });
  }

  /**
   * As the callback function does it.
   *
   * @return whether the token was good
   */
  boolean callback(String provider, String job, String token, String body) {
    OptionalInt attempt = variant.verify(tokens(), provider, job, token);
    Optional<Provider> by = providers.find(provider);
    if (attempt.isEmpty() || by.isEmpty()) {
      return false;
    }
    Callback callback =
        by.get()
            .parseCallback(
                new Inbound(Map.of(), body.getBytes(StandardCharsets.UTF_8), agenda.instant()));
    does.receive().receive(new JobId(job), attempt.getAsInt(), callback);
    return true;
  }

  /** Whether somebody is shown a job. */
  boolean sees(Owner who, JobId id) {
    return variant.sees(does.read(), jobs::find, who, id);
  }

  /** A good token. */
  String token(String provider, JobId job, int attempt) {
    return tokens().token(provider, job, attempt);
  }

  // ---- To the end ----

  /**
   * Runs it.
   *
   * @throws Violation where something did not hold that must
   */
  Tally run(int howMany) {
    People people = new People(this, agenda, dice, weather, ledger, does, jobs::find);
    for (int i = 1; i <= howMany; i++) {
      people.submit("order-" + i);
    }
    if (dice.happens(0.25)) {
      people.submitBatch("batch");
    }
    int events = 0;
    while (agenda.step()) {
      if (++events > MOST_EVENTS) {
        throw new Violation(Invariant.ENDED, "there is always more to do");
      }
    }
    ledger.finished(jobs.all(), catalog);
    people.batches().forEach(id -> ledger.finished(batches.find(id)));
    Tally tally = ledger.tally();
    tally.worlds = 1;
    effects.count(tally);
    return tally;
  }

  long seed() {
    return seed;
  }

  /** Differs where two worlds took different ways. */
  long hash() {
    return effects.hash();
  }

  /** What happened last, oldest first. */
  List<String> trace() {
    return effects.trace();
  }
}
