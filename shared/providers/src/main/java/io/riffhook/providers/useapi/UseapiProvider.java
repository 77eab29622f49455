package io.riffhook.providers.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * useapi.net Riffusion v1. Its create answers have two shapes ({@code job_id}, documented, and
 * {@code jobs[]}, observed); its callbacks mirror a {@code GET music} item; it neither signs nor,
 * as far as is known, repeats them.
 */
public final class UseapiProvider implements Provider {
  /** Its name in settings, requests and callback paths. */
  public static final String NAME = "useapi";

  private static final String DEFAULT_BASE_URL = "https://api.useapi.net/v1/riffusion";

  /** Where {@code download_url}, {@code image_url} and stems lead, by the pages' examples. */
  private static final Set<String> FILE_HOSTS =
      Set.of("api.riffusion.com", "storage.googleapis.com");

  /** The whole budget of the call that a caller waits for; the HTTP API cuts at 30 s. */
  private static final Duration SUBMIT_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  /** Asked after a refusal, while the caller still waits. */
  private static final Duration ACCOUNTS_TIMEOUT = Duration.ofSeconds(4);

  /** Its page states no length for a prompt; ours is the limit. */
  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, 5_000).takes(Option.INSTRUMENTAL);

  private static final Can COMPOSE =
      Can.of()
          .takes(Option.TITLE, 1, 200)
          .takes(Option.LYRICS, 1, 10_000)
          .needs(Option.SOUNDS, 1, 3)
          .needs(Option.PROMPT, 1, 5_000)
          .takes(
              Option.INSTRUMENTAL,
              Option.SOUND_STRENGTH,
              Option.SOUND_TIMES,
              Option.LYRICS_STRENGTH,
              Option.WEIRDNESS);

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

  UseapiProvider(ProviderHttp http) {
    this.http = http;
  }

  /** The adapter for {@code USEAPI_BASE_URL} with {@code USEAPI_TOKEN}. */
  public static UseapiProvider from(Settings settings) {
    Endpoint endpoint =
        Endpoint.of(
            "USEAPI_BASE_URL",
            settings.find("USEAPI_BASE_URL").orElse(DEFAULT_BASE_URL),
            FILE_HOSTS,
            settings.isOneMachine());
    return new UseapiProvider(new ProviderHttp(endpoint, () -> settings.require("USEAPI_TOKEN")));
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
    Reply reply = http.post(path, UseapiRequests.create(order), SUBMIT_TIMEOUT);
    return UseapiAnswers.submitted(reply, this::accountsInTrouble);
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return UseapiCallbacks.parse(inbound.body());
  }

  @Override
  public Lookup lookup(String providerJob, Optional<String> account) {
    Reply reply = http.get("/music/?id=" + encoded(providerJob) + user(account), READ_TIMEOUT);
    return UseapiAnswers.looked(reply, account, this::accountsInTrouble);
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
    String path = download(providerSong, Format.STEMS, account);
    return UseapiStems.of(http.get(path, READ_TIMEOUT));
  }

  @Override
  public Opened open(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> http.openLink(link.uri());
      case AssetSource.ApiDownload file ->
          http.openApi(download(file.providerSong(), file.format(), file.account()));
    };
  }

  /** A 596 does not say which account it means; the list of accounts does. */
  private String accountsInTrouble() {
    Reply reply = http.get("/accounts", ACCOUNTS_TIMEOUT);
    List<String> named = new ArrayList<>();
    if (reply instanceof Reply.Answer answer && answer.status() == 200) {
      for (Map.Entry<String, JsonNode> account : answer.body().properties()) {
        if (account.getValue().path("error").isTextual()) {
          named.add(account.getKey());
        }
      }
    }
    return named.isEmpty() ? "behind USEAPI_TOKEN" : String.join(", ", named);
  }

  private static String download(String id, Format format, Optional<String> account) {
    return "/music/download/?id="
        + encoded(id)
        + "&download_format="
        + format.value()
        + user(account);
  }

  /** {@code user_id} is needed where more than one account is configured there. */
  private static String user(Optional<String> account) {
    return account.map(id -> "&user_id=" + encoded(id)).orElse("");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
