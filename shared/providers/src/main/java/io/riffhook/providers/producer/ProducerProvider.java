package io.riffhook.providers.producer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.http.Token;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The living successor of musicapi.ai's Riffusion section: one song a call, callbacks with a
 * signature, and files by link or by a call that makes them.
 */
public final class ProducerProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "musicapi-producer";

  private static final String PATH = "/api/v1/producer";

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /**
   * The family's other upload answers when it has fetched the file, in 20 s; a second one costs.
   */
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration STANDING_TIMEOUT = Duration.ofSeconds(5);

  /** Marks a source whose download has begun: what follows is the id of its task, not of a clip. */
  private static final String TASK = "task:";

  private final ProviderHttp http;
  private final ProducerSettings settings;

  private ProducerProvider(ProviderHttp http, ProducerSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  /**
   * The adapter for {@code MUSICAPI_PRODUCER_BASE_URL} with {@code MUSICAPI_PRODUCER_TOKEN}, in the
   * dialect of {@code MUSICAPI_PRODUCER_DIALECT}. All settings are read at each use.
   */
  public static ProducerProvider from(Settings settings) {
    ProducerSettings own = new ProducerSettings(settings);
    Supplier<Endpoint> endpoint =
        () ->
            Endpoint.of(
                settings,
                ProducerSettings.BASE_URL,
                own.dialect().baseUrl(),
                ProducerCapabilities.FILE_HOSTS);
    ProviderHttp http = new ProviderHttp(endpoint, Token.of(settings, ProducerSettings.TOKEN));
    return new ProducerProvider(http, own);
  }

  @Override
  public Capabilities capabilities() {
    try {
      return ProducerCapabilities.of(settings.dialect());
    } catch (Settings.UnusableSettingException _) {
      return ProducerCapabilities.of(ProducerDialect.MUSICAPI);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> fault() {
    try {
      settings.dialect();
      return Optional.empty();
    } catch (Settings.UnusableSettingException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public SubmitOutcome submit(Order order) {
    ObjectNode body =
        ProducerRequests.create(
            order, settings.dialect(), () -> settings.webhookSecrets().getFirst());
    return ProducerAnswers.submitted(http.post(PATH + "/create", body, SUBMIT_TIMEOUT));
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return new ProducerSignature(settings.signature(), settings::webhookSecrets)
        .fault(inbound)
        .<Callback>map(Callback.Forged::new)
        .orElseGet(() -> ProducerCallbacks.parse(inbound));
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    return ProducerTasks.looked(task(providerJob));
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.Unreadable link -> new Opened.Gone(link.why());
      case AssetSource.ApiDownload file -> made(file);
    };
  }

  /** Each download that is asked for costs credits; asking how its task stands does not. */
  private Opened made(AssetSource.ApiDownload file) {
    boolean begun = file.providerSong().startsWith(TASK);
    Reply reply = begun ? task(file.providerSong().substring(TASK.length())) : begin(file);
    return switch (ProducerDownloads.of(reply, file.format())) {
      case ProducerDownloads.Ready ready -> http.openLink(ready.link());
      case ProducerDownloads.Ended ended -> ended.as();
      case ProducerDownloads.Making making ->
          making
              .task()
              .filter(_ -> !begun)
              .map(id -> new AssetSource.ApiDownload(TASK + id, file.format(), file.account()))
              .<Opened>map(Opened.Making::new)
              .orElseGet(
                  () ->
                      begun
                          ? new Opened.Making(file)
                          : new Opened.NotNow("the file is still being made"));
    };
  }

  private Reply begin(AssetSource.ApiDownload file) {
    ObjectNode body =
        ProviderJson.object()
            .put("clip_id", file.providerSong())
            .put("format", file.format().value());
    return http.post(PATH + "/download", body, READ_TIMEOUT);
  }

  private Reply task(String id) {
    return http.get(PATH + "/task/" + Endpoint.segment(id), READ_TIMEOUT);
  }

  @Override
  public Registration register(SourceFile file) {
    ObjectNode body = ProviderJson.object().put("url", file.link().toString());
    return ProducerAnswers.registered(http.post(PATH + "/upload", body, UPLOAD_TIMEOUT));
  }

  @Override
  public Standing standing() {
    return ProducerAnswers.standing(http.get("/api/v1/get-credits", STANDING_TIMEOUT));
  }
}
