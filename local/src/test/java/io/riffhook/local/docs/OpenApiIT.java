package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.JobId;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.local.docs.Contract.Answer;
import io.riffhook.local.docs.Contract.Call;
import io.riffhook.local.template.Function;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Drives every operation of docs/openapi.yaml into every answer that it can give, and holds each
 * call and each answer to the document.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenApiIT {
  private static final String SECRET = "sample-secret-for-local-use-only";
  private static final String PROBLEM = "urn:riffhook:problem:";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Contract contract = new Contract();
  private final JsonNode document = Repository.openApi();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore invocations = new Semaphore(0);
  private final Receiver receiver = new Receiver();
  private final Simulator simulator;
  private final LocalMachine machine;

  OpenApiIT() throws Exception {
    simulator = Simulator.start(quick(), 0);
    machine =
        LocalMachine.start(
            LocalOptions.inMemory(Repository.TEMPLATE)
                .withEnvironment(
                    Map.of(
                        "RIFFHOOK_ONE_MACHINE",
                        "true",
                        "RIFFHOOK_CALLBACK_SECRETS",
                        SECRET,
                        "RIFFHOOK_PROVIDERS",
                        "useapi",
                        "USEAPI_BASE_URL",
                        simulator.baseUrl(),
                        "USEAPI_TOKEN",
                        simulator.token())));
    machine.onInvocation(_ -> invocations.release());
  }

  /** No longer than it must, and so quick that every song is there before its job is answered. */
  private static SimulatorSettings quick() {
    return SimulatorSettings.defaults()
        .generation(g -> g.withDuration(Duration.ZERO).withAudioSeconds(4));
  }

  @AfterEach
  void setTheProviderRight() {
    simulator.settings(quick());
  }

  @AfterAll
  void close() {
    machine.close();
    simulator.close();
    receiver.close();
  }

  // ---- Calls ----

  private Answer send(Call call) throws IOException, InterruptedException {
    Answer answer = answer(http.send(request(call), BodyHandlers.ofString()));
    contract.check(call, answer);
    return answer;
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(machine.apiUrl() + call.path()))
            .method(
                call.method(),
                call.body()
                    .<BodyPublisher>map(BodyPublishers::ofString)
                    .orElseGet(BodyPublishers::noBody));
    call.headers().forEach(request::header);
    return request.build();
  }

  private static Answer answer(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers().map(), response.body());
  }

  /** A call that the document allows. */
  private JsonNode send(Call call, int status) throws Exception {
    assertThat(contract.allows(call)).as("%s is allowed", call).isTrue();
    Answer answer = send(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  /** A call that the document forbids, and the handler refuses. */
  private JsonNode refused(Call call, int status, String problem) throws Exception {
    assertThat(contract.allows(call)).as("%s is allowed", call).isFalse();
    Answer answer = send(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return problem(json(answer), problem);
  }

  private static JsonNode json(Answer answer) throws IOException {
    return Repository.JSON.readTree(answer.body());
  }

  private static JsonNode problem(JsonNode body, String type) {
    assertThat(body.path("type").asText()).isEqualTo(PROBLEM + type);
    return body;
  }

  private static List<String> pointers(JsonNode problem) {
    return problem.path("errors").findValuesAsText("pointer");
  }

  private String submit(String body) throws Exception {
    return send(Call.post("/v1/jobs", body), 202).path("id").asText();
  }

  /** The job once it has this status; looked at after each invocation of a function. */
  private JsonNode await(String job, String status) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode now = send(Call.get("/v1/jobs/" + job), 200);
      if (now.path("status").asText().equals(status)) {
        return now;
      }
      long left = end - System.nanoTime();
      if (left <= 0 || !invocations.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("the job is still " + now.toPrettyString());
      }
      invocations.drainPermits();
    }
  }

  // ---- What goes well ----

  @Test
  void shouldTakeEveryExampleOfASubmission() throws Exception {
    JsonNode examples =
        document
            .at("/paths/~1v1~1jobs/post/requestBody/content")
            .path("application/json")
            .path("examples");

    for (Map.Entry<String, JsonNode> example : examples.properties()) {
      Call call = Call.post("/v1/jobs", example.getValue().path("value").toString());
      assertThat(contract.allows(call)).as(example.getKey()).isTrue();
      Answer answer = send(call);
      if (example.getValue().path("value").has("source")) {
        // Allowed by the document; the song or upload that it names is nobody's here.
        assertThat(pointers(problem(json(answer), "invalid-request")))
            .singleElement()
            .asString()
            .startsWith("/source/");
        continue;
      }

      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      assertThat(answer.header("location"))
          .isEqualTo("/v1/jobs/" + json(answer).path("id").asText());
    }
  }

  @Test
  void shouldTakeAnUploadAndTellHowItStands() throws Exception {
    // A song of the simulator, as a file that anybody can read
    String job = submit("{\"prompt\": \"paper boats\", \"formats\": [\"mp3\"]}");
    JsonNode song = await(job, "READY").at("/songs/0");
    URI file = link("/v1/songs/" + song.path("id").asText() + "/assets/song.mp3");
    String url = Repository.JSON.createObjectNode().put("url", file.toString()).toString();

    JsonNode upload = send(Call.post("/v1/uploads", url), 202);
    String path = "/v1/uploads/" + upload.path("id").asText();
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode now = send(Call.get(path), 200);
    while (!now.path("status").asText().equals("stored")) {
      assertThat(invocations.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS))
          .as(now.toPrettyString())
          .isTrue();
      now = send(Call.get(path), 200);
    }
    assertThat(now.path("sha256").asText())
        .isEqualTo(
            StreamSupport.stream(song.path("assets").spliterator(), false)
                .filter(asset -> asset.path("name").asText().equals("song.mp3"))
                .findFirst()
                .orElseThrow()
                .path("sha256")
                .asText());
    assertThat(now.path("contentType").asText()).isEqualTo("audio/mpeg");
  }

  @Test
  void shouldRefuseUploadsThatAreNotFetched() throws Exception {
    refused(Call.post("/v1/uploads", "{\"url\": "), 400, "malformed-body");
    refused(Call.post("/v1/uploads", "[]"), 400, "malformed-body");
    refused(Call.post("/v1/uploads", "{}"), 422, "invalid-request");
    refused(
        Call.post("/v1/uploads", "{\"url\": \"https://a.example/\", \"name\": \"x\"}"),
        422,
        "invalid-request");
    for (String url : List.of("http://a.example/x.mp3", "https://me:pw@a.example/x", "not a url")) {
      problem(send(Call.post("/v1/uploads", "{\"url\": \"" + url + "\"}"), 422), "invalid-request");
    }
    refused(
        Call.post("/v1/uploads", "{\"url\": \"https://a.example/" + "x".repeat(131072) + "\"}"),
        413,
        "too-large");
    problem(send(Call.get("/v1/uploads/no-such-upload"), 404), "not-found");
  }

  @Test
  void shouldShowAJobItsSongsAndTheirFiles() throws Exception {
    String job =
        submit(
            """
            {"prompt": "paper boats", "formats": ["mp3", "stems"], "reference": "order-1"}
            """);

    JsonNode ready = await(job, "READY");
    String song = ready.at("/songs/0/id").asText();
    send(Call.get("/v1/songs/" + song), 200);
    URI file = link("/v1/songs/" + song + "/assets/song.mp3");
    URI stem = link("/v1/songs/" + song + "/assets/stems/drums.wav");

    assertThat(ready.path("reference").asText()).isEqualTo("order-1");
    assertThat(song).isEqualTo(job + "-1");
    for (URI each : List.of(file, stem)) {
      assertThat(
              http.send(HttpRequest.newBuilder(each).build(), BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
    }
    problem(send(Call.post("/v1/jobs/" + job + "/cancel"), 409), "wrong-state");
    problem(send(Call.post("/v1/jobs/" + job + "/retry"), 409), "wrong-state");
    problem(send(Call.get("/v1/songs/" + song + "/assets/song.wav"), 404), "not-found");
    problem(send(Call.get("/v1/songs/" + song + "/assets/stems/none.wav"), 404), "not-found");
  }

  private URI link(String path) throws Exception {
    Call call = Call.get(path);
    assertThat(contract.allows(call)).isTrue();
    Answer answer = send(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(302);
    return URI.create(answer.header("location"));
  }

  @Test
  void shouldListPageByPage() throws Exception {
    String first = submit("{\"prompt\": \"one\", \"formats\": [\"mp3\"]}");
    await(first, "READY");
    await(submit("{\"prompt\": \"two\", \"formats\": [\"mp3\"]}"), "READY");

    for (String listing : List.of("jobs", "songs")) {
      String path = "/v1/" + listing + "?limit=1";
      JsonNode page = send(Call.get(path), 200);
      JsonNode next = send(Call.get(path + "&cursor=" + page.path("next").asText()), 200);

      assertThat(page.path(listing)).hasSize(1);
      assertThat(next.path(listing)).hasSize(1).doesNotContain(page.path(listing).get(0));
    }
    send(Call.get("/v1/songs"), 200);
    JsonNode ready = send(Call.get("/v1/jobs?status=READY,STORING&provider=useapi"), 200);
    assertThat(ready.path("jobs").findValuesAsText("status"))
        .contains("READY")
        .doesNotContain("FAILED", "QUEUED");
  }

  @Test
  void shouldKeepAJobQueuedWhileTheProvidersAccountIsInTroubleAndCancelIt() throws Exception {
    simulator.settings(quick().faults(f -> f.withAccountError(true)));

    JsonNode job = send(Call.post("/v1/jobs", "{\"prompt\": \"rain\"}"), 202);
    JsonNode cancelled = send(Call.post("/v1/jobs/" + job.path("id").asText() + "/cancel"), 200);

    assertThat(job.path("status").asText()).isEqualTo("QUEUED");
    assertThat(job.at("/reason/code").asText()).isEqualTo("account-needs-attention");
    assertThat(cancelled.path("status").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void shouldRunAFailedJobAgain() throws Exception {
    simulator.settings(quick().generation(g -> g.withFailing("rain")));
    String id = submit("{\"prompt\": \"rain\"}");
    JsonNode failed = await(id, "FAILED");
    Answer again = send(Call.post("/v1/jobs/" + id + "/retry"));

    assertThat(failed.at("/reason/code").asText()).isEqualTo("generation-failed");
    assertThat(again.status()).as(again.body()).isEqualTo(202);
    assertThat(json(again).path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  void shouldShowWhyModerationRefusedAPrompt() throws Exception {
    JsonNode job = send(Call.post("/v1/jobs", "{\"prompt\": \"a forbidden song\"}"), 202);

    assertThat(job.path("status").asText()).isEqualTo("REJECTED");
    assertThat(job.at("/reason/code").asText()).isEqualTo("moderated");
  }

  @Test
  void shouldTellHowTheSystemIs() throws Exception {
    assertThat(send(Call.get("/v1/health"), 200).path("status").asText()).isEqualTo("up");
    JsonNode provider = send(Call.get("/v1/providers"), 200).at("/providers/0");

    assertThat(provider.path("name").asText()).isEqualTo("useapi");
    assertThat(provider.path("configured").asBoolean()).isTrue();
  }

  @Test
  void shouldHearCallbacks() throws Exception {
    simulator.settings(quick().callbacks(c -> c.withNever(true)));
    String job = submit("{\"prompt\": \"paper boats\", \"formats\": [\"mp3\"]}");
    JsonNode bodies =
        document
            .at("/paths/~1callbacks~1{provider}~1{jobId}~1{token}/post/requestBody/content")
            .path("application/json")
            .path("examples");

    for (JsonNode body : bodies) {
      send(Call.post(callback(job), body.path("value").toString()), 204);
    }

    await(job, "READY");
    send(Call.post(callback(job), "[]"), 204);
  }

  private static String callback(String job) {
    CallbackTokens tokens = new CallbackTokens(List.of(SECRET));
    return "/callbacks/useapi/" + job + "/" + tokens.token("useapi", new JobId(job), 1);
  }

  // ---- Endpoints ----

  private String endpoint(String path) throws Exception {
    // Other tests' jobs are nothing to it.
    Call call =
        Call.post(
            "/v1/endpoints",
            "{\"url\": \"" + receiver.url(path) + "\", \"events\": [\"submission.rejected\"]}");
    assertThat(contract.allows(call)).isTrue();
    Answer answer = send(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String id = json(answer).path("id").asText();
    assertThat(answer.header("location")).isEqualTo("/v1/endpoints/" + id);
    return "/v1/endpoints/" + id;
  }

  /** The answer once it is as wanted; looked at after each invocation of a function. */
  private JsonNode await(Call call, Predicate<JsonNode> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode now = json(send(call));
      if (wanted.test(now)) {
        return now;
      }
      long left = end - System.nanoTime();
      if (left <= 0 || !invocations.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("it is still " + now.toPrettyString());
      }
      invocations.drainPermits();
    }
  }

  private JsonNode awaitDelivery(String endpoint, String webhookId, String state) throws Exception {
    Call list = Call.get(endpoint + "/deliveries?state=" + state);
    return await(list, page -> delivery(page, webhookId).isPresent())
        .path("deliveries")
        .valueStream()
        .filter(each -> each.path("webhookId").asText().equals(webhookId))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<JsonNode> delivery(JsonNode page, String webhookId) {
    return page.path("deliveries")
        .valueStream()
        .filter(each -> each.path("webhookId").asText().equals(webhookId))
        .findFirst();
  }

  @Test
  void shouldMakeShowChangeAndForgetAnEndpoint() throws Exception {
    JsonNode examples =
        document
            .at("/paths/~1v1~1endpoints/post/requestBody/content")
            .path("application/json")
            .path("examples");
    for (JsonNode example : examples) {
      JsonNode made = send(Call.post("/v1/endpoints", example.path("value").toString()), 201);
      String path = "/v1/endpoints/" + made.path("id").asText();
      JsonNode shown = send(Call.get(path), 200);
      JsonNode secret = send(Call.get(path + "/secret"), 200);

      assertThat(made.path("secret").asText())
          .startsWith("whsec_")
          .isEqualTo(secret.path("secret").asText());
      assertThat(shown.has("secret")).isFalse();
      ((ObjectNode) made).remove("secret");
      assertThat(made).isEqualTo(shown);
      assertThat(send(Call.get("/v1/endpoints"), 200).path("endpoints"))
          .contains(shown)
          .extracting(each -> each.path("id").asText())
          .contains("default");

      JsonNode changed =
          send(
              Call.patch(
                  path, "{\"events\": [\"job.progress\"], \"label\": null, \"links\": true}"),
              200);
      assertThat(changed.at("/events").toString()).isEqualTo("[\"job.progress\"]");
      assertThat(changed.has("label")).isFalse();
      assertThat(changed.path("links").asBoolean()).isTrue();
      assertThat(changed.path("url")).isEqualTo(shown.path("url"));
      JsonNode back =
          send(Call.patch(path, "{\"events\": null, \"links\": null, \"label\": \"x\"}"), 200);
      assertThat(back.path("events")).hasSize(9);
      assertThat(back.path("links").asBoolean()).isFalse();
      assertThat(back.path("label").asText()).isEqualTo("x");

      assertThat(send(Call.delete(path)).status()).isEqualTo(204);
      problem(send(Call.get(path), 404), "not-found");
    }
  }

  @Test
  void shouldRotateASecret() throws Exception {
    String path = endpoint("/ok");
    String first = send(Call.get(path + "/secret"), 200).path("secret").asText();
    JsonNode rotated = send(Call.post(path + "/rotate-secret"), 200);
    JsonNode again = send(Call.post(path + "/rotate-secret", "{\"keepHours\": 0}"), 200);

    assertThat(rotated.path("secret").asText()).isNotEqualTo(first);
    assertThat(Instant.parse(rotated.path("previousUntil").asText()))
        .isBetween(
            Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(24)));
    assertThat(again.path("secret")).isNotEqualTo(rotated.path("secret"));
    assertThat(Instant.parse(again.path("previousUntil").asText()))
        .isBeforeOrEqualTo(Instant.now());
    send(Call.delete(path));
  }

  @Test
  void shouldTellAnEndpointAndDeliverAgain() throws Exception {
    String path = endpoint("/ok");
    String since = Instant.now().minusSeconds(60).toString();
    JsonNode sent = send(Call.post(path + "/test"), 202);
    String webhookId = sent.path("webhookId").asText();
    JsonNode delivered = awaitDelivery(path, webhookId, "delivered");

    assertThat(sent.path("state").asText()).isEqualTo("pending");
    assertThat(delivered.path("id")).isEqualTo(sent.path("id"));
    assertThat(delivered.path("type").asText()).isEqualTo("endpoint.test");
    assertThat(delivered.path("lastStatus").asInt()).isEqualTo(204);

    send(Call.post(path + "/deliveries/" + sent.path("id").asText() + "/redeliver"), 202);
    await(
        Call.get(path + "/deliveries?since=" + since + "&limit=1"),
        _ -> receiver.received(webhookId) == 2);
    JsonNode nothing = send(Call.post(path + "/redeliver", "{\"since\": \"" + since + "\"}"), 202);
    JsonNode all =
        send(
            Call.post(
                path + "/redeliver", "{\"since\": \"" + since + "\", \"state\": \"delivered\"}"),
            202);

    assertThat(nothing.path("redelivered").asInt()).isZero();
    assertThat(all.path("redelivered").asInt()).isEqualTo(1);
    await(Call.get(path + "/deliveries"), _ -> receiver.received(webhookId) == 3);
    send(Call.delete(path));
  }

  @Test
  void shouldTellNothingToAnEndpointThatIsGoneUntilItIsChanged() throws Exception {
    String path = endpoint("/gone");
    JsonNode sent = send(Call.post(path + "/test"), 202);
    awaitDelivery(path, sent.path("webhookId").asText(), "failed");
    JsonNode disabled = send(Call.get(path), 200);
    String again = path + "/deliveries/" + sent.path("id").asText() + "/redeliver";
    String missed = "{\"since\": \"2026-01-01T00:00:00Z\", \"state\": \"failed\"}";

    assertThat(disabled.at("/disabled/reason/code").asText()).isEqualTo("endpoint-gone");
    for (Call call :
        List.of(
            Call.post(path + "/test"), Call.post(again), Call.post(path + "/redeliver", missed))) {
      problem(send(call, 409), "wrong-state");
    }
    assertThat(
            send(Call.patch(path, "{\"url\": \"" + receiver.url("/ok") + "\"}"), 200)
                .has("disabled"))
        .isFalse();
    assertThat(send(Call.post(path + "/redeliver", missed), 202).path("redelivered").asInt())
        .isEqualTo(1);
    awaitDelivery(path, sent.path("webhookId").asText(), "delivered");
    send(Call.delete(path));
  }

  @Test
  void shouldTellASingleJobsWebhookAndShowIt() throws Exception {
    String job =
        submit(
            "{\"prompt\": \"rain\", \"formats\": [\"mp3\"], \"webhookUrl\": \""
                + receiver.url("/ok")
                + "\", \"webhookEvents\": [\"job.ready\"]}");
    String path = "/v1/endpoints/job:" + job;
    JsonNode page =
        await(
            Call.get(path + "/deliveries?state=delivered"),
            each -> each.path("deliveries").size() == 1);

    assertThat(page.at("/deliveries/0/type").asText()).isEqualTo("job.ready");
    assertThat(page.at("/deliveries/0/jobId").asText()).isEqualTo(job);
    assertThat(send(Call.get(path), 200).at("/events").toString()).isEqualTo("[\"job.ready\"]");
    for (Call call :
        List.of(
            Call.get(path + "/secret"), Call.post(path + "/rotate-secret"), Call.delete(path))) {
      problem(send(call, 409), "wrong-state");
    }
    problem(send(Call.delete("/v1/endpoints/default"), 409), "wrong-state");
    problem(send(Call.post("/v1/endpoints/default/test"), 409), "wrong-state");
    assertThat(send(Call.get("/v1/endpoints/default/secret"), 200).path("secret").asText())
        .startsWith("whsec_");
  }

  @Test
  void shouldListDeliveriesPageByPage() throws Exception {
    String path = endpoint("/ok");
    send(Call.post(path + "/test"), 202);
    send(Call.post(path + "/test"), 202);
    JsonNode first =
        send(Call.get(path + "/deliveries?limit=1&state=pending,delivered,failed"), 200);
    JsonNode second =
        send(Call.get(path + "/deliveries?limit=1&cursor=" + first.path("next").asText()), 200);

    assertThat(first.path("deliveries")).hasSize(1);
    assertThat(second.path("deliveries")).hasSize(1);
    assertThat(second.at("/deliveries/0/id")).isNotEqualTo(first.at("/deliveries/0/id"));
    assertThat(second.has("next")).isFalse();
    refused(Call.get(path + "/deliveries?state=lost"), 400, "bad-parameter");
    refused(Call.get(path + "/deliveries?since=yesterday"), 400, "bad-parameter");
    refused(Call.get(path + "/deliveries?limit=0"), 400, "bad-parameter");
    problem(send(Call.get(path + "/deliveries?cursor=nonsense"), 400), "bad-parameter");
    send(Call.delete(path));
  }

  @Test
  void shouldRefuseWhatIsNoEndpoint() throws Exception {
    String path = endpoint("/ok");
    String long1 = "{\"label\": \"" + "x".repeat(16 * 1024) + "\"}";
    for (Call call :
        List.of(
            Call.post("/v1/endpoints", "{"),
            Call.post("/v1/endpoints", "[]"),
            Call.patch(path, "{"),
            Call.patch(path, "[]"),
            Call.post(path + "/rotate-secret", "[]"),
            Call.post(path + "/redeliver", "[]"))) {
      refused(call, 400, "malformed-body");
    }
    for (Call call :
        List.of(
            Call.post("/v1/endpoints", long1),
            Call.patch(path, long1),
            Call.post(path + "/rotate-secret", long1),
            Call.post(path + "/redeliver", long1))) {
      refused(call, 413, "too-large");
    }
    Map<Call, List<String>> wrong =
        Map.of(
            Call.post("/v1/endpoints", "{}"),
            List.of("/url"),
            Call.post(
                "/v1/endpoints",
                "{\"url\": 1, \"events\": [\"job.ready\", \"endpoint.test\"], \"label\": \"a\\nb\","
                    + " \"links\": \"yes\", \"secret\": \"mine\"}"),
            List.of("/url", "/events/1", "/label", "/links", "/secret"),
            Call.post("/v1/endpoints", "{\"url\": \"https://shop.example/\", \"events\": []}"),
            List.of("/events"),
            Call.patch(
                path, "{\"url\": null, \"events\": \"all\", \"label\": \"\", \"id\": \"x\"}"),
            List.of("/url", "/events", "/label", "/id"),
            Call.post(path + "/rotate-secret", "{\"keepHours\": 169}"),
            List.of("/keepHours"),
            Call.post(path + "/rotate-secret", "{\"keepHours\": 0.5, \"keepDays\": 1}"),
            List.of("/keepHours", "/keepDays"),
            Call.post(path + "/redeliver", "{}"),
            List.of("/since"),
            Call.post(
                path + "/redeliver",
                "{\"since\": \"yesterday\", \"state\": \"lost\", \"all\": true}"),
            List.of("/since", "/state", "/all"));
    for (Map.Entry<Call, List<String>> each : wrong.entrySet()) {
      assertThat(pointers(refused(each.getKey(), 422, "invalid-request")))
          .as("%s", each.getKey())
          .containsExactlyInAnyOrderElementsOf(each.getValue());
    }
    for (String url : List.of("not a url", "ftp://shop.example/")) {
      String body = "{\"url\": \"" + url + "\"}";
      assertThat(pointers(refused(Call.post("/v1/endpoints", body), 422, "invalid-request")))
          .containsExactly("/url");
      assertThat(pointers(refused(Call.patch(path, body), 422, "invalid-request")))
          .containsExactly("/url");
    }
    String since = "\"since\": \"2026-11-21T00:00:00Z\"";
    for (Call call :
        List.of(
            Call.post("/v1/endpoints", "{\"url\": \"http://shop.example/\"}"),
            Call.post("/v1/endpoints", "{\"url\": \"https://shop.example:8443/\"}"),
            Call.post("/v1/endpoints", "{\"url\": \"https://me:pw@shop.example/\"}"),
            Call.post("/v1/endpoints", "{\"url\": \"https://shop.example:99999/\"}"),
            Call.patch(path, "{\"url\": \"https://sh op.example/\"}"),
            Call.patch("/v1/endpoints/default", "{\"url\": \"https://shop.example/\"}"),
            Call.post(path + "/redeliver", "{" + since + ", \"cursor\": \"nonsense\"}"))) {
      assertThat(pointers(problem(send(call, 422), "invalid-request")))
          .singleElement()
          .isIn("/url", "/cursor");
    }
    send(Call.delete(path));
  }

  @Test
  void shouldShowTheUrlOfAnEndpointAsItWasRead() throws Exception {
    Map<String, String> read =
        Map.of(
            "HTTPS://Hooks.Example.com/A", "https://hooks.example.com/A",
            "https://müller.example/a", "https://xn--mller-kva.example/a",
            "https://my_app.example.com/a", "https://my_app.example.com/a",
            "https://example.com./a", "https://example.com/a",
            "https://shop.example/a b|c", "https://shop.example/a%20b%7Cc");
    for (Map.Entry<String, String> each : read.entrySet()) {
      JsonNode endpoint =
          send(Call.post("/v1/endpoints", "{\"url\": \"" + each.getKey() + "\"}"), 201);
      assertThat(endpoint.path("url").asText()).isEqualTo(each.getValue());
      send(Call.delete("/v1/endpoints/" + endpoint.path("id").asText()));
    }
  }

  @Test
  void shouldNotFindEndpointsThatAreNotThere() throws Exception {
    String delivery = "/deliveries/20261121022514000000000.evt_1/redeliver";
    for (String none :
        List.of("/v1/endpoints/ep_none", "/v1/endpoints/none", "/v1/endpoints/job:none")) {
      for (Call call :
          List.of(
              Call.get(none),
              Call.patch(none, "{}"),
              Call.delete(none),
              Call.get(none + "/secret"),
              Call.post(none + "/rotate-secret"),
              Call.post(none + "/test"),
              Call.get(none + "/deliveries"),
              Call.post(none + delivery),
              Call.post(none + "/redeliver", "{\"since\": \"2026-11-21T00:00:00Z\"}"))) {
        problem(send(call, 404), "not-found");
      }
    }
    String path = endpoint("/ok");
    problem(send(Call.post(path + delivery), 404), "not-found");
    problem(send(Call.post(path + "/deliveries/none/redeliver"), 404), "not-found");
    send(Call.delete(path));
  }

  /** Behind all others: an owner who has as many as it can have can make none. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void shouldRefuseMoreEndpointsThanAnOwnerCanHave() throws Exception {
    String body =
        "{\"url\": \"" + receiver.url("/ok") + "\", \"events\": [\"submission.rejected\"]}";
    Answer answer = send(Call.post("/v1/endpoints", body));
    for (int made = 1; answer.status() == 201; made++) {
      assertThat(made).isLessThanOrEqualTo(20);
      answer = send(Call.post("/v1/endpoints", body));
    }
    assertThat(answer.status()).isEqualTo(409);
    assertThat(problem(json(answer), "wrong-state").path("detail").asText())
        .isEqualTo("You have 20 endpoints, which is the most.");
    assertThat(send(Call.get("/v1/endpoints"), 200).path("endpoints")).hasSize(21);
  }

  @Test
  void shouldRunABatchAndReportOnIt() throws Exception {
    JsonNode example =
        document
            .at("/paths/~1v1~1batches/post/requestBody/content")
            .path("application/json")
            .at("/examples/two/value");
    Call call =
        Call.post("/v1/batches", example.toString()).with("Idempotency-Key", "batch-of-two");

    JsonNode first = send(call, 202);
    String path = "/v1/batches/" + first.path("id").asText();
    JsonNode ended = awaitEnd(path);

    assertThat(ended.path("counts")).isEqualTo(Repository.JSON.readTree("{\"READY\": 2}"));
    assertThat(send(call, 202)).as("the same key").isEqualTo(ended);
    assertThat(send(Call.get("/v1/batches?limit=1"), 200).path("batches").get(0)).isEqualTo(ended);
    HttpResponse<String> report =
        http.send(HttpRequest.newBuilder(link(path + "/report")).build(), BodyHandlers.ofString());
    assertThat(report.body().lines()).hasSize(2);
    problem(send(Call.post(path + "/cancel"), 409), "wrong-state");
  }

  @Test
  void shouldCancelABatch() throws Exception {
    simulator.settings(quick().generation(g -> g.withDuration(Duration.ofSeconds(2))));
    String body = "{\"jobs\": [{\"prompt\": \"a\"}, {\"prompt\": \"b\"}], \"concurrency\": 1}";
    JsonNode batch = send(Call.post("/v1/batches", body), 202);
    String path = "/v1/batches/" + batch.path("id").asText();

    problem(send(Call.get(path + "/report"), 409), "wrong-state");
    assertThat(send(Call.post(path + "/cancel"), 200).path("cancelled").asBoolean()).isTrue();
    assertThat(awaitEnd(path).path("counts"))
        .isEqualTo(Repository.JSON.readTree("{\"NOT_STARTED\": 1, \"READY\": 1}"));
  }

  private JsonNode awaitEnd(String path) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      invocations.drainPermits();
      JsonNode now = send(Call.get(path), 200);
      if (now.path("status").asText().equals("ENDED")) {
        return now;
      }
      long left = end - System.nanoTime();
      if (left <= 0 || !invocations.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("the batch is still " + now.toPrettyString());
      }
    }
  }

  @Test
  void shouldRefuseBatchesOfWhichAnyJobBreaksARule() throws Exception {
    refused(Call.post("/v1/batches", "{\"jobs\": "), 400, "malformed-body");
    refused(Call.post("/v1/batches", "[]"), 400, "malformed-body");
    for (String body :
        List.of(
            "{}",
            "{\"jobs\": []}",
            "{\"jobs\": [{\"prompt\": \"x\"}], \"concurrency\": 0}",
            "{\"jobs\": [{\"prompt\": \"x\"}], \"concurrency\": 101}",
            "{\"jobs\": [{\"prompt\": \"x\"}], \"name\": \"x\"}",
            "{\"jobs\": [{\"prompt\": \"x\"}" + ",{\"prompt\": \"x\"}".repeat(1000) + "]}")) {
      refused(Call.post("/v1/batches", body), 422, "invalid-request");
    }
    JsonNode bad =
        refused(
            Call.post("/v1/batches", "{\"jobs\": [{\"prompt\": \"x\"}, {\"prompt\": \" \"}, 3]}"),
            422,
            "invalid-request");
    assertThat(pointers(bad)).containsExactly("/jobs/1/prompt", "/jobs/2");
    JsonNode impossible =
        problem(
            send(
                Call.post(
                    "/v1/batches", "{\"jobs\": [{\"prompt\": \"x\", \"provider\": \"nobody\"}]}"),
                422),
            "invalid-request");
    assertThat(pointers(impossible)).containsExactly("/jobs/0/provider");
    String body = "{\"jobs\": [{\"prompt\": \"x\", \"formats\": [\"mp3\"]}]}";
    send(Call.post("/v1/batches", body).with("Idempotency-Key", "batch-1"), 202);
    problem(
        send(
            Call.post("/v1/batches", body.replace("x", "y")).with("Idempotency-Key", "batch-1"),
            422),
        "idempotency-key-reused");
    refused(
        Call.post("/v1/batches", body).with("Idempotency-Key", "k".repeat(256)),
        422,
        "invalid-request");
    refused(
        Call.post("/v1/batches", "{\"jobs\": [{\"prompt\": \"" + "a".repeat(6291456) + "\"}]}"),
        413,
        "too-large");
  }

  // ---- What is refused ----

  @Test
  void shouldRefuseABodyThatCannotBeRead() throws Exception {
    refused(Call.post("/v1/jobs", "{\"prompt\": "), 400, "malformed-body");
    refused(Call.post("/v1/jobs", "[]"), 400, "malformed-body");
  }

  @Test
  void shouldNameEveryBadFieldAtOnce() throws Exception {
    JsonNode prompt =
        refused(
            Call.post(
                "/v1/jobs",
                """
                {"prompt": " ", "instrumental": "no", "formats": ["mp3", "8-track"],
                 "reference": "two\\nlines", "tempo": 120}
                """),
            422,
            "invalid-request");
    JsonNode compose =
        refused(
            Call.post(
                "/v1/jobs",
                """
                {"operation": "compose", "weirdness": 2, "prompt": "is not a field of this one",
                 "sounds": [{"strength": "high"}]}
                """),
            422,
            "invalid-request");

    assertThat(pointers(prompt))
        .containsExactlyInAnyOrder(
            "/prompt", "/instrumental", "/formats/1", "/reference", "/tempo");
    assertThat(pointers(compose))
        .containsExactlyInAnyOrder(
            "/weirdness", "/sounds/0/prompt", "/sounds/0/strength", "/prompt");
  }

  @Test
  void shouldRefuseWhatBreaksOneRule() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"prompt\": \"" + "a".repeat(5001) + "\"}",
            "{\"prompt\": \"x\", \"formats\": []}",
            "{\"prompt\": \"x\", \"webhookUrl\": \"shop.example/hook\"}",
            "{\"prompt\": \"x\", \"webhookUrl\": \"https://shop.example/\", \"webhookEvents\":"
                + " [\"x\"]}",
            "{\"prompt\": \"x\", \"webhookUrl\": \"https://shop.example/\", \"webhookEvents\": []}",
            "{\"operation\": \"cover\", \"prompt\": \"x\"}",
            "{\"operation\": \"cover\", \"source\": \"a\"}",
            "{\"operation\": \"cover\", \"source\": {}}",
            "{\"operation\": \"cover\", \"source\": {\"songId\": \"x\"}}",
            "{\"operation\": \"cover\", \"source\": {\"uploadId\": \"a/b\"}}",
            "{\"operation\": \"extend\", \"source\": {\"uploadId\": \"a\"}, \"at\": -1}",
            "{\"operation\": \"extend\", \"source\": {\"uploadId\": \"a\"}, \"start\": 1}",
            "{\"operation\": \"replace\", \"source\": {\"uploadId\": \"a\"}}",
            "{\"operation\": \"swap-sound\", \"source\": {\"uploadId\": \"a\"}, \"seed\": 0.5}",
            "{\"operation\": \"swap-vocals\", \"source\": {\"uploadId\": \"a\"},"
                + " \"coverStrength\": 1}",
            "{\"operation\": \"compose\", \"sounds\": []}",
            "{\"operation\": \"compose\"}",
            "{\"operation\": \"compose\", \"title\": \""
                + "a".repeat(201)
                + "\","
                + "\"sounds\": [{\"prompt\": \"x\"}]}")) {
      JsonNode problem = refused(Call.post("/v1/jobs", body), 422, "invalid-request");
      assertThat(problem.path("errors")).as(body).isNotEmpty();
    }
  }

  @Test
  void shouldRefuseWhatOnlyTheSystemKnowsToBeWrong() throws Exception {
    for (String body :
        List.of(
            "{\"prompt\": \"x\", \"provider\": \"nobody\"}",
            "{\"prompt\": \"x\", \"webhookUrl\": \"https://shop.example:8443/hook\"}",
            "{\"prompt\": \"x\", \"webhookEvents\": [\"job.ready\"]}",
            "{\"prompt\": \"x\", \"model\": \"FUZZ-99\"}",
            "{\"operation\": \"compose\", \"sounds\": [{\"prompt\": \"x\", \"start\": 0.8, \"end\":"
                + " 0.2}]}",
            "{\"operation\": \"compose\", \"sounds\": [{\"prompt\": \"x\"}], \"lyrics\": \"la\","
                + " \"lyricsPrompt\": \"rain\"}",
            "{\"operation\": \"replace\", \"source\": {\"uploadId\": \"a\"}, \"start\": 5,"
                + " \"end\": 5}",
            "{\"operation\": \"cover\", \"source\": {\"uploadId\": \"no-such-upload\"}}")) {
      problem(send(Call.post("/v1/jobs", body), 422), "invalid-request");
    }
  }

  @Test
  void shouldTakeAnIdempotencyKeyForOneBody() throws Exception {
    String body = "{\"prompt\": \"once\", \"formats\": [\"mp3\"]}";
    Call call = Call.post("/v1/jobs", body).with("Idempotency-Key", "key-1");
    Call other = Call.post("/v1/jobs", "{\"prompt\": \"twice\"}").with("Idempotency-Key", "key-1");
    Call tooLong = Call.post("/v1/jobs", body).with("Idempotency-Key", "k".repeat(256));

    JsonNode first = send(call, 202);
    JsonNode second = send(call, 202);

    assertThat(second.path("id")).isEqualTo(first.path("id"));
    problem(send(other, 422), "idempotency-key-reused");
    refused(tooLong, 422, "invalid-request");
  }

  @Test
  void shouldAnswerConflictWhileTheFirstCallIsRunning() throws Exception {
    simulator.settings(
        quick()
            .create(c -> c.withDelayFirst(5).withAnswerDelay(Duration.ofSeconds(3)))
            // A callback that overtakes the answer would move the job on, and both calls would see
            // it.
            .callbacks(c -> c.withNever(true)));
    Call call = Call.post("/v1/jobs", "{\"prompt\": \"slow\"}").with("Idempotency-Key", "slow-1");

    // Whichever comes first claims the key and waits for the provider; the other finds it claimed.
    List<CompletableFuture<HttpResponse<String>>> both =
        List.of(
            http.sendAsync(request(call), BodyHandlers.ofString()),
            http.sendAsync(request(call), BodyHandlers.ofString()));
    List<Answer> answers = both.stream().map(future -> answer(future.join())).toList();
    answers.forEach(answer -> contract.check(call, answer));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(202, 409);
    Answer conflict =
        answers.stream().filter(answer -> answer.status() == 409).findFirst().orElseThrow();
    problem(json(conflict), "request-in-progress");
  }

  @Test
  void shouldRefuseBodiesThatAreTooLarge() throws Exception {
    String job = "{\"prompt\": \"" + "a".repeat(128 * 1024) + "\"}";
    String callback = "{\"status\": \"" + "a".repeat(1024 * 1024) + "\"}";

    refused(Call.post("/v1/jobs", job), 413, "too-large");
    problem(send(Call.post(callback("some-job"), callback), 413), "too-large");
  }

  @Test
  void shouldRefuseBadParameters() throws Exception {
    for (String listing : List.of("/v1/jobs", "/v1/songs", "/v1/batches")) {
      refused(Call.get(listing + "?limit=0"), 400, "bad-parameter");
      refused(Call.get(listing + "?limit=101"), 400, "bad-parameter");
      refused(Call.get(listing + "?limit=many"), 400, "bad-parameter");
      problem(send(Call.get(listing + "?cursor=nonsense"), 400), "bad-parameter");
    }
    refused(Call.get("/v1/jobs?status=LOST"), 400, "bad-parameter");
  }

  @Test
  void shouldNotFindWhatIsNotThere() throws Exception {
    for (Call call :
        List.of(
            Call.get("/v1/jobs/no-such-job"),
            Call.post("/v1/jobs/no-such-job/cancel"),
            Call.post("/v1/jobs/no-such-job/retry"),
            Call.get("/v1/batches/no-such-batch"),
            Call.post("/v1/batches/no-such-batch/cancel"),
            Call.get("/v1/batches/no-such-batch/report"),
            Call.get("/v1/songs/no-such-song-1"),
            Call.get("/v1/songs/no-such-song-1/assets/song.mp3"),
            Call.get("/v1/songs/no-such-song-1/assets/stems/drums.wav"),
            Call.post("/callbacks/useapi/no-such-job/1." + "A".repeat(43), "{}"))) {
      problem(send(call, 404), "not-found");
    }
  }

  @Test
  void shouldRefuseMoreJobsThanAnOwnerMayHave() throws Exception {
    Operation submit = operation("POST /v1/jobs");
    Operation retry = operation("POST /v1/jobs/{id}/retry");
    Map<String, String> environment = new HashMap<>(environment(submit));
    environment.put("RIFFHOOK_MAX_RUNNING_JOBS", "1");
    simulator.settings(quick().faults(f -> f.withUnauthorized(true)));
    String failed = await(submit("{\"prompt\": \"rain\"}"), "FAILED").path("id").asText();
    simulator.settings(quick().generation(g -> g.withDuration(Duration.ofSeconds(30))));

    Answer first = invoke(submit, environment, limited(submit, "first"));
    Answer second = invoke(submit, environment, limited(submit, "second"));
    Answer repeat = invoke(submit, environment, limited(submit, "first"));
    ObjectNode again = event(retry);
    again.putObject("pathParameters").put("id", failed);
    Answer third = invoke(retry, environment, again);
    environment.put("RIFFHOOK_MAX_JOBS_PER_DAY", "1");
    Answer fourth = invoke(submit, environment, limited(submit, "second"));

    assertThat(first.status()).as(first.body()).isEqualTo(202);
    for (Answer refused : List.of(second, third)) {
      assertThat(refused.status()).as(refused.body()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isEqualTo("30");
      assertThat(problem(json(refused), "too-many-running-jobs").path("detail").asText())
          .isEqualTo("At most 1 job of yours can run at once. Try again when one has ended.");
    }
    assertThat(repeat.status()).as("a job that there is").isEqualTo(202);
    assertThat(json(repeat).path("id")).isEqualTo(json(first).path("id"));
    assertThat(fourth.status()).as(fourth.body()).isEqualTo(429);
    assertThat(Integer.parseInt(fourth.header("retry-after"))).isBetween(1, 86_400);
    assertThat(problem(json(fourth), "too-many-jobs-today").path("detail").asText())
        .isEqualTo("At most 1 job of yours can begin in a day. The next day begins at 00:00 UTC.");
    send(Call.post("/v1/jobs/" + json(first).path("id").asText() + "/cancel"), 200);
  }

  private static ObjectNode limited(Operation submit, String key) {
    ObjectNode event = event(submit).put("body", "{\"prompt\": \"a long song\"}");
    event.putObject("headers").put("idempotency-key", "limited-" + key);
    return event;
  }

  @Test
  void shouldWaitForTheJobsEndWhereItIsAskedTo() throws Exception {
    // Given a job that ends soon, and one that does not
    simulator.settings(quick());
    JsonNode ready =
        send(Call.post("/v1/jobs", "{\"prompt\": \"rain\"}").with("Prefer", "wait=25"), 200);
    simulator.settings(quick().generation(g -> g.withDuration(Duration.ofMinutes(5))));
    String slow = submit("{\"prompt\": \"rain\"}");

    // When the slow one is waited for
    Answer answer = send(Call.get("/v1/jobs/" + slow).with("Prefer", "wait=1"));

    // Then each answers with what there is
    assertThat(ready.path("status").asText()).isEqualTo("READY");
    assertThat(ready.path("songs").size()).isPositive();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("preference-applied")).isEqualTo("wait=1");
    assertThat(json(answer).path("status").asText()).isEqualTo("SUBMITTED");
    send(Call.post("/v1/jobs/" + slow + "/cancel"), 200);
  }

  // ---- What only a function behind a gateway can meet ----

  @Test
  void shouldAnswerUnauthenticatedWhereNobodyIsNamed() throws Exception {
    for (Operation operation : contract.operations()) {
      if (operation.statuses().contains(401)) {
        Map<String, String> environment =
            without(environment(operation), "RIFFHOOK_ONE_MACHINE", "USEAPI_BASE_URL");
        Answer answer = invoke(operation, environment, event(operation));
        assertThat(answer.status()).as(operation.path()).isEqualTo(401);
        problem(json(answer), "unauthenticated");
      }
    }
  }

  @Test
  void shouldTellNothingOfWhatFailedInside() throws Exception {
    for (Operation operation : contract.operations()) {
      if (operation.statuses().contains(500)) {
        Map<String, String> environment = new HashMap<>(environment(operation));
        environment.put("RIFFHOOK_TABLE", "no-such-table");
        Answer answer = invoke(operation, environment, good(operation));
        assertThat(answer.status()).as(operation.path()).isEqualTo(500);
        assertThat(problem(json(answer), "internal-error").path("detail").asText())
            .isEqualTo("Request 6f0c2c0e-5d2b-4f0e-9d0e-0b4f0f6b9a11.");
      }
    }
  }

  @Test
  void shouldBeDownWithoutItsBucket() throws Exception {
    Operation health = operation("GET /v1/health");
    Map<String, String> environment = new HashMap<>(environment(health));
    environment.put("RIFFHOOK_BUCKET", "no-such-bucket");

    Answer answer = invoke(health, environment, event(health));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(json(answer).at("/parts/bucket").asText()).isEqualTo("down");
  }

  private Operation operation(String route) {
    return contract.operations().stream()
        .filter(operation -> operation.route().equals(route))
        .findFirst()
        .orElseThrow();
  }

  private static Function function(Operation operation) throws IOException {
    return Repository.template().functions().stream()
        .filter(
            each -> each.routes().stream().anyMatch(route -> route.key().equals(operation.route())))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> environment(Operation operation) throws IOException {
    return machine.environment(function(operation).name());
  }

  private static Map<String, String> without(Map<String, String> environment, String... names) {
    Map<String, String> rest = new HashMap<>(environment);
    rest.keySet().removeAll(List.of(names));
    return rest;
  }

  private static ObjectNode event(Operation operation) {
    ObjectNode event =
        Repository.JSON.createObjectNode().put("version", "2.0").put("routeKey", operation.route());
    event.putObject("requestContext");
    return event;
  }

  /** A call in which nothing is wrong, so that it gets as far as the table. */
  private static ObjectNode good(Operation operation) {
    ObjectNode event = event(operation);
    JobId job = new JobId("x");
    event
        .putObject("pathParameters")
        .put("id", id(operation, job))
        .put("deliveryId", "20261121022514000000000.evt_1")
        .put("name", "song.mp3")
        .put("provider", "useapi")
        .put("jobId", job.value())
        .put("token", new CallbackTokens(List.of(SECRET)).token("useapi", job, 1));
    String body =
        switch (operation.path()) {
          case "/v1/jobs" -> "{\"prompt\": \"rainy lo-fi\"}";
          case "/v1/batches" -> "{\"jobs\": [{\"prompt\": \"rainy lo-fi\"}]}";
          case "/v1/uploads", "/v1/endpoints" -> "{\"url\": \"https://files.example/a.mp3\"}";
          default -> "{\"status\": \"completed\", \"id\": \"p1\"}";
        };
    return operation.method().equals("POST") ? event.put("body", body) : event;
  }

  private static String id(Operation operation, JobId job) {
    return operation.path().startsWith("/v1/songs")
        ? job + "-1"
        : operation.path().startsWith("/v1/endpoints") ? "ep_x" : job.value();
  }

  private Answer invoke(Operation operation, Map<String, String> environment, ObjectNode event)
      throws Exception {
    RequestStreamHandler handler = Handlers.of(function(operation), environment);
    JsonNode answer = Handlers.run(handler, event);
    Map<String, List<String>> headers = new HashMap<>();
    answer
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), List.of(header.getValue().asText())));
    Call call =
        new Call(
            operation.method(),
            operation.path().replaceAll("\\{[^}]+}", "x-1"),
            Map.of(),
            Optional.empty());
    Answer given =
        new Answer(answer.path("statusCode").asInt(), headers, answer.path("body").asText());
    contract.check(call, given);
    return given;
  }

  // ---- And nothing is left out ----

  @Test
  @Order(Integer.MAX_VALUE)
  void shouldHaveSeenEveryAnswerThatTheDocumentPromises() {
    assertThat(contract.unseen()).isEmpty();
  }
}
