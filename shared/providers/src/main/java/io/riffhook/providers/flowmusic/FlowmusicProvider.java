package io.riffhook.providers.flowmusic;

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
import io.riffhook.domain.Settings;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.http.Token;
import io.riffhook.providers.useapinet.Accounts;
import io.riffhook.providers.useapinet.RunningJobs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * useapi.net FlowMusic v1, the heir of its Riffusion v1. A job has one record, which its create
 * call, its callback and a read of it all answer with, and makes up to two clips. A clip's id names
 * its account, and edits run there. Callbacks are neither signed nor, as far as is known, repeated.
 */
public final class FlowmusicProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "flowmusic";

  static final String TOKEN = "FLOWMUSIC_TOKEN";

  private static final String DEFAULT_BASE_URL = "https://api.useapi.net/v1/flowmusic";

  /** Where clips lie, in Flow Music's public bucket: seen in clients, not stated on a page. */
  private static final Set<String> FILE_HOSTS = Set.of("storage.googleapis.com");

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** Its page says 15 to 60 s. */
  private static final Duration STEMS_TIMEOUT = Duration.ofSeconds(100);

  /** Asked while somebody waits. */
  private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(5);

  private static final int TEXT = 10_000;

  /** The pages state no length for an instruction or a title, and no end for a time; ours are. */
  private static final int INSTRUCTION = 5_000;

  private static final int TITLE = 200;
  private static final int SECONDS = 3_600;

  /** The greatest whole number that JSON carries exactly everywhere (RFC 8259, 6). */
  private static final double SEED = 9_007_199_254_740_991.0;

  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, TEXT).takes(Option.INSTRUMENTAL);

  private static final Can COMPOSE =
      Can.of()
          .takes(Option.LYRICS, 1, TEXT)
          .needs(Option.SOUNDS, 1, 1)
          .needs(Option.PROMPT, 1, TEXT)
          .takes(Option.INSTRUMENTAL);

  private static final Can EDIT =
      Can.of().takes(Option.TITLE, 1, TITLE).takes(Option.SEED, 0, SEED).from(Sources.OWN_SONGS);

  private static final Capabilities CAPABILITIES =
      new Capabilities(
          NAME,
          Map.of(
              Operation.Kind.PROMPT,
              PROMPT,
              Operation.Kind.COMPOSE,
              COMPOSE,
              Operation.Kind.COVER,
              EDIT.takes(Option.PROMPT, 1, INSTRUCTION).takes(Option.COVER_STRENGTH),
              Operation.Kind.EXTEND,
              EDIT.needs(Option.PROMPT, 1, INSTRUCTION)
                  .takes(Option.AT, 0, SECONDS)
                  .takes(Option.SECONDS, 1, 300),
              Operation.Kind.REPLACE,
              EDIT.needs(Option.PROMPT, 1, INSTRUCTION)
                  .needs(Option.START, 0, SECONDS)
                  .needs(Option.END, 0, SECONDS)),
          EnumSet.allOf(Format.class),
          List.of(),
          true,
          Duration.ofSeconds(10),
          FILE_HOSTS);

  private final ProviderHttp http;
  private final InstantSource clock;

  FlowmusicProvider(ProviderHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /** The adapter for {@code FLOWMUSIC_BASE_URL} with {@code FLOWMUSIC_TOKEN}. */
  public static FlowmusicProvider from(Settings settings) {
    Supplier<Endpoint> endpoint =
        () -> Endpoint.of(settings, "FLOWMUSIC_BASE_URL", DEFAULT_BASE_URL, FILE_HOSTS);
    return new FlowmusicProvider(
        new ProviderHttp(endpoint, Token.of(settings, TOKEN)), InstantSource.system());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SubmitOutcome submit(Order order) {
    Operation operation = order.operation();
    Reply reply =
        http.post(
            FlowmusicRequests.path(operation), FlowmusicRequests.create(order), SUBMIT_TIMEOUT);
    Optional<String> account =
        order.source().orElse(null) instanceof Audio.Made made ? made.account() : Optional.empty();
    return FlowmusicAnswers.submitted(
        reply, operation instanceof Operation.Transform, account, clock.instant());
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return FlowmusicCallbacks.parse(inbound.body());
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    return FlowmusicAnswers.looked(http.get(RunningJobs.path(providerJob), READ_TIMEOUT), account);
  }

  @Override
  public Found find(JobId job) {
    return new RunningJobs(http, "/jobs", clock).find(job);
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    return FlowmusicStems.of(
        http.post("/music/edit", FlowmusicRequests.stems(providerSong), STEMS_TIMEOUT));
  }

  /** Frees the account's slot; the song may still be finished, and is paid. */
  @Override
  public void cancel(List<String> providerJobs) {
    providerJobs.forEach(id -> http.delete(RunningJobs.path(id), SHORT_TIMEOUT));
  }

  @Override
  public Standing standing() {
    return new Standing(OptionalLong.empty(), Accounts.in(http.get("/accounts", SHORT_TIMEOUT)));
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.ApiDownload file ->
          http.openApi(
              "/music/download?id="
                  + URLEncoder.encode(file.providerSong(), StandardCharsets.UTF_8)
                  + "&format="
                  + file.format().value());
    };
  }
}
