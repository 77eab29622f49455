package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.ApiKeySecret;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.JobId;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Route;
import io.riffhook.local.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the files of events/ must be, whatever a handler does with them. */
class EventFilesTest {
  /** The secret that docs/sam-local.md has people set; the samples' tokens are made with it. */
  static final String SAMPLE_SECRET = "sample-secret-for-local-use-only";

  /** The key that all samples of calls come with, of 32 bytes that everybody can guess. */
  static final String SAMPLE_KEY = "rk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9aY9Xo";

  private final Template template = Repository.template();
  private final Map<String, JsonNode> events = new TreeMap<>();

  EventFilesTest() throws IOException {
    try (Stream<Path> files = Files.list(Repository.EVENTS)) {
      files.forEach(file -> events.put(file.getFileName().toString(), Repository.json(file)));
    }
  }

  private static String prefix(Function function) {
    return function.name().replaceFirst("Function$", "").toLowerCase(Locale.ROOT) + "-";
  }

  private List<JsonNode> of(Function function) {
    return events.entrySet().stream()
        .filter(event -> event.getKey().startsWith(prefix(function)))
        .map(Map.Entry::getValue)
        .toList();
  }

  private List<JsonNode> records() {
    List<JsonNode> records = new ArrayList<>();
    events.values().forEach(event -> event.path("Records").forEach(records::add));
    return records;
  }

  @Test
  void shouldHoldAnEventForEveryTriggerOfTheTemplate() {
    for (Function function : template.functions()) {
      assertThat(of(function)).as(function.name()).isNotEmpty();
      function
          .routes()
          .forEach(
              route ->
                  assertThat(of(function))
                      .as(route.key())
                      .anyMatch(event -> event.path("routeKey").asText().equals(route.key())));
      function
          .queueSources()
          .forEach(
              source ->
                  assertThat(of(function))
                      .as(source.queue())
                      .anyMatch(
                          event ->
                              event
                                  .at("/Records/0/eventSourceARN")
                                  .asText()
                                  .contains("-" + source.queue() + "-")));
    }
  }

  @Test
  void shouldHoldTheTokenOfTheSampleSecret() {
    String token =
        CallbackTokens.fromSetting(SAMPLE_SECRET).token("useapi", new JobId("sample-job"), 1);

    assertThat(events.entrySet().stream().filter(event -> event.getKey().startsWith("callback-")))
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.getValue().at("/pathParameters/token").asText()).isEqualTo(token);
              assertThat(event.getValue().path("rawPath").asText())
                  .isEqualTo("/callbacks/useapi/sample-job/" + token);
            });
  }

  @Test
  void shouldLookAsTheGatewaySendsThem() {
    assertThat(events.values().stream().filter(event -> event.has("routeKey")))
        .isNotEmpty()
        .allSatisfy(
            event -> {
              JsonNode context = event.path("requestContext");
              assertThat(event.path("version").asText()).isEqualTo("2.0");
              assertThat(context.path("routeKey")).isEqualTo(event.path("routeKey"));
              assertThat(event.path("routeKey").asText())
                  .startsWith(context.at("/http/method").asText() + " ");
              assertThat(context.at("/http/path")).isEqualTo(event.path("rawPath"));
              assertThat(event.path("headers").properties())
                  .allMatch(
                      header -> header.getKey().equals(header.getKey().toLowerCase(Locale.ROOT)));
              assertThat(event.path("isBase64Encoded").isBoolean())
                  .isNotEqualTo(event.has("identitySource"));
              assertThat(event.at("/headers/content-length").asInt())
                  .isEqualTo(event.path("body").asText("").getBytes(StandardCharsets.UTF_8).length);
            });
  }

  @Test
  void shouldComeWithTheSampleKeyWhereARouteIsNotOpen() {
    String id = ApiKeySecret.parse(SAMPLE_KEY).orElseThrow().hash().id().value();
    Set<String> closed =
        template.functions().stream()
            .flatMap(function -> function.routes().stream())
            .filter(route -> route.authorizer().isPresent())
            .map(Route::key)
            .collect(Collectors.toSet());
    assertThat(
            events.values().stream().filter(each -> closed.contains(each.at("/routeKey").asText())))
        .hasSizeGreaterThan(closed.size())
        .allSatisfy(
            event -> {
              assertThat(event.at("/headers/authorization").asText())
                  .isEqualTo("Bearer " + SAMPLE_KEY);
              if (event.has("identitySource")) {
                assertThat(event.path("type").asText()).isEqualTo("REQUEST");
                assertThat(event.at("/identitySource/0"))
                    .isEqualTo(event.at("/headers/authorization"));
                assertThat(event.path("requestContext").has("authorizer")).isFalse();
              } else {
                JsonNode caller = event.at("/requestContext/authorizer/lambda");
                assertThat(caller.path("owner").asText()).isEqualTo("sample-owner");
                assertThat(caller.path("keyId").asText()).isEqualTo(id);
              }
            });
  }

  @Test
  void shouldLookAsAQueueSendsThem() throws Exception {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    assertThat(records())
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
              assertThat(record.path("md5OfBody").asText())
                  .isEqualTo(
                      HexFormat.of()
                          .formatHex(
                              md5.digest(
                                  record.path("body").asText().getBytes(StandardCharsets.UTF_8))));
              assertThat(record.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
              assertThat(record.path("receiptHandle").asText()).isNotEmpty();
            });
    assertThat(records().stream().map(record -> record.path("messageId").asText()))
        .doesNotHaveDuplicates();
  }
}
