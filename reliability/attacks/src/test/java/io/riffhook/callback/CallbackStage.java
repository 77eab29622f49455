package io.riffhook.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riffhook.attacks.Call;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.InMemoryQueues;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Providers;
import io.riffhook.domain.ReceiveCallback;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Studio;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.providers.http.Signatures;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The callback function with every provider, one job, and all else in memory. */
public final class CallbackStage {
  public static final String ROUTE = "POST /callbacks/{provider}/{jobId}/{token}";
  public static final List<String> PROVIDERS = ConfiguredProviders.names();

  /** The second of the two secrets, which tokens are no longer made with. */
  static final String OLD_SECRET = "the-callback-secret-of-before";

  private static final String NEW_SECRET = "the-callback-secret-of-now";
  private static final byte[] STANDARD_KEY = "012345678901234567890123".getBytes(UTF_8);
  private static final Settings SETTINGS = settings();
  private static final CallbackTokens TOKENS =
      CallbackTokens.fromSetting(SETTINGS.require("RIFFHOOK_CALLBACK_SECRETS"));
  private static final Providers CONFIGURED = ConfiguredProviders.from(SETTINGS);

  public final Studio studio = new Studio();
  public final Job job = studio.submitted(Studio.request(), "p1", "p2");
  private final CountingJobStore store = new CountingJobStore(studio.jobs);
  private final CallbackRoute route =
      new CallbackRoute(
          () -> TOKENS, CONFIGURED, new ReceiveCallback(store, studio.queues, studio.clock));

  private static Settings settings() {
    Map<String, String> values = new HashMap<>();
    values.put("RIFFHOOK_PROVIDERS", String.join(",", PROVIDERS));
    values.put("RIFFHOOK_CALLBACK_SECRETS", NEW_SECRET + "," + OLD_SECRET);
    values.put("STANDARD_BASE_URL", "https://standard.example");
    values.put("STANDARD_TOKEN", "token");
    values.put(
        "STANDARD_WEBHOOK_SECRET", "whsec_" + Base64.getEncoder().encodeToString(STANDARD_KEY));
    return name -> Optional.ofNullable(values.get(name));
  }

  /** The answer to a call, which is a sound one. */
  public Call.Answer answer(Call call) {
    return call.answeredBy(route::answer).sound();
  }

  /** How often the job store was asked. */
  int storeCalls() {
    return store.calls();
  }

  /** The path of a callback of the job. */
  public Map<String, String> path(String provider) {
    return path(provider, job.id(), 1);
  }

  Map<String, String> path(String provider, JobId id, int attempt) {
    return path(provider, id.value(), TOKENS.token(provider, id, attempt));
  }

  /** The token of the job's first attempt. */
  static String token(String provider, JobId id) {
    return TOKENS.token(provider, id, 1);
  }

  static Map<String, String> path(String provider, String job, String token) {
    return Map.of("provider", provider, "jobId", job, "token", token);
  }

  /** A path of some text's: its parts between slashes, so far as there are any. */
  static Map<String, String> odd(String text) {
    String[] parts = text.split("/", 3);
    return path(
        parts.length > 2 ? parts[0] : PROVIDERS.getFirst(),
        parts.length > 1 ? parts[parts.length - 2] : "job-1",
        parts[parts.length - 1]);
  }

  /** The headers that a provider would sign a body with. */
  static Map<String, String> signatures(String provider, byte[] body) {
    return signatures(provider, body, Instant.now());
  }

  static Map<String, String> signatures(String provider, byte[] body, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    return switch (provider) {
      case "standard" ->
          Map.of(
              "webhook-id",
              "msg-1",
              "webhook-timestamp",
              time,
              "webhook-signature",
              "v1,"
                  + Base64.getEncoder()
                      .encodeToString(
                          Signatures.hmac(
                              STANDARD_KEY, ("msg-1." + time + ".").getBytes(UTF_8), body)));
      case "musicapi-producer" ->
          Map.of(
              "x-webhook-timestamp",
              time,
              "x-webhook-signature",
              "sha256="
                  + HexFormat.of()
                      .formatHex(
                          Signatures.hmac(
                              producerSecret().getBytes(UTF_8),
                              (time + ".").getBytes(UTF_8),
                              body)));
      default -> Map.of();
    };
  }

  /** As the adapter makes it from our own secret, and tells it to the provider. */
  private static String producerSecret() {
    return HexFormat.of()
        .formatHex(
            Signatures.hmac(
                NEW_SECRET.getBytes(UTF_8), "webhook-secret|musicapi-producer".getBytes(UTF_8)));
  }

  /** What everybody gets who knows no token. */
  String refusal() {
    return answer(new Call(ROUTE, path("nobody", "nothing", "nowhere"), "")).text();
  }

  /** Fails where anything was done at all. */
  void unchanged() {
    if (!studio.now(job).equals(job) || !studio.queues.messages().isEmpty()) {
      throw new AssertionError("changed: " + studio.now(job) + studio.queues.messages());
    }
  }

  /** Fails unless exactly one read was asked for, of no provider job in particular. */
  void readOnce() {
    List<DownloadTask> wanted = List.of(new DownloadTask.Collect(job.id(), Optional.empty(), 1));
    if (!studio.tasks().equals(wanted)
        || studio.queues.messages().size() != 1
        || studio.now(job).woken().size() != 1) {
      throw new AssertionError("not one read: " + studio.now(job) + studio.queues.messages());
    }
  }

  /** Fails where more was done than a wake-up may do. */
  void harmless() {
    List<InMemoryQueues.Message> sent = studio.queues.messages();
    boolean storable =
        studio.now(job).woken().stream().allMatch(id -> UTF_8.newEncoder().canEncode(id));
    boolean more = sent.size() > 1 || studio.jobs.all().size() > 1;
    if (studio.now(job).status().isTerminal() || more || !storable) {
      throw new AssertionError("not harmless: " + studio.now(job) + sent);
    }
  }
}
