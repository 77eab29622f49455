package io.riffhook.simulation;

import io.riffhook.domain.Asset;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.domain.SubmitOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A provider with all the faults that providers have. It keeps what it sold in the ledger. */
final class SimulatedProvider implements Provider {
  /** Faults in a row that one thing has at most: fewer than the tries that it is given. */
  private static final int PASSING = 3;

  private static final Duration LINK_LIFE = Duration.ofMinutes(10);

  private final Capabilities capabilities;
  private final boolean lists;
  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private final Ledger ledger;
  private final Catalog catalog;
  private final Postman postman;
  private final Function<JobId, Optional<Job>> jobs;
  private final Map<String, Work> works = new HashMap<>();
  private final Map<String, Integer> faults = new HashMap<>();
  private int numbers;

  /**
   * @param lists whether it can be asked which of its jobs are running
   */
  SimulatedProvider(
      String name,
      boolean webhooks,
      boolean lists,
      Agenda agenda,
      Dice dice,
      Weather weather,
      Ledger ledger,
      Catalog catalog,
      Postman postman,
      Function<JobId, Optional<Job>> jobs) {
    this.lists = lists;
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
    this.ledger = ledger;
    this.catalog = catalog;
    this.postman = postman;
    this.jobs = jobs;
    Capabilities.Can anything = Capabilities.Can.of().from(Capabilities.Sources.ANY);
    for (Option option : Option.values()) {
      anything = anything.takes(option, 0, 1_000_000);
    }
    Map<Operation.Kind, Capabilities.Can> operations = new EnumMap<>(Operation.Kind.class);
    operations.put(Operation.Kind.PROMPT, anything);
    operations.put(Operation.Kind.COVER, anything);
    this.capabilities =
        new Capabilities(
            name,
            operations,
            Set.of(Format.MP3, Format.WAV, Format.STEMS),
            List.of(),
            webhooks,
            Duration.ofSeconds(8),
            Set.of());
  }

  /** How a job ends at the provider. */
  private enum Fate {
    SONGS,
    FAILS,
    MODERATED,
    HANGS,
    AUDIO_GONE,
    COVER_GONE
  }

  private record Work(String id, JobId reference, Instant begun, Instant end, Fate fate) {}

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  // ---- Buying ----

  @Override
  public SubmitOutcome submit(Order order) {
    int attempt = jobs.apply(order.job()).map(Job::attempt).orElseThrow();
    ledger.called(order.job(), attempt, agenda.instant());
    SubmitOutcome outcome = outcome(order);
    if (!(outcome instanceof SubmitOutcome.Unknown)) {
      ledger.answered(order.job(), attempt);
    }
    return outcome;
  }

  private SubmitOutcome outcome(Order order) {
    agenda.pause(dice.between(Duration.ZERO, Duration.ofSeconds(1)));
    if (weather.has(Rates::busy)) {
      return new SubmitOutcome.TryLater(
          Reasons.busy(name(), "429"),
          dice.happens(0.5) ? Optional.of(Duration.ofSeconds(20)) : Optional.empty());
    }
    if (weather.has(Rates::trouble)) {
      if (dice.happens(0.5)) {
        return new SubmitOutcome.AccountTrouble(Reasons.unauthorized(name(), "596"));
      }
      ledger.excuse(order.job(), "our token was refused");
      return new SubmitOutcome.Closed(Reasons.unauthorized(name(), "TOKEN"));
    }
    if (weather.has(Rates::broken)) {
      return new SubmitOutcome.Unknown(Reasons.outcomeUnknown(name(), "HTTP 500"));
    }
    if (weather.has(Rates::hopeless)) {
      ledger.excuse(order.job(), "refused");
      return dice.happens(0.5)
          ? new SubmitOutcome.Moderated(Reasons.moderated(name(), "no"))
          : new SubmitOutcome.Refused(Reasons.refused(name(), "no"));
    }
    List<String> taken = take(order);
    if (weather.has(Rates::unanswered)) {
      agenda.pause(Duration.ofSeconds(10));
      return new SubmitOutcome.Unknown(Reasons.outcomeUnknown(name(), "no answer in 10 s"));
    }
    // Adapters give up after 10 s.
    agenda.pause(dice.between(Duration.ZERO, Duration.ofSeconds(8)));
    return new SubmitOutcome.Accepted(taken, Optional.of("account-1"));
  }

