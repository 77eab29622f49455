package io.riffhook.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.aws.S3Clients;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What a browser asks before and with the calls of a web page, and what it is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsIT {
  private static final Path TEMPLATE = Path.of("..", "template.yaml");
  private static final String PAGE = "https://app.example";
  private static final String FOREIGN = "https://evil.example";

  private final LocalMachine machine =
      LocalMachine.start(
          LocalOptions.inMemory(TEMPLATE)
              .withEnvironment(
                  Map.of("RIFFHOOK_ALLOWED_ORIGINS", "https://other.example," + PAGE)));
  private final HttpClient client = HttpClient.newHttpClient();

  CorsIT() throws Exception {}

  @AfterAll
  void close() {
    client.close();
    machine.close();
  }

  private HttpResponse<String> call(String method, URI url, String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .headers(headers)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> preflight(URI url, String origin, String method, String headers)
      throws Exception {
    return call(
        "OPTIONS",
        url,
        "origin",
        origin,
        "access-control-request-method",
        method,
        "access-control-request-headers",
        headers);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static Stream<String> corsHeaders(HttpResponse<?> response) {
    return response.headers().map().keySet().stream()
        .filter(name -> name.startsWith("access-control-"));
  }

  private URI jobs() {
    return URI.create(machine.apiUrl() + "/v1/jobs");
  }

  @Test
  void shouldAllowAPageThatIsListedToSubmitAJob() throws Exception {
    HttpResponse<String> answer =
        preflight(jobs(), PAGE, "POST", "authorization,content-type,idempotency-key,prefer");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "access-control-allow-origin")).isEqualTo(PAGE);
    assertThat(header(answer, "access-control-allow-methods").split(",")).contains("POST");
    assertThat(header(answer, "access-control-allow-headers").split(","))
        .containsExactlyInAnyOrder("Authorization", "Content-Type", "Idempotency-Key", "Prefer");
    assertThat(header(answer, "access-control-max-age")).isEqualTo("3600");
    assertThat(header(answer, "access-control-allow-credentials")).isEmpty();
  }

  /** A page of another host is not the user of this machine: it needs a key, and may read that. */
  @Test
  void shouldLetThePageReadAnswersAndRefusals() throws Exception {
    HttpResponse<String> health =
        call("GET", URI.create(machine.apiUrl() + "/v1/health"), "origin", PAGE);
    HttpResponse<String> refused = call("GET", jobs(), "origin", PAGE);

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(Stream.of(health, refused))
        .allSatisfy(
            answer -> {
              assertThat(header(answer, "access-control-allow-origin")).isEqualTo(PAGE);
              assertThat(header(answer, "access-control-expose-headers").split(","))
                  .containsExactlyInAnyOrder("Location", "Retry-After", "Preference-Applied");
            });
  }

  @Test
  void shouldAllowNoForeignPage() throws Exception {
    HttpResponse<String> asked = preflight(jobs(), FOREIGN, "POST", "authorization");
    HttpResponse<String> called =
        call("GET", URI.create(machine.apiUrl() + "/v1/health"), "origin", FOREIGN);

    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(corsHeaders(asked)).isEmpty();
    assertThat(called.statusCode()).isEqualTo(200);
    assertThat(corsHeaders(called)).isEmpty();
  }

  /** After the API's redirect a browser sends the origin "null". */
  @Test
  void shouldLetAPagePlayAPartOfAFileByItsLink() throws Exception {
    URI link = link();
    HttpResponse<String> asked = preflight(link, PAGE, "GET", "range");
    assertThat(asked.statusCode()).isBetween(200, 204);
    assertThat(header(asked, "access-control-allow-origin")).isIn(PAGE, "*");
    assertThat(header(asked, "access-control-allow-methods")).contains("GET");
    assertThat(header(asked, "access-control-allow-headers")).containsIgnoringCase("range");

    for (String origin : new String[] {PAGE, "null"}) {
      HttpResponse<String> part = call("GET", link, "origin", origin, "range", "bytes=2-4");

      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("und");
      assertThat(header(part, "access-control-allow-origin")).isIn(origin, "*");
      assertThat(header(part, "access-control-expose-headers").split(", ?"))
          .contains("ETag", "Content-Range", "Accept-Ranges", "Content-Length");
    }
  }

  private URI link() {
    Map<String, String> resources = machine.resources();
    String bucket = Optional.ofNullable(resources.get("RIFFHOOK_BUCKET")).orElseThrow();
    S3Clients clients = new S3Clients(resources);
    try (S3Client s3 = clients.client();
        S3Presigner presigner = clients.presigner()) {
      s3.putObject(put -> put.bucket(bucket).key("a/song.mp3"), RequestBody.fromString("sounds"));
      return URI.create(
          presigner
              .presignGetObject(
                  sign ->
                      sign.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(get -> get.bucket(bucket).key("a/song.mp3")))
              .url()
              .toString());
    }
  }
}
