package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Operation;
import io.riffhook.local.secrets.SecretServer;
import io.riffhook.providers.ConfiguredProviders;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every provider and every operation, end to end through the real handlers: it works, with bytes in
 * S3, or it is refused with the documented 422.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryOperationIT {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> songs = new HashMap<>();
  private String upload = "";
  private SecretServer secrets;
  private Rig rig;
  private JsonNode providers;

  @BeforeAll
  void start() throws Exception {
    secrets = SecretServer.start();
    rig = Rig.startWithAllProviders(secrets);
    providers = Rig.json(rig.get("/v1/providers")).path("providers");
  }

  @AfterAll
  void stop() {
    rig.close();
    secrets.close();
  }

  static Stream<Arguments> cells() {
    return ConfiguredProviders.names().stream()
        .flatMap(
            provider ->
                Arrays.stream(Operation.Kind.values())
                    .map(kind -> Arguments.of(provider, kind.value())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cells")
  void shouldWorkOrBeRefused(String provider, String operation) throws Exception {
    JsonNode can = provider(provider);
    ObjectNode body = body(can, operation);
    if (words(can.path("operations")).contains(operation)) {
      String source = can.at("/sources/" + operation).asText();
      if (!List.of("compose", "prompt").contains(operation)) {
        String song = songOf(source.equals("own-songs") ? provider : "useapi");
        body.putObject("source").put("songId", song);
      }
      JsonNode job = done(body, can.path("signal").asText());
      assertThat(job.path("provider").asText()).isEqualTo(provider);
      verifyFiles(job);
    } else {
      if (!List.of("compose", "prompt").contains(operation)) {
        body.putObject("source").put("songId", songOf("useapi"));
      }
      HttpResponse<String> answer = rig.post("/v1/jobs", body.toString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      JsonNode error = Rig.json(answer).at("/errors/0");
      assertThat(error.path("pointer").asText()).isEqualTo("/operation");
      assertThat(error.path("detail").asText())
          .startsWith(provider + " cannot do " + operation + "; configured and able: ")
          .contains(able(operation));
    }
  }

  /** Every provider's own formats, stems among them, of one song. */
  @ParameterizedTest
  @MethodSource("names")
  void shouldStoreEveryFormatThatAProviderGives(String provider) throws Exception {
    JsonNode can = provider(provider);
    ObjectNode body = body(can, "prompt");
    body.set("formats", can.path("formats"));
    JsonNode job = done(body, can.path("signal").asText());
    verifyFiles(job);
    List<String> assets =
        job.at("/songs/0/assets").findValuesAsText("name").stream().sorted().toList();
    for (JsonNode format : can.path("formats")) {
      if (format.asText().equals("stems")) {
        assertThat(assets).filteredOn(name -> name.startsWith("stems/")).hasSizeGreaterThan(1);
      } else {
        assertThat(assets).contains("song." + format.asText());
      }
    }
  }

  /** From a file that a caller gave, which the provider is given once. */
  @ParameterizedTest
  @MethodSource("names")
  void shouldStartFromAnUpload(String provider) throws Exception {
    JsonNode can = provider(provider);
    List<String> operations =
        words(can.path("operations")).stream()
            .filter(each -> List.of("any", "files").contains(can.at("/sources/" + each).asText()))
            .toList();
    if (operations.isEmpty()) {
      ObjectNode body = body(provider("musicapi"), "extend").put("provider", provider);
      body.putObject("source").put("uploadId", upload());
      assertThat(rig.post("/v1/jobs", body.toString()).statusCode()).isEqualTo(422);
      return;
    }
    ObjectNode body = body(can, operations.getFirst());
    body.putObject("source").put("uploadId", upload());
    verifyFiles(done(body, can.path("signal").asText()));
    long given = given();
    verifyFiles(done(body, can.path("signal").asText()));
    assertThat(given()).isEqualTo(given);
  }

  /** The batch function judges lines, too, and so reads how this provider is described. */
  @Test
  void shouldRunABatchAtTheProviderThatAParameterDescribes() throws Exception {
    ObjectNode batch = JSON.createObjectNode();
    batch.putArray("jobs").add(body(provider("standard"), "prompt"));
    HttpResponse<String> answer = rig.post("/v1/batches", batch.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode ended =
        rig.awaitAt(
            "/v1/batches/" + Rig.json(answer).path("id").asText(),
            seen -> seen.path("status").asText().equals("ENDED"));
    assertThat(ended.at("/counts/READY").asInt()).isEqualTo(1);
  }

  private long given() {
    return rig.simulator().requests().stream()
        .filter(request -> request.method().equals("POST") && request.path().contains("upload"))
        .count();
  }

  private String upload() throws Exception {
    if (upload.isEmpty()) {
      String song = songOf("useapi");
      HttpResponse<String> link = rig.get("/v1/songs/" + song + "/assets/song.m4a");
      String url = link.headers().firstValue("location").orElseThrow();
      HttpResponse<String> answer =
          rig.post("/v1/uploads", JSON.createObjectNode().put("url", url).toString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      upload = Rig.json(answer).path("id").asText();
    }
    return upload;
  }

  static Stream<String> names() {
    return ConfiguredProviders.names().stream();
  }

  @Test
  void shouldListAllOfThem() {
    assertThat(providers.findValuesAsText("name")).containsAll(ConfiguredProviders.names());
    assertThat(providers)
        .allSatisfy(each -> assertThat(each.path("configured").asBoolean()).isTrue())
        .allSatisfy(each -> assertThat(each.at("/health/status").asText()).isEqualTo("well"));
  }

  private JsonNode provider(String name) {
    for (JsonNode each : providers) {
      if (each.path("name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError("no provider " + name);
  }

  private List<String> able(String operation) {
    return Stream.iterate(0, i -> i < providers.size(), i -> i + 1)
        .map(providers::get)
        .filter(each -> words(each.path("operations")).contains(operation))
        .map(each -> each.path("name").asText())
        .toList();
  }

  /** The least that a provider needs for an operation, with a value that is in its range. */
  private static ObjectNode body(JsonNode can, String operation) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("operation", operation)
            .put("provider", can.path("name").asText());
    // One that needs no making: all of them are stored by another test.
    body.putArray("formats").add(words(can.path("formats")).contains("m4a") ? "m4a" : "mp3");
    if (operation.equals("compose")) {
      body.putArray("sounds").addObject().put("prompt", "lo-fi, soft keys");
    } else {
      body.put("prompt", "lo-fi, soft keys, " + can.path("name").asText());
    }
    if (operation.equals("replace")) {
      body.put("start", 1);
    }
    for (JsonNode option : can.at("/options/" + operation)) {
      if (option.path("required").asBoolean()) {
        switch (option.path("name").asText()) {
          case "lyrics" -> body.put("lyrics", "[Verse]\nPaper boats along the gutter");
          case "title" -> body.put("title", "Paper Boats");
          case "at" -> body.put("at", 2);
          case "seconds" -> body.put("seconds", Math.max(2, option.path("min").asInt()));
          case "end" -> body.put("end", 3);
          case "coverStrength" -> body.put("coverStrength", 0.5);
          case "prompt", "sounds", "start" -> {
            // There already.
          }
          default -> throw new AssertionError("no value for " + option);
        }
      }
    }
    boolean takesPrompt =
        Stream.iterate(0, i -> i < can.at("/options/" + operation).size(), i -> i + 1)
            .map(i -> can.at("/options/" + operation).get(i).path("name").asText())
            .anyMatch("prompt"::equals);
    if (!takesPrompt && can.at("/options/" + operation).isArray()) {
      body.remove("prompt");
    }
    return body;
  }

  private static List<String> words(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
        .map(i -> list.get(i).asText())
        .toList();
  }

  /** A stored song that a provider made, once. */
  private String songOf(String provider) throws Exception {
    String known = songs.get(provider);
    if (known != null) {
      return known;
    }
    JsonNode can = provider(provider);
    String song = done(body(can, "prompt"), can.path("signal").asText()).at("/songs/0/id").asText();
    songs.put(provider, song);
    return song;
  }

  private JsonNode done(ObjectNode body, String signal) throws Exception {
    HttpResponse<String> answer = rig.post("/v1/jobs", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = Rig.json(answer).path("id").asText();
    if (signal.equals("webhook")) {
      return rig.await(id, EveryOperationIT::hasEnded);
    }
    rig.await(id, job -> !job.path("status").asText().equals("QUEUED"));
    return rig.checkUntil(id, "READY");
  }

  private static boolean hasEnded(JsonNode job) {
    return List.of("READY", "FAILED", "REJECTED").contains(job.path("status").asText());
  }

  /** Every asset is stored, and the bytes are what was said of them. */
  private void verifyFiles(JsonNode job) throws Exception {
    assertThat(job.path("status").asText()).as(job.toPrettyString()).isEqualTo("READY");
    assertThat(job.path("songs")).isNotEmpty();
    for (JsonNode song : job.path("songs")) {
      boolean sounds = false;
      for (JsonNode asset : song.path("assets")) {
        assertThat(asset.path("status").asText()).as(asset.toString()).isEqualTo("stored");
        byte[] bytes =
            rig.bytes(
                "/v1/songs/"
                    + song.path("id").asText()
                    + "/assets/"
                    + asset.path("name").asText().replace(" ", "%20"));
        assertThat(bytes).hasSize(asset.path("bytes").asInt());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
            .isEqualTo(asset.path("sha256").asText());
        sounds |= asset.path("kind").asText().equals("audio");
      }
      assertThat(sounds).isTrue();
    }
  }
}
