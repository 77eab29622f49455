package io.riffhook.providers.musicapi;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.Token;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * musicapi.ai's riffusion section. Every operation is one call with a {@code task_type}; a call
 * makes one task, and a task makes two songs. It calls nobody back: tasks are read.
 */
public final class MusicapiProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "musicapi";

  static final String TOKEN = "MUSICAPI_TOKEN";

  /** {@code mv}, which every call needs: the newest first. */
  static final List<String> MODELS =
      List.of("FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0");

  private static final String BASE_URL = "MUSICAPI_BASE_URL";
  private static final String DEFAULT_BASE_URL = "https://api.musicapi.ai";
  private static final String SECTION = "/api/v1/riffusion";

  /** Where {@code audio_url} and {@code image_url} lead, by the page's example. */
  private static final Set<String> FILE_HOSTS = Set.of("storage.googleapis.com");

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** Its other sections fetch the file before they answer, in about 20 s; a second call costs. */
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration CREDITS_TIMEOUT = Duration.ofSeconds(5);

  /** Its table of errors gives the limits of {@code prompt} and {@code title}; others are ours. */
  private static final int MAX_PROMPT = 3_000;

  private static final int MAX_TITLE = 80;
  private static final int MAX_SOUND = 5_000;
  private static final int MAX_LYRICS = 10_000;
  private static final int MAX_SECONDS = 36_000;

  /** {@code make_instrumental} is no field of a create with {@code custom_mode} false. */
  private static final Can PROMPT = Can.of().needs(Option.PROMPT, 1, MAX_PROMPT);

  private static final Can COMPOSE =
      Can.of()
          .takes(Option.TITLE, 1, MAX_TITLE)
          .takes(Option.LYRICS, 1, MAX_LYRICS)
          .needs(Option.SOUNDS, 1, 1)
          .needs(Option.PROMPT, 1, MAX_SOUND)
          .takes(Option.INSTRUMENTAL);

  private static final Can TRANSFORM =
      Can.of()
          .from(Sources.ANY)
          .takes(Option.TITLE, 1, MAX_TITLE)
          .takes(Option.LYRICS, 1, MAX_LYRICS)
          .takes(Option.PROMPT, 1, MAX_SOUND);

  private static final Can COVER = TRANSFORM.takes(Option.COVER_STRENGTH);

  private static final Can EXTEND =
      TRANSFORM
          .needs(Option.LYRICS, 1, MAX_LYRICS)
          .needs(Option.PROMPT, 1, MAX_SOUND)
          .needs(Option.AT, 0, MAX_SECONDS);

  private static final Can REPLACE =
      TRANSFORM.needs(Option.START, 0, MAX_SECONDS).needs(Option.END, 0, MAX_SECONDS);

  /**
   * Its page calls {@code lyrics} required; those of cover, replace and swap-sound are not known
   * to.
   */
  private static final Can SWAP_VOCALS = TRANSFORM.needs(Option.LYRICS, 1, MAX_LYRICS);

  private static final Capabilities CAPABILITIES =
      new Capabilities(
          NAME,
          Map.of(
              Operation.Kind.PROMPT, PROMPT,
              Operation.Kind.COMPOSE, COMPOSE,
              Operation.Kind.COVER, COVER,
              Operation.Kind.EXTEND, EXTEND,
              Operation.Kind.REPLACE, REPLACE,
              Operation.Kind.SWAP_SOUND, TRANSFORM,
              Operation.Kind.SWAP_VOCALS, SWAP_VOCALS),
          EnumSet.of(Format.M4A),
          MODELS,
          false,
          Duration.ofSeconds(15),
          FILE_HOSTS);

  private final ProviderHttp http;

  MusicapiProvider(ProviderHttp http) {
    this.http = http;
  }

  /** The adapter for {@code MUSICAPI_BASE_URL} with {@code MUSICAPI_TOKEN}. */
  public static MusicapiProvider from(Settings settings) {
    Supplier<Endpoint> endpoint =
        () -> Endpoint.of(settings, BASE_URL, DEFAULT_BASE_URL, FILE_HOSTS);
    return new MusicapiProvider(new ProviderHttp(endpoint, Token.of(settings, TOKEN)));
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SubmitOutcome submit(Order order) {
    return MusicapiAnswers.submitted(
        http.post(SECTION + "/create", MusicapiRequests.create(order), SUBMIT_TIMEOUT));
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return new Callback.Unreadable(NAME + " sends no callbacks");
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    return MusicapiAnswers.looked(
        http.get(SECTION + "/task/" + Endpoint.segment(providerJob), READ_TIMEOUT));
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.ApiDownload _ -> new Opened.Gone(NAME + " has no downloads but its links");
    };
  }

  @Override
  public Registration register(SourceFile file) {
    return MusicapiAnswers.registered(
        http.post(SECTION + "/upload", MusicapiRequests.upload(file), UPLOAD_TIMEOUT));
  }

  @Override
  public Standing standing() {
    return MusicapiAnswers.standing(http.get("/api/v1/get-credits", CREDITS_TIMEOUT));
  }
}
