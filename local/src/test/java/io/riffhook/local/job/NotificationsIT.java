package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbDeliveryStore;
import io.riffhook.aws.DynamoDbEndpointStore;
import io.riffhook.domain.Delivery;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.Endpoint;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.EndpointStore;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.WebhookSecret;
import io.riffhook.local.docs.EventSchemas;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A job's owner is told of it by signed webhooks, through the deployed functions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Rig rig = Rig.start();
  private final Map<String, String> environment = rig.machine().environment("NotifyFunction");
  private final DynamoDbClient dynamoDb = new AwsClients(environment).dynamoDb();
  private final EndpointStore endpoints =
      new DynamoDbEndpointStore(dynamoDb, environment.getOrDefault("RIFFHOOK_TABLE", ""));
  private final DeliveryStore deliveries =
      new DynamoDbDeliveryStore(dynamoDb, environment.getOrDefault("RIFFHOOK_TABLE", ""));
  private final List<HttpServer> servers = new ArrayList<>();

  NotificationsIT() throws Exception {}

  @AfterAll
  void close() {
    servers.forEach(server -> server.stop(0));
    dynamoDb.close();
    rig.close();
  }

  /** What came in, and how it is answered. */
  private final class Receiver {
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private Receiver(int failures) throws Exception {
      AtomicInteger left = new AtomicInteger(failures);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/hooks",
          exchange -> {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(headers, new String(body, StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(left.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
          });
      server.start();
      servers.add(server);
    }

    private URI url() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
    }

    private Received next() throws Exception {
      Received next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came to " + url());
      }
      return next;
    }

    /** All up to the one that tells that the job is ready. */
    private List<Received> untilReady() throws Exception {
      List<Received> all = new ArrayList<>();
      do {
        all.add(next());
      } while (!all.getLast().json().path("type").asText().equals("job.ready"));
      return all;
    }
  }

  private record Received(Map<String, List<String>> headers, String body) {
    private JsonNode json() throws Exception {
      return JSON.readTree(body);
    }

    private void verify(String secret) throws Exception {
      new Webhook(secret).verify(body, headers);
    }
  }

  private static List<String> types(List<Received> all) throws Exception {
    List<String> types = new ArrayList<>();
    for (Received each : all) {
      types.add(each.json().path("type").asText());
    }
    return types;
  }

  private static String body(Receiver receiver, String more) {
    return "{\"prompt\":\"paper boats\",\"formats\":[\"mp3\"],\"webhookUrl\":\"%s\"%s}"
        .formatted(receiver.url(), more);
  }

  private String signer() {
    return endpoints
        .find(Owner.LOCAL, EndpointId.DEFAULT)
        .orElseThrow()
        .secrets()
        .getFirst()
        .value();
  }

  @Test
  void shouldTellTheUrlOfAJobOfItsWholeLife() throws Exception {
    Receiver shop = new Receiver(0);
    String id = rig.submit(body(shop, ""));

    List<Received> told = shop.untilReady();

    assertThat(types(told)).containsExactly("job.submitted", "song.stored", "job.ready");
    long sequence = 0;
    for (Received each : told) {
      each.verify(signer());
      JsonNode json = each.json();
      assertThat(EventSchemas.errors(json)).isEmpty();
      assertThat(each.headers().get("content-type")).containsExactly("application/json");
      assertThat(each.headers().get("user-agent")).containsExactly("riffhook");
      assertThat(each.headers().get("webhook-id")).containsExactly(json.path("id").asText());
      assertThat(json.path("owner").asText()).isEqualTo("local");
      assertThat(json.at("/data/job/id").asText()).isEqualTo(id);
      assertThat(json.path("sequence").asLong()).isGreaterThan(sequence);
      sequence = json.path("sequence").asLong();
      assertThat(Instant.parse(json.path("timestamp").asText())).isBefore(Instant.now());
      assertThat(json.findValues("url")).isEmpty();
    }
    assertThat(told.get(1).json().at("/data/song/id").asText()).startsWith(id + "-");
    JsonNode last = told.getLast().json().at("/data/job");
    assertThat(last).isEqualTo(rig.job(id));
    assertThat(last.path("status").asText()).isEqualTo("READY");
  }

  @Test
  void shouldTellAnEndpointOfTheOwnerOfWhatItPicked() throws Exception {
    Receiver studio = new Receiver(0);
    Receiver shop = new Receiver(0);
    EndpointId studioId = new EndpointId("ep_studio");
    String secret = WebhookSecret.generate(new SecureRandom()).value();
    endpoints.insert(
        new Endpoint(
            studioId,
            Owner.LOCAL,
            Optional.of(studio.url()),
            Optional.empty(),
            Set.of(EventType.SONG_STORED, EventType.JOB_READY),
            true,
            List.of(new WebhookSecret(secret, Optional.empty())),
            Instant.now(),
            Optional.empty(),
            Optional.empty()));
    try {
      String id = rig.submit(body(shop, ""));

      List<Received> told = studio.untilReady();

      assertThat(types(told)).containsExactly("song.stored", "job.ready");
      for (Received each : told) {
        each.verify(secret);
        assertThat(EventSchemas.errors(each.json())).isEmpty();
        assertThat(each.json().at("/data/job/id").asText()).isEqualTo(id);
      }
      JsonNode song = told.getFirst().json().at("/data/song");
      assertThat(song.path("assets"))
          .isNotEmpty()
          .allSatisfy(asset -> assertThat(length(asset)).isEqualTo(asset.path("bytes").asInt()));
      assertThat(types(shop.untilReady())).contains("job.submitted");
      awaitDelivered(studioId, 2);
    } finally {
      endpoints.delete(Owner.LOCAL, studioId);
    }
  }

  /** How many bytes are behind the link to an asset. */
  private static int length(JsonNode asset) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest get = HttpRequest.newBuilder(URI.create(asset.path("url").asText())).build();
      return http.send(get, HttpResponse.BodyHandlers.ofByteArray()).body().length;
    } catch (Exception e) {
      throw new AssertionError("a link does not work", e);
    }
  }

  /** A delivery is written down after its answer came. */
  private void awaitDelivered(EndpointId endpoint, int count) throws Exception {
    DeliveryStore.Filter delivered =
        new DeliveryStore.Filter(List.of(Delivery.State.DELIVERED), Optional.empty());
    rig.await(
        () ->
            deliveries
                    .of(
                        Owner.LOCAL,
                        endpoint,
                        delivered,
                        DeliveryStore.Order.LATEST_FIRST,
                        new Page.Request(10, Optional.empty()))
                    .items()
                    .size()
                == count);
  }

  @Test
  void shouldTellAReceiverAgainThatFailed() throws Exception {
    Receiver shop = new Receiver(1);
    rig.submit(body(shop, ",\"webhookEvents\":[\"job.ready\"]"));

    Received first = shop.next();
    Received second = shop.next();

    assertThat(second.headers().get("webhook-id")).isEqualTo(first.headers().get("webhook-id"));
    assertThat(second.json().path("type").asText()).isEqualTo("job.ready");
    second.verify(signer());
  }
}
