package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What useapi answers now and then, and the simulator never does. */
class UnusualAnswersIT {
  private static final byte[] AVIF = bytes("\0\0\0 ftypavif\0\0\0\0mif1avif a picture");
  private static final byte[] M4A = bytes("\0\0\0\u0018ftypM4A \0\0\0\0M4A mp42 music");
  private static final byte[] MP3 = bytes("ID3\4 music");

  private static Useapi useapi;
  private static Simulator simulator;
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    useapi = new Useapi();
    simulator = Simulator.start(Rig.quick(), 0);
    rig =
        Rig.start(
            simulator,
            Map.of(
                "RIFFHOOK_PROVIDERS", "useapi",
                "USEAPI_BASE_URL", useapi.baseUrl(),
                "USEAPI_TOKEN", "user:1-x"));
  }

  @AfterAll
  static void stop() {
    rig.close();
    useapi.close();
  }

  @BeforeEach
  void usual() {
    useapi.files.clear();
    useapi.fetched.clear();
    useapi.files.put("song.mp3", MP3);
  }

  @Test
  void shouldEndTheRetryOfASongWithoutALinkOnceTheProviderWasRead() throws Exception {
    // Given a provider that finished and names no link for the M4A
    String id = rig.submit("{\"prompt\": \"a ballad\", \"formats\": [\"m4a\"]}");
    JsonNode failed = rig.awaitStatus(id, "FAILED");

    // When it is retried, and there is still none
    assertThat(rig.post("/v1/jobs/" + id + "/retry", "").statusCode()).isEqualTo(202);
    JsonNode again = rig.await(id, job -> isEnded(job, 2));

    // Then it fails for the same reason
    assertThat(again.path("status").asText()).isEqualTo("FAILED");
    assertThat(again.path("reason")).isEqualTo(failed.path("reason"));
    assertThat(again.path("reason").path("detail").asText())
        .isEqualTo("song.m4a could not be stored: the provider has none");

    // And a link that there is later is fetched
    useapi.files.put("song.m4a", M4A);
    assertThat(rig.post("/v1/jobs/" + id + "/retry", "").statusCode()).isEqualTo(202);
    assertThat(rig.await(id, job -> isEnded(job, 3)).path("status").asText()).isEqualTo("READY");
  }

  @Test
  void shouldNotWaitForACoverThatCanNeverFit() throws Exception {
    useapi.files.put("cover.jpg", AVIF);

    JsonNode job =
        rig.awaitStatus(rig.submit("{\"prompt\": \"a ballad\", \"formats\": [\"mp3\"]}"), "READY");

    String song = job.path("songs").get(0).path("id").asText();
    assertThat(Rig.json(rig.get("/v1/songs/" + song)).path("assets"))
        .anySatisfy(
            asset -> {
              assertThat(asset.path("name").asText()).isEqualTo("cover.jpg");
              assertThat(asset.path("status").asText()).isEqualTo("missing");
            });
    assertThat(useapi.fetched).filteredOn("cover.jpg"::equals).hasSize(1);
  }

  private static boolean isEnded(JsonNode job, int attempt) {
    return job.path("attempt").asInt() == attempt
        && List.of("READY", "FAILED").contains(job.path("status").asText());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The few calls of useapi's Riffusion that a song needs, with links to the files it has. */
  private static final class Useapi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private final AtomicInteger jobs = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private Useapi() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", this::answer);
      server.start();
    }

    private String baseUrl() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/riffusion";
    }

    private void answer(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      try (exchange) {
        if (exchange.getRequestMethod().equals("POST")) {
          String id = "job-" + jobs.incrementAndGet();
          String reply = JSON.readTree(exchange.getRequestBody()).path("replyUrl").asText();
          send(exchange, 200, JSON.writeValueAsBytes(Map.of("job_id", id, "user_id", "u")));
          threads.execute(() -> call(reply, id));
        } else if (path.startsWith("/media/")) {
          file(exchange, path.substring("/media/".length()));
        } else if (query.contains("download_format=mp3")) {
          file(exchange, "song.mp3");
        } else {
          String id = query.replaceAll(".*\\bid=([^&]*).*", "$1");
          send(exchange, 200, JSON.writeValueAsBytes(List.of(song(id))));
        }
      }
    }

    private ObjectNode song(String id) {
      String media = "http://127.0.0.1:" + server.getAddress().getPort() + "/media/";
      ObjectNode song =
          JSON.createObjectNode().put("id", id).put("title", "Case").put("status", "completed");
      song.put("lyrics", "[Instrumental]").put("duration_s", 3.0);
      if (files.containsKey("song.m4a")) {
        song.put("download_url", media + "song.m4a");
      }
      if (files.containsKey("cover.jpg")) {
        song.put("image_url", media + "cover.jpg");
      }
      return song;
    }

    private void call(String reply, String id) {
      try {
        http.send(
            HttpRequest.newBuilder(URI.create(reply))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(song(id).toString()))
                .build(),
            HttpResponse.BodyHandlers.discarding());
      } catch (IOException e) {
        throw new IllegalStateException("the callback failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void file(HttpExchange exchange, String name) throws IOException {
      fetched.add(name);
      byte[] file = files.get(name);
      send(exchange, file == null ? 404 : 200, file == null ? new byte[0] : file);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
      server.stop(0);
      threads.close();
      http.close();
    }
  }
}
