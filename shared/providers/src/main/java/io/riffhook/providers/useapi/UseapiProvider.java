package io.riffhook.providers.useapi;

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
import io.riffhook.domain.Registration;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.http.Token;
import io.riffhook.providers.useapinet.RunningJobs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * useapi.net Riffusion v1. Its create answers have two shapes ({@code job_id}, documented, and
 * {@code jobs[]}, observed); its callbacks mirror a {@code GET music} item; it neither signs nor,
 * as far as is known, repeats them.
 */
public final class UseapiProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "useapi";

  static final String TOKEN = "USEAPI_TOKEN";

  private static final String DEFAULT_BASE_URL = "https://api.useapi.net/v1/riffusion";

  /** Where {@code download_url}, {@code image_url} and stems lead, by the pages' examples. */
  private static final Set<String> FILE_HOSTS =
      Set.of("api.riffusion.com", "storage.googleapis.com");

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** What lyrics may take of the time that a caller waits. */
  private static final Duration LYRICS_TIMEOUT = Duration.ofSeconds(4);

  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

  /** Its page states no length for a prompt; ours is the limit. */
  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, 5_000).takes(Option.INSTRUMENTAL);

  private static final Can COMPOSE =
      Can.of()
          .takes(Option.TITLE, 1, 200)
          .takes(Option.LYRICS, 1, 10_000)
          .takes(Option.LYRICS_PROMPT, 1, 5_000)
          .needs(Option.SOUNDS, 1, 3)
          .needs(Option.PROMPT, 1, 5_000)
          .takes(
              Option.INSTRUMENTAL,
              Option.SOUND_STRENGTH,
              Option.SOUND_TIMES,
              Option.LYRICS_STRENGTH,
              Option.WEIRDNESS,
              Option.IMAGE)
          .from(Sources.FILES);

  private static final Capabilities CAPABILITIES =
      new Capabilities(
          NAME,
          Map.of(Operation.Kind.PROMPT, PROMPT, Operation.Kind.COMPOSE, COMPOSE),
          EnumSet.allOf(Format.class),
          List.of("FUZZ-0.8"),
          true,
          Duration.ofSeconds(8),
          FILE_HOSTS);

  private final ProviderHttp http;
  private final UseapiAccounts accounts;
  private final UseapiUploads uploads;
  private final InstantSource clock;

  UseapiProvider(ProviderHttp http, InstantSource clock) {
    this.http = http;
    this.accounts = new UseapiAccounts(http);
    this.uploads = new UseapiUploads(accounts);
    this.clock = clock;
  }

  /** The adapter for {@code USEAPI_BASE_URL} with {@code USEAPI_TOKEN}. */
  public static UseapiProvider from(Settings settings) {
    Supplier<Endpoint> endpoint =
        () -> Endpoint.of(settings, "USEAPI_BASE_URL", DEFAULT_BASE_URL, FILE_HOSTS);
    return new UseapiProvider(
        new ProviderHttp(endpoint, Token.of(settings, TOKEN)), InstantSource.system());
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SubmitOutcome submit(Order order) {
    String path =
        switch (order.operation()) {
          case Operation.Prompt _ -> "/music/create-prompt";
          case Operation.Compose _ -> "/music/create-compose";
          case Operation.Transform _ ->
              throw new IllegalArgumentException("not one of its operations");
        };
    if (order.source().orElse(null) instanceof Audio.Made) {
      return new SubmitOutcome.Refused(
          Reasons.refused(
              NAME,
              "it builds on files that were given to it, and not on songs that it made: the"
                  + " song's file must be given to it first"));
    }
    if (order.operation() instanceof Operation.Compose compose
        && compose.lyrics().orElse(null) instanceof Operation.Lyrics.Asked asked) {
      return submitWithLyrics(order, path, asked);
    }
    return submit(order, path, Optional.empty(), SUBMIT_TIMEOUT);
  }

  private SubmitOutcome submitWithLyrics(Order order, String path, Operation.Lyrics.Asked asked) {
    Instant end = clock.instant().plus(SUBMIT_TIMEOUT);
    Reply reply = http.post("/music/generate-lyrics", UseapiRequests.lyrics(asked), LYRICS_TIMEOUT);
    return switch (UseapiAnswers.written(reply, accounts::inTrouble)) {
      case UseapiAnswers.Lyrics.None none -> none.outcome();
      case UseapiAnswers.Lyrics.Text lyrics ->
          submit(order, path, Optional.of(lyrics.text()), Duration.between(clock.instant(), end));
    };
  }

  private SubmitOutcome submit(
      Order order, String path, Optional<String> lyrics, Duration timeout) {
    Reply reply = http.post(path, UseapiRequests.create(order, lyrics), timeout);
    return UseapiAnswers.submitted(reply, accounts::inTrouble);
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return UseapiCallbacks.parse(inbound.body());
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    UseapiAccounts.Answered answered =
        accounts.get("/music/?id=" + UseapiAccounts.encoded(providerJob), account, READ_TIMEOUT);
    return UseapiAnswers.looked(answered.reply(), answered.account(), accounts::inTrouble);
  }

  @Override
  public Found find(JobId job) {
    return switch (http.get("/scheduler", READ_TIMEOUT)) {
      case Reply.Answer answer when answer.status() == 200 && answer.body().isArray() ->
          UseapiAnswers.scheduled(answer.body(), job);
      case Reply.Answer answer -> new Found.CannotTell("HTTP " + answer.status());
      case Reply.NotSent unsent -> new Found.CannotTell(unsent.why());
      case Reply.NoAnswer silent -> new Found.CannotTell(silent.why());
    };
  }

  @Override
  public Stems stems(String providerSong, Optional<String> account) {
    return UseapiStems.of(
        accounts.get(download(providerSong, Format.STEMS), account, READ_TIMEOUT).reply());
  }

  @Override
  public Registration register(SourceFile file) {
    return uploads.register(file);
  }

  @Override
  public Registration registered(String id) {
    return uploads.registered(id);
  }

  /** Frees the place in useapi's scheduler. Nothing says that the song is not made all the same. */
  @Override
  public void cancel(List<String> providerJobs) {
    providerJobs.forEach(
        id -> http.delete("/scheduler/" + RunningJobs.segment(id), CANCEL_TIMEOUT));
  }

  @Override
  public Standing standing() {
    return accounts.standing();
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.ApiDownload file ->
          http.openApi(
              UseapiAccounts.as(file.account(), download(file.providerSong(), file.format())));
    };
  }

  private static String download(String id, Format format) {
    return "/music/download/?id="
        + UseapiAccounts.encoded(id)
        + "&download_format="
        + format.value();
  }
}
