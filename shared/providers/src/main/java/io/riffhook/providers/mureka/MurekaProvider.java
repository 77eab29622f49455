package io.riffhook.providers.mureka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.http.Token;
import io.riffhook.providers.useapinet.Accounts;
import io.riffhook.providers.useapinet.RunningJobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * useapi.net Mureka v1. A job has one record, which its create call, its callbacks and a read of it
 * all answer with, and makes two songs. A song's id names its account, and edits run there.
 * Callbacks are neither signed nor, as far as is known, repeated.
 */
public final class MurekaProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "mureka";

  static final String TOKEN = "MUREKA_TOKEN";

  private static final String DEFAULT_BASE_URL = "https://api.useapi.net/v1/mureka";
  private static final Set<String> FILE_HOSTS = Set.of("static-cos.mureka.ai");

  /** The whole budget of the calls that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  /** What must be left of it for a second call to be worth its risk. */
  private static final Duration ENOUGH = Duration.ofSeconds(3);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration STEMS_TIMEOUT = Duration.ofSeconds(60);

  /** Asked while somebody waits. */
  private static final Duration ACCOUNTS_TIMEOUT = Duration.ofSeconds(4);

  private static final Duration STANDING_TIMEOUT = Duration.ofSeconds(5);

  /** What the page on create-instrumental states; create takes more. */
  private static final int INSTRUMENTAL_PROMPT = 1_000;

  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, 3_000).takes(Option.INSTRUMENTAL);

  private static final Can COMPOSE =
      Can.of()
          .takes(Option.TITLE, 1, 50)
          .takes(Option.LYRICS, 1, 5_000)
          .needs(Option.SOUNDS, 1, 1)
          .needs(Option.PROMPT, 1, 1_000)
          .takes(Option.INSTRUMENTAL);

  private static final Can EXTEND = Can.of().needs(Option.LYRICS, 1, 3_000).from(Sources.OWN_SONGS);

  /** What it makes anew goes on to the song's end. No page states how long a song can be. */
  private static final Can REPLACE = Can.of().needs(Option.START, 0, 3_600).from(Sources.OWN_SONGS);

  private static final Capabilities CAPABILITIES =
      new Capabilities(
          NAME,
          Map.of(
              Operation.Kind.PROMPT,
              PROMPT,
              Operation.Kind.COMPOSE,
              COMPOSE,
              Operation.Kind.EXTEND,
              EXTEND,
              Operation.Kind.REPLACE,
              REPLACE),
          EnumSet.of(Format.MP3, Format.STEMS),
          List.of("V9", "V8", "O2", "V7.6"),
          true,
          Duration.ofSeconds(15),
          FILE_HOSTS);

  private final ProviderHttp http;
  private final InstantSource clock;

  MurekaProvider(ProviderHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /** The adapter for {@code MUREKA_BASE_URL} with {@code MUREKA_TOKEN}. */
  public static MurekaProvider from(Settings settings) {
    Supplier<Endpoint> endpoint =
        () -> Endpoint.of(settings, "MUREKA_BASE_URL", DEFAULT_BASE_URL, FILE_HOSTS);
    return new MurekaProvider(
        new ProviderHttp(endpoint, Token.of(settings, TOKEN)), InstantSource.system());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SubmitOutcome submit(Order order) {
    if (order.operation() instanceof Operation.Prompt prompt
        && prompt.instrumental()
        && prompt.prompt().length() > INSTRUMENTAL_PROMPT) {
      return new SubmitOutcome.Refused(
          Reasons.refused(
              NAME, "an instrumental's prompt has at most " + INSTRUMENTAL_PROMPT + " characters"));
    }
    Instant end = clock.instant().plus(SUBMIT_TIMEOUT);
    String path = MurekaRequests.path(order.operation());
    ObjectNode body = MurekaRequests.create(order);
    boolean edit = order.operation() instanceof Operation.Transform;
    Reply reply = http.post(path, body, SUBMIT_TIMEOUT);
    return !edit && MurekaAnswers.wantsAccount(reply)
        ? withAccount(path, body, reply, end)
        : submitted(reply, edit);
  }

  private SubmitOutcome submitted(Reply reply, boolean edit) {
    return MurekaAnswers.submitted(reply, edit, this::accountsInTrouble, clock.instant());
  }

  /** The same call on one of several accounts; the refused one has bought nothing. */
  private SubmitOutcome withAccount(String path, ObjectNode body, Reply refused, Instant end) {
    if (clock.instant().plus(ACCOUNTS_TIMEOUT).plus(ENOUGH).isAfter(end)) {
      return new SubmitOutcome.TryLater(
          Reasons.unavailable(NAME, "no time was left to choose an account"), Optional.empty());
    }
    List<Standing.Account> accounts = Accounts.in(http.get("/accounts", ACCOUNTS_TIMEOUT));
    List<String> ill = Accounts.inTrouble(accounts);
    List<String> well =
        accounts.stream().map(Standing.Account::name).filter(name -> !ill.contains(name)).toList();
    if (well.isEmpty()) {
      return ill.isEmpty()
          ? submitted(refused, false)
          : MurekaAnswers.trouble(ill, "none of the accounts works");
    }
    Instant now = clock.instant();
    // Another one each time: each has ten places, and nothing tells which are free.
    String account = well.get((int) (now.toEpochMilli() % well.size()));
    return submitted(
        http.post(path, body.put("account", account), Duration.between(now, end)), false);
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return MurekaCallbacks.parse(inbound.body());
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    return MurekaAnswers.looked(
        http.get(RunningJobs.path(providerJob), READ_TIMEOUT), account, this::accountsInTrouble);
  }

  @Override
  public Found find(JobId job) {
    return new RunningJobs(http, "/jobs/", clock).find(job);
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    return MurekaStems.of(
        http.post("/music/download", MurekaRequests.stems(providerSong), STEMS_TIMEOUT));
  }

  @Override
  public Standing standing() {
    return new Standing(OptionalLong.empty(), Accounts.in(http.get("/accounts", STANDING_TIMEOUT)));
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.ApiDownload _ -> new Opened.Gone("it has no downloads but by link");
    };
  }

  private List<String> accountsInTrouble() {
    return Accounts.inTrouble(Accounts.in(http.get("/accounts", ACCOUNTS_TIMEOUT)));
  }
}
