package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.Owner;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Nobody gets in without a key that works, and nobody gets at what another owner has: every
 * operation of docs/openapi.yaml is tried on somebody else's jobs, songs, uploads and endpoints,
 * and answers to the byte as it does for an id that nobody has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnersIT {
  private static final Owner ALICE = new Owner("alice");
  private static final Owner BOB = new Owner("bob");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AUDIENCE = "riffhook-test";

  /** What differs from answer to answer, whoever calls. */
  private static final Set<String> BY_CHANCE = Set.of("date", "apigw-requestid");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore invocations = new Semaphore(0);
  private final ECKey issuerKey = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
  private final HttpServer issuer;
  private final Receiver receiver = new Receiver();
  private final Simulator simulator;
  private final LocalMachine machine;
  private final DynamoDbClient table;
  private final ApiKeys keys;
  private final String alice;
  private final String bob;

  private String ready = "";
  private String failed = "";
  private String queued = "";
  private String upload = "";
  private String batch = "";
  private String endpoint = "";
  private String delivery = "";

  OwnersIT() throws Exception {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(
        "/.well-known/openid-configuration",
        "{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(issuerUrl()));
    serve("/keys", new JWKSet(issuerKey.toPublicJWK()).toString());
    issuer.start();
    simulator = Simulator.start(quick(), 0);
    machine =
        LocalMachine.start(
            LocalOptions.inMemory(Repository.TEMPLATE)
                .withEnvironment(
                    Map.of(
                        "RIFFHOOK_REQUIRE_KEYS",
                        "true",
                        "RIFFHOOK_JWT_ISSUER",
                        issuerUrl(),
                        "RIFFHOOK_JWT_AUDIENCE",
                        AUDIENCE,
                        "RIFFHOOK_PROVIDERS",
                        "useapi",
                        "USEAPI_BASE_URL",
                        simulator.baseUrl(),
                        "USEAPI_TOKEN",
                        simulator.token())));
    machine.onInvocation(_ -> invocations.release());
    table = new AwsClients(machine.resources()).dynamoDb();
    keys = new ApiKeys(store(), new SecureRandom(), InstantSource.system());
    alice = key(ALICE);
    bob = key(BOB);
  }

  private DynamoDbKeyStore store() {
    return new DynamoDbKeyStore(table, tableName());
  }

  private String tableName() {
    return Optional.ofNullable(machine.resources().get("RIFFHOOK_TABLE")).orElseThrow();
  }

  private static SimulatorSettings quick() {
    return SimulatorSettings.defaults()
        .generation(g -> g.withDuration(Duration.ZERO).withAudioSeconds(4).withFailing("thunder"));
  }

  private String issuerUrl() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private void serve(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    issuer.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String key(Owner owner) {
    return bearer(keys.create(owner, Optional.empty(), Optional.empty()));
  }

  private static String bearer(ApiKeys.Created created) {
    return "Bearer " + created.secret().reveal();
  }

  /** Something of Alice's in every state in which something can be done to it. */
  @BeforeAll
  void giveAliceWhatOthersWouldLikeToHave() throws Exception {
    ready = submit("{\"prompt\": \"paper boats\", \"formats\": [\"mp3\", \"stems\"]}");
    failed = submit("{\"prompt\": \"thunder\"}");
    await("/v1/jobs/" + ready, job -> job.path("status").asText().equals("READY"));
    await("/v1/jobs/" + failed, job -> job.path("status").asText().equals("FAILED"));
    simulator.settings(quick().faults(f -> f.withAccountError(true)));
    queued = submit("{\"prompt\": \"a song that waits\"}");
    String link =
        send(alice, "GET", "/v1/songs/" + ready + "-1/assets/song.mp3", "")
            .headers()
            .firstValue("location")
            .orElseThrow();
    upload =
        json(send(alice, "POST", "/v1/uploads", "{\"url\": \"" + link + "\"}")).path("id").asText();
    await("/v1/uploads/" + upload, each -> each.path("status").asText().equals("stored"));
    // The provider fails its one job.
    simulator.settings(quick());
    batch =
        json(send(alice, "POST", "/v1/batches", "{\"jobs\": [{\"prompt\": \"thunder\"}]}"))
            .path("id")
            .asText();
    await("/v1/batches/" + batch, each -> each.path("status").asText().equals("ENDED"));
    simulator.settings(quick().faults(f -> f.withAccountError(true)));
    endpoint =
        json(send(
                alice,
                "POST",
                "/v1/endpoints",
                "{\"url\": \""
                    + receiver.url("/ok")
                    + "\", \"events\": [\"submission.rejected\"]}"))
            .path("id")
            .asText();
    delivery =
        json(send(alice, "POST", "/v1/endpoints/" + endpoint + "/test", "")).path("id").asText();
    await(
        "/v1/endpoints/" + endpoint + "/deliveries?state=delivered",
        page -> page.path("deliveries").size() == 1);
    // What is told is written down, too, and that is to be over before anybody looks.
    await("/v1/jobs", _ -> written().stream().noneMatch(OwnersIT::isToBeTold));
  }

  @AfterAll
  void close() {
    table.close();
    machine.close();
    simulator.close();
    issuer.stop(0);
    receiver.close();
  }

  private HttpResponse<String> send(String authorization, String method, String path, String body)
      throws Exception {
    return send(authorization, method, path, body, Optional.empty());
  }

  private HttpResponse<String> send(
      String authorization, String method, String path, String body, Optional<String> idempotency)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(machine.apiUrl().resolve(path))
            .header("content-type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    idempotency.ifPresent(key -> request.header("idempotency-key", key));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return Repository.JSON.readTree(answer.body());
  }

  private String submit(String body) throws Exception {
    HttpResponse<String> answer = send(alice, "POST", "/v1/jobs", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).path("id").asText();
  }

  private void await(String path, Predicate<JsonNode> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      invocations.drainPermits();
      JsonNode now = json(send(alice, "GET", path, ""));
      if (wanted.test(now)) {
        return;
      }
      long left = end - System.nanoTime();
      if (left <= 0 || !invocations.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        throw new AssertionError("it is still " + now.toPrettyString());
      }
    }
  }

  /** Everything that is written down but the keys, whose last use is. */
  private Set<Map<String, AttributeValue>> written() {
    return table.scanPaginator(scan -> scan.tableName(tableName())).items().stream()
        .filter(item -> !item.getOrDefault("SK", AttributeValue.fromS("")).s().equals("KEY"))
        .collect(Collectors.toSet());
  }

  private static boolean isToBeTold(Map<String, AttributeValue> item) {
    AttributeValue told = item.get("told");
    AttributeValue events = item.get("events");
    return told != null && events != null && Integer.parseInt(told.n()) < events.l().size();
  }

  private record Seen(int status, Map<String, List<String>> headers, String body) {
    static Seen of(HttpResponse<String> answer) {
      return new Seen(
          answer.statusCode(),
          answer.headers().map().entrySet().stream()
              .filter(header -> !BY_CHANCE.contains(header.getKey()))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
          answer.body());
    }
  }

  // ---- Other owners ----

  private static List<Operation> withIds() throws Exception {
    return Operation.all(Repository.openApi()).stream()
        .filter(operation -> operation.path().contains("{"))
        .filter(operation -> !operation.path().startsWith("/callbacks/"))
        .toList();
  }

  /** Alice's ids where the path has its variables. */
  private List<String> hers(Operation operation) {
    String path = operation.path().replace("{name}", "song.mp3").replace("{stem}", "drums.wav");
    List<String> ids =
        path.startsWith("/v1/jobs/")
            ? List.of(ready, failed, queued)
            : path.startsWith("/v1/songs/")
                ? List.of(ready + "-1")
                : path.startsWith("/v1/uploads/")
                    ? List.of(upload)
                    : path.startsWith("/v1/batches/")
                        ? List.of(batch)
                        : path.startsWith("/v1/endpoints/") ? List.of(endpoint) : List.of();
    return ids.stream()
        .map(id -> path.replace("{id}", id).replace("{deliveryId}", delivery))
        .toList();
  }

  private String nobodys(String path) {
    String none = "019aa3e1-0000-7000-8000-000000000000";
    return path.replace(ready, none)
        .replace(failed, none)
        .replace(queued, none)
        .replace(upload, none)
        .replace(batch, none)
        .replace(endpoint, "ep_none");
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> shouldAnswerForAnothersIdAsForOneThatNobodyHas() throws Exception {
    return withIds().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.method() + " " + operation.path(),
                    () -> {
                      assertThat(hers(operation)).isNotEmpty().noneMatch(p -> p.contains("{"));
                      for (String path : hers(operation)) {
                        assertAsGoodAsNobodys(operation.method(), path);
                      }
                    }));
  }

  private void assertAsGoodAsNobodys(String method, String path) throws Exception {
    Set<Map<String, AttributeValue>> before = written();
    int asked = simulator.requests().size();

    Seen hers = Seen.of(send(bob, method, path, ""));

    assertThat(hers.status()).as(path).isEqualTo(404);
    assertThat(hers).as(path).isEqualTo(Seen.of(send(bob, method, nobodys(path), "")));
    assertThat(written()).as("what is written down").isEqualTo(before);
    assertThat(simulator.requests()).as("calls of the provider").hasSize(asked);
    if (method.equals("GET")) {
      assertThat(send(alice, method, path, "").statusCode()).as("her own").isIn(200, 302);
    }
  }

  @Test
  @Order(1)
  void shouldListNothingOfAnybodyElses() throws Exception {
    for (String listing : List.of("jobs", "songs", "batches")) {
      JsonNode hers = json(send(alice, "GET", "/v1/" + listing + "?limit=1", ""));
      String cursor = hers.path("next").asText();

      assertThat(hers.path(listing)).hasSize(1);
      assertThat(json(send(bob, "GET", "/v1/" + listing, "")).path(listing)).isEmpty();
      assertThat(Seen.of(send(bob, "GET", "/v1/" + listing + "?cursor=" + cursor, "")))
          .as("her cursor is to him like any nonsense")
          .isEqualTo(Seen.of(send(bob, "GET", "/v1/" + listing + "?cursor=nonsense", "")));
    }
  }

  @Test
  @Order(1)
  void shouldListNobodyElsesEndpoints() throws Exception {
    JsonNode hers = json(send(alice, "GET", "/v1/endpoints", ""));
    JsonNode his = json(send(bob, "GET", "/v1/endpoints", ""));
    HttpResponse<String> herSecret = send(alice, "GET", "/v1/endpoints/default/secret", "");
    HttpResponse<String> hisSecret = send(bob, "GET", "/v1/endpoints/default/secret", "");

    assertThat(hers.path("endpoints").findValuesAsText("id")).contains(endpoint, "default");
    assertThat(his.path("endpoints").findValuesAsText("id")).containsExactly("default");
    assertThat(hisSecret.statusCode()).isEqualTo(200);
    assertThat(hisSecret.body().equals(herSecret.body())).as("the same secret").isFalse();
  }

  @Test
  @Order(1)
  void shouldStartFromNothingOfAnybodyElses() throws Exception {
    simulator.settings(quick());
    for (String body :
        List.of(
            "{\"operation\": \"cover\", \"source\": {\"songId\": \"" + ready + "-1\"}}",
            "{\"operation\": \"cover\", \"source\": {\"uploadId\": \"" + upload + "\"}}",
            "{\"operation\": \"compose\", \"sounds\": [{\"prompt\": \"x\"}], \"source\":"
                + " {\"songId\": \""
                + ready
                + "-1\"}}",
            "{\"operation\": \"compose\", \"sounds\": [{\"prompt\": \"x\"}], \"image\": \""
                + upload
                + "\"}")) {
      Set<Map<String, AttributeValue>> before = written();
      Seen hers = Seen.of(send(bob, "POST", "/v1/jobs", body));

      assertThat(hers.status()).as(hers.body()).isEqualTo(422);
      assertThat(hers.body()).contains("of yours");
      assertThat(hers).isEqualTo(Seen.of(send(bob, "POST", "/v1/jobs", nobodys(body))));
      assertThat(written()).isEqualTo(before);
    }
  }

  @Test
  @Order(2)
  void shouldNotTakeAnothersIdempotencyKeyForOnesOwn() throws Exception {
    Optional<String> key = Optional.of("order-1");
    String song = "{\"prompt\": \"one song\", \"formats\": [\"mp3\"]}";

    String first = json(send(alice, "POST", "/v1/jobs", song, key)).path("id").asText();
    HttpResponse<String> his = send(bob, "POST", "/v1/jobs", song, key);

    assertThat(his.statusCode()).as(his.body()).isEqualTo(202);
    assertThat(json(his).path("id").asText()).isNotEqualTo(first);
    assertThat(send(bob, "GET", "/v1/jobs/" + first, "").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void shouldHaveRefusedOnlyBecauseOfTheOwner() throws Exception {
    assertThat(send(alice, "POST", "/v1/jobs/" + queued + "/cancel", "").statusCode())
        .isEqualTo(200);
    assertThat(send(alice, "POST", "/v1/jobs/" + failed + "/retry", "").statusCode())
        .isEqualTo(202);
    assertThat(send(alice, "POST", "/v1/jobs/" + ready + "/retry", "").statusCode()).isEqualTo(409);
  }

  // ---- Nobody ----

  private static Stream<Operation> closed() throws Exception {
    return Operation.all(Repository.openApi()).stream()
        .filter(operation -> operation.path().startsWith("/v1/"))
        .filter(operation -> !operation.path().equals("/v1/health"));
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> shouldLetNobodyInWithoutAKeyThatWorks() throws Exception {
    String working = alice.substring("Bearer ".length());
    ApiKeys.Created revoked = keys.create(ALICE, Optional.empty(), Optional.empty());
    keys.revoke(revoked.key().id());
    char last = working.charAt(working.length() - 1);
    Map<String, String> refused =
        Map.of(
            "a revoked key",
            bearer(revoked),
            "an expired key",
            expired(),
            "a key that was never made",
            "Bearer rk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9aY9Xo",
            "a key with one character changed",
            "Bearer " + working.substring(0, working.length() - 1) + (last == 'A' ? 'B' : 'A'),
            "half a key",
            "Bearer " + working.substring(0, 20),
            "a key without its scheme",
            working,
            "a signed AWS request",
            "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/x, Signature=0",
            "a JWT of nobody",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.");
    return closed()
        .flatMap(
            operation ->
                Stream.concat(
                    Stream.of(refusal(operation, "no key", "", 401, "Unauthorized")),
                    refused.entrySet().stream()
                        .map(
                            each ->
                                refusal(
                                    operation, each.getKey(), each.getValue(), 403, "Forbidden"))));
  }

  private String expired() {
    InstantSource thePast = () -> Instant.now().minus(Duration.ofDays(2));
    return bearer(
        new ApiKeys(store(), new SecureRandom(), thePast)
            .create(ALICE, Optional.empty(), Optional.of(Duration.ofDays(1))));
  }

  private DynamicTest refusal(
      Operation operation, String name, String authorization, int status, String message) {
    return DynamicTest.dynamicTest(
        operation.method() + " " + operation.path() + " with " + name,
        () -> {
          String path = hers(operation).stream().findFirst().orElse(operation.path());
          HttpResponse<String> answer = send(authorization, operation.method(), path, "");
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
          assertThat(answer.body()).isEqualTo("{\"message\":\"%s\"}", message);
        });
  }

  // ---- The issuer's users ----

  private String token(String issuedBy, String audience, String subject) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec-1").build(),
            new JWTClaimsSet.Builder()
                .issuer(issuedBy)
                .audience(audience)
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
    token.sign(new ECDSASigner(issuerKey));
    return "Bearer " + token.serialize();
  }

  @Test
  @Order(1)
  void shouldTakeATokenOfTheIssuerAsItsUser() throws Exception {
    HttpResponse<String> hers =
        send(token(issuerUrl(), AUDIENCE, "alice"), "GET", "/v1/jobs/" + ready, "");
    HttpResponse<String> his =
        send(token(issuerUrl(), AUDIENCE, "bob"), "GET", "/v1/jobs/" + ready, "");

    assertThat(json(hers).path("id").asText()).isEqualTo(ready);
    assertThat(his.statusCode()).isEqualTo(404);
    for (String wrong :
        List.of(
            token("https://evil.example", AUDIENCE, "alice"),
            token(issuerUrl(), "another-app", "alice"),
            token(issuerUrl(), AUDIENCE, "al/../ice"))) {
      assertThat(send(wrong, "GET", "/v1/jobs/" + ready, "").statusCode()).isEqualTo(403);
    }
  }

  @Test
  @Order(1)
  void shouldAnswerHealthAndCallbacksToAnybody() throws Exception {
    assertThat(send("", "GET", "/v1/health", "").statusCode()).isEqualTo(200);
    assertThat(send("", "POST", "/callbacks/useapi/x/1.x", "{}").statusCode()).isEqualTo(404);
  }
}