  private List<String> take(Order order) {
    int attempt = jobs.apply(order.job()).map(Job::attempt).orElseThrow();
    ledger.bought(order.job(), attempt, name());
    List<String> ids = new ArrayList<>();
    for (int i = dice.happens(0.3) ? 2 : 1; i > 0; i--) {
      Instant begun = agenda.instant();
      Instant end = begun.plus(dice.between(Duration.ofSeconds(1), Duration.ofMinutes(3)));
      Fate fate = Fate.SONGS;
      if (weather.has(Rates::hopeless)) {
        fate = dice.oneOf(List.of(Fate.values()));
        if (fate != Fate.SONGS && fate != Fate.COVER_GONE) {
          ledger.excuse(order.job(), fate.toString());
        }
      }
      Work work = new Work(name() + "-job-" + ++numbers, order.job(), begun, end, fate);
      works.put(work.id(), work);
      ledger.begun(order.job(), attempt, work.id());
      if (fate != Fate.FAILS && fate != Fate.MODERATED && fate != Fate.HANGS) {
        int songs = dice.happens(0.5) ? 2 : 1;
        List<String> made = new ArrayList<>();
        for (int song = 1; song <= songs; song++) {
          made.add(work.id() + "-song-" + song);
        }
        catalog.made(work.id(), made);
      }
      ids.add(work.id());
      order.callback().ifPresent(url -> callBack(url, work));
    }
    return ids;
  }

  private void callBack(URI url, Work work) {
    for (int i = dice.below(3); i > 0; i--) {
      post(url, dice.late(Duration.ofSeconds(60)), "progress " + dice.below(101) + " " + work.id());
    }
    if (weather.has(Rates::unreadable)) {
      post(url, dice.late(Duration.ofSeconds(5)), "finished " + work.id()); // not true yet
    }
    if (work.fate() != Fate.HANGS) {
      String which =
          dice.happens(0.1) ? "" : dice.happens(0.05) ? work.id() + "-song-1" : work.id();
      if (!which.equals(work.id())) {
        ledger.nameless(work.reference());
      }
      Duration end = Duration.between(agenda.instant(), work.end());
      if (!post(url, end.plus(dice.late(Duration.ofSeconds(5))), "finished " + which)) {
        ledger.nameless(work.reference());
      }
    }
  }

  /** False where the callback is never sent. */
  private boolean post(URI url, Duration delay, String body) {
    if (weather.has(Rates::dropped)) {
      return false;
    }
    agenda.in(delay, () -> postman.post(url, body));
    if (weather.has(Rates::doubled)) {
      agenda.in(delay.plus(dice.late(Duration.ofSeconds(30))), () -> postman.post(url, body));
    }
    return true;
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    String[] words = new String(inbound.body(), StandardCharsets.UTF_8).split(" ", 3);
    return switch (words[0]) {
      case "progress" ->
          new Callback.Progress(
              Integer.parseInt(words[1]),
              words.length == 3 ? Optional.of(words[2]) : Optional.empty());
      case "finished" -> new Callback.Finished(Optional.of(words[1]).filter(id -> !id.isEmpty()));
      default -> new Callback.Unreadable("neither");
    };
  }

