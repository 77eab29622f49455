package io.riffhook.providers.riffgateway;

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
 * The gateway of the "Riffusion API Notes". A call makes two jobs, one for each song, and each is
 * read by its own id. It calls nobody back.
 */
public final class RiffgatewayProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "riffgateway";

  static final String TOKEN = "RIFFGATEWAY_TOKEN";

  /** {@code model}, which every call needs: the newest first. */
  static final List<String> MODELS =
      List.of("FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0");

  private static final String BASE_URL = "RIFFGATEWAY_BASE_URL";
  private static final String DEFAULT_BASE_URL = "https://api.openai-hk.com";

  /** No page says where its files are: these are the hosts of its upstream's. */
  private static final Set<String> FILE_HOSTS =
      Set.of("api.riffusion.com", "storage.googleapis.com");

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** It fetches the file, and no page says that it answers before it has. */
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(2);

  /** The pages give no lengths; ours are the limits. */
  private static final int MAX_TEXT = 5_000;

  private static final int MAX_TITLE = 200;
  private static final int MAX_LYRICS = 10_000;
  private static final int MAX_SECONDS = 36_000;

  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, MAX_TEXT).takes(Option.INSTRUMENTAL);

  /** {@code tag} and {@code title} are required; so are {@code lyrics}, where there is singing. */
  private static final Can COMPOSE =
      Can.of()
          .needs(Option.TITLE, 1, MAX_TITLE)
          .takes(Option.LYRICS, 1, MAX_LYRICS)
          .needs(Option.SOUNDS, 1, 1)
          .needs(Option.PROMPT, 1, MAX_TEXT)
          .takes(Option.INSTRUMENTAL);

  private static final Can TRANSFORM =
      Can.of()
          .from(Sources.ANY)
          .needs(Option.TITLE, 1, MAX_TITLE)
          .needs(Option.LYRICS, 1, MAX_LYRICS)
          .needs(Option.PROMPT, 1, MAX_TEXT)
          .takes(
              Option.LYRICS_STRENGTH, Option.PROMPT_STRENGTH, Option.WEIRDNESS, Option.VARIATION);

  private static final Can EXTEND =
      TRANSFORM.needs(Option.AT, 0, MAX_SECONDS).takes(Option.SECONDS, 1, MAX_SECONDS);

  private static final Can REPLACE =
      TRANSFORM.needs(Option.START, 0, MAX_SECONDS).needs(Option.END, 0, MAX_SECONDS);

  private static final Capabilities CAPABILITIES =
      new Capabilities(
          NAME,
          Map.of(
              Operation.Kind.PROMPT, PROMPT,
              Operation.Kind.COMPOSE, COMPOSE,
              Operation.Kind.COVER, TRANSFORM.takes(Option.COVER_STRENGTH),
              Operation.Kind.EXTEND, EXTEND,
              Operation.Kind.REPLACE, REPLACE,
              Operation.Kind.SWAP_SOUND, TRANSFORM,
              Operation.Kind.SWAP_VOCALS, TRANSFORM),
          EnumSet.of(Format.M4A),
          MODELS,
          false,
          // Its vendor's own pages read every 5.2 s.
          Duration.ofSeconds(6),
          FILE_HOSTS);

  private final ProviderHttp http;

  RiffgatewayProvider(ProviderHttp http) {
    this.http = http;
  }

  /** The adapter for {@code RIFFGATEWAY_BASE_URL} with {@code RIFFGATEWAY_TOKEN}. */
  public static RiffgatewayProvider from(Settings settings) {
    Supplier<Endpoint> endpoint =
        () -> Endpoint.of(settings, BASE_URL, DEFAULT_BASE_URL, FILE_HOSTS);
    return new RiffgatewayProvider(new ProviderHttp(endpoint, Token.of(settings, TOKEN)));
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public SubmitOutcome submit(Order order) {
    String path =
        switch (order.operation()) {
          case Operation.Prompt _ -> "/riffusion/generate/topic";
          case Operation.Compose _, Operation.Transform _ -> "/riffusion/generate";
        };
    return RiffgatewayAnswers.submitted(
        http.post(path, RiffgatewayRequests.generate(order), SUBMIT_TIMEOUT));
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return new Callback.Unreadable(NAME + " sends no callbacks");
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    return RiffgatewayAnswers.looked(
        http.get("/riffusion/feed/" + Endpoint.segment(providerJob), READ_TIMEOUT), providerJob);
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
    return RiffgatewayAnswers.registered(
        http.post("/riffusion/upload", RiffgatewayRequests.upload(file), UPLOAD_TIMEOUT));
  }
}
