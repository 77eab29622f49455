package io.riffhook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMachineIT {
  private static final Path TEMPLATE = Path.of("src", "test", "resources", "host-template.yaml");

  private final Path folder;

  LocalMachineIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private static JsonNode environmentSeenBy(LocalMachine machine) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(machine.apiUrl() + "/echo")).build();
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(answer).path("environment");
    }
  }

  @Test
  void shouldTellFunctionsWhereTheyAreAndGiveThemTheSettings() throws Exception {
    LocalOptions options =
        LocalOptions.inMemory(TEMPLATE)
            .withEnvironment(
                Map.of(
                    "REPORTS",
                    "none",
                    "GREETING",
                    "good evening",
                    "FLOWMUSIC_BASE_URL",
                    "http://127.0.0.1:9/v1/flowmusic"));
    try (LocalMachine machine = LocalMachine.start(options)) {
      JsonNode environment = environmentSeenBy(machine);

      assertThat(environment.path("GREETING").asText()).isEqualTo("good evening");
      assertThat(environment.path("RIFFHOOK_ONE_MACHINE").asText()).isEqualTo("true");
      assertThat(environment.path("RIFFHOOK_PUBLIC_URL").asText())
          .isEqualTo(machine.apiUrl().toString());
      assertThat(environment.path("RIFFHOOK_CALLBACK_SECRETS").asText()).hasSize(64);
      machine
          .awsEnvironment()
          .forEach((name, value) -> assertThat(environment.path(name).asText()).isEqualTo(value));
      assertThat(machine.environment("EchoFunction")).containsEntry("GREETING", "good evening");
    }
  }

  @Test
  void shouldGiveNoPublicUrlToAProviderThatCannotReachThisMachine() throws Exception {
    LocalOptions options =
        LocalOptions.inMemory(TEMPLATE)
            .withEnvironment(
                Map.of("REPORTS", "none", "FLOWMUSIC_BASE_URL", "https://api.useapi.example/v1"));
    try (LocalMachine machine = LocalMachine.start(options)) {
      assertThat(environmentSeenBy(machine).path("RIFFHOOK_PUBLIC_URL").asText()).isEmpty();
    }
  }

  @Test
  void shouldGiveNoPublicUrlWhereOneProviderCannotReachThisMachine() throws Exception {
    Map<String, String> mixed =
        Map.of(
            "REPORTS", "none",
            "RIFFHOOK_PROVIDERS", "useapi, musicapi-producer",
            "USEAPI_BASE_URL", "http://127.0.0.1:9/v1/riffusion");
    try (LocalMachine machine =
        LocalMachine.start(LocalOptions.inMemory(TEMPLATE).withEnvironment(mixed))) {
      assertThat(machine.isReachable()).isFalse();
    }
    Map<String, String> here = new HashMap<>(mixed);
    here.put("MUSICAPI_PRODUCER_BASE_URL", "http://localhost:9/musicapi");
    try (LocalMachine machine =
        LocalMachine.start(LocalOptions.inMemory(TEMPLATE).withEnvironment(here))) {
      assertThat(machine.isReachable()).isTrue();
    }
  }

  @Test
  void shouldAllowNoWebPageByDefault() throws Exception {
    try (LocalMachine machine =
            LocalMachine.start(LocalOptions.inMemory(Path.of("..", "template.yaml")));
        HttpClient client = HttpClient.newHttpClient()) {
      for (String service :
          new String[] {
            machine.apiUrl() + "/v1/health",
            machine.awsEnvironment().get("AWS_ENDPOINT_URL_S3") + "/riffhook-bucket/a"
          }) {
        for (String method : new String[] {"OPTIONS", "GET"}) {
          HttpResponse<String> answer =
              client.send(
                  HttpRequest.newBuilder(URI.create(service))
                      .method(method, HttpRequest.BodyPublishers.noBody())
                      .headers(
                          "origin", "https://app.example", "access-control-request-method", "GET")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

          assertThat(answer.headers().map().keySet())
              .as("%s %s: %d", method, service, answer.statusCode())
              .noneMatch(name -> name.startsWith("access-control-"));
          assertThat(method.equals("GET") || answer.statusCode() >= 400).isTrue();
        }
      }
    }
  }

  @Test
  void shouldSayWhatAnAllowedOriginIs() {
    LocalOptions options =
        LocalOptions.inMemory(Path.of("..", "template.yaml"))
            .withEnvironment(Map.of("RIFFHOOK_ALLOWED_ORIGINS", "app.example"));

    assertThatThrownBy(() -> LocalMachine.start(options))
        .hasMessage(
            "parameter AllowedOrigins cannot be \"app.example\": Use origins such as"
                + " https://app.example, separated by commas without spaces, or *");
  }

  @Test
  void shouldKeepTheCallbackSecretWithTheData() throws Exception {
    LocalOptions options = LocalOptions.inMemory(TEMPLATE).withData(folder.resolve("data"));
    Optional<String> first;
    try (LocalMachine machine = LocalMachine.start(options)) {
      first = secret(machine);
    }

    try (LocalMachine machine = LocalMachine.start(options)) {
      assertThat(secret(machine)).isPresent().isEqualTo(first);
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("data/callback-secret"))).hasSize(2);
  }

  private static Optional<String> secret(LocalMachine machine) {
    return Optional.ofNullable(
        machine.environment("EchoFunction").get("RIFFHOOK_CALLBACK_SECRETS"));
  }

  @Test
  void shouldFailOnATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      LocalOptions options = LocalOptions.inMemory(TEMPLATE).withPort(taken.getLocalPort());

      assertThatThrownBy(() -> LocalMachine.start(options)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldSayWhichHandlerIsMissing() throws Exception {
    Path template = folder.resolve("template.yaml");
    Files.writeString(
        template,
        """
        Resources:
          GoneFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: com.example.Gone::handleRequest
        """);

    assertThatThrownBy(() -> LocalMachine.start(LocalOptions.inMemory(template)))
        .hasMessage("handler class com.example.Gone is not on the class path");
  }
}