  // ---- Reading ----

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    agenda.pause(dice.late(Duration.ofMillis(200)));
    Work work = works.get(providerJob);
    if (work == null) {
      return new Lookup.Unheard("no such job");
    }
    if (fails(Rates::unreadable, "lookup " + providerJob)) {
      return switch (dice.below(3)) {
        case 0 -> new Lookup.NotNow(Reasons.unavailable(name(), "HTTP 503"));
        case 1 -> new Lookup.Denied(Reasons.unauthorized(name(), "TOKEN"));
        default -> new Lookup.Unheard("HTTP 404");
      };
    }
    if (work.fate() == Fate.HANGS || agenda.instant().isBefore(work.end())) {
      return running(work);
    }
    return switch (work.fate()) {
      case FAILS -> new Lookup.Failed(Reasons.generationFailed(name(), "it failed"));
      case MODERATED -> new Lookup.Failed(Reasons.moderated(name(), "no"));
      case SONGS, AUDIO_GONE, COVER_GONE, HANGS ->
          new Lookup.Finished(
              catalog.songsOf(providerJob).stream().map(song -> song(work, song)).toList());
    };
  }

  private Lookup running(Work work) {
    Duration all = Duration.between(work.begun(), work.end());
    Duration done = Duration.between(work.begun(), agenda.instant());
    int percent = (int) Math.min(99, 100 * done.toMillis() / (all.toMillis() + 1));
    boolean early = work.fate() == Fate.SONGS && !capabilities.webhooks() && percent > 60;
    return new Lookup.Running(
        OptionalInt.of(percent),
        early ? List.of(song(work, catalog.songsOf(work.id()).getFirst())) : List.of());
  }

  private ProviderSong song(Work work, String id) {
    boolean byCall = work.id().hashCode() % 3 == 0;
    return new ProviderSong(
        id,
        "Paper Boats",
        false,
        Optional.of("lo-fi"),
        Optional.of("la la"),
        OptionalDouble.of(187.2),
        Optional.of("{\"words\":[1]}"),
        Map.of(
            Format.MP3,
            byCall
                ? new AssetSource.ApiDownload(id, Format.MP3, Optional.of("account-1"))
                : link(work, id, Format.MP3.assetName()),
            Format.WAV,
            link(work, id, Format.WAV.assetName())),
        Optional.of(link(work, id, Asset.COVER)));
  }

  private AssetSource link(Work work, String song, String name) {
    boolean gone =
        (work.fate() == Fate.AUDIO_GONE && name.startsWith("song"))
            || (work.fate() == Fate.COVER_GONE && name.equals(Asset.COVER));
    Instant until = gone ? Instant.EPOCH : agenda.instant().plus(LINK_LIFE);
    return new AssetSource.Link(
        URI.create("https://files.example/" + song + "/" + name + "?until=" + until));
  }

  @Override
  public Found find(JobId job) {
    if (!lists) {
      return new Found.CannotTell("it lists no jobs");
    }
    if (weather.has(Rates::unreadable)) {
      return new Found.CannotTell("HTTP 503");
    }
    List<String> running =
        works.values().stream()
            .filter(work -> work.reference().equals(job))
            .filter(work -> agenda.instant().isBefore(work.end()))
            .map(Work::id)
            .sorted()
            .toList();
    return running.isEmpty()
        ? new Found.NotThere()
        : new Found.There(running, Optional.of("account-1"));
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    ledger.costs(providerSong);
    if (fails(Rates::unreadable, "stems " + providerSong)) {
      return new Stems.NotNow(Reasons.unavailable(name(), "HTTP 503"));
    }
    Work work = workOf(providerSong);
    if (providerSong.hashCode() % 8 == 0) {
      return new Stems.Archived(link(work, providerSong, "stems.zip"));
    }
    Map<String, AssetSource> byName = new HashMap<>();
    Catalog.STEMS.forEach(
        stem -> byName.put(stem, link(work, providerSong, "stems/" + stem + ".wav")));
    return new Stems.Listed(byName);
  }

  private Work workOf(String providerSong) {
    Work work = works.get(providerSong.substring(0, providerSong.lastIndexOf("-song-")));
    if (work == null) {
      throw new IllegalArgumentException(providerSong + " is no song of " + name());
    }
    return work;
  }

  // ---- Files ----

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.ApiDownload download ->
          workOf(download.providerSong()).fate() == Fate.AUDIO_GONE
              ? new Opened.Gone("HTTP 404")
              : file(download.providerSong(), download.format().assetName());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.Link link -> {
        String path = link.uri().getPath();
        String song = path.substring(1, path.indexOf('/', 1));
        Instant until = Instant.parse(link.uri().getQuery().substring("until=".length()));
        String name = path.substring(path.indexOf('/', 1) + 1);
        Opened opened =
            agenda.instant().isAfter(until) ? new Opened.Gone("HTTP 410") : file(song, name);
        if (opened instanceof Opened.Gone && name.startsWith(Asset.STEMS)) {
          ledger.mayCost(song);
        }
        yield opened;
      }
    };
  }

  private Opened file(String song, String name) {
    byte[] bytes = name.endsWith(".zip") ? archive(song) : Catalog.bytes(song, name);
    if (!fails(Rates::badFile, "file " + song + " " + name)) {
      return body(bytes, bytes.length);
    }
    return switch (dice.below(7)) {
      case 0 -> new Opened.Gone("HTTP 404");
      case 1 -> new Opened.NotNow("HTTP 503");
      case 2 -> body(java.util.Arrays.copyOf(bytes, bytes.length - 2), bytes.length);
      case 3 -> body(html(), html().length);
      case 4 -> body(new byte[0], 0);
      case 5 -> body(Catalog.bytes(song, Asset.COVER + ".txt"), bytes.length);
      default ->
          new Opened.Body(new Breaking(new ByteArrayInputStream(bytes)), OptionalLong.empty());
    };
  }

  private static byte[] html() {
    return "<!doctype html><title>Sorry</title>".getBytes(StandardCharsets.UTF_8);
  }

  private static Opened body(byte[] bytes, long announced) {
    return new Opened.Body(new ByteArrayInputStream(bytes), OptionalLong.of(announced));
  }

  private static byte[] archive(String song) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String stem : Catalog.STEMS) {
        zip.putNextEntry(new ZipEntry(stem + ".wav"));
        zip.write(Catalog.bytes(song, "stems/" + stem + ".wav"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return bytes.toByteArray();
  }

  /** Whether a fault happens to something that has not had too many. */
  private boolean fails(java.util.function.ToDoubleFunction<Rates> fault, String what) {
    return weather.has(fault) && faults.merge(what, 1, Integer::sum) <= PASSING;
  }

  /** A connection that breaks after some bytes. */
  private static final class Breaking extends InputStream {
    private final InputStream in;
    private int left = 20;

    private Breaking(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        throw new IOException("connection reset");
      }
      int count = in.read(buffer, offset, Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }

  // ---- Files of ours ----

  @Override
  public Registration register(SourceFile file) {
    if (fails(Rates::unreadable, "register " + file.name())) {
      return new Registration.NotNow(Reasons.unavailable(name(), "HTTP 503"));
    }
    return dice.happens(0.3)
        ? new Registration.NotYet("given-" + file.name())
        : new Registration.Usable("given-" + file.name());
  }
}
