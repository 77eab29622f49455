package io.riffhook.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.docs.Handlers;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Template;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A deployed function whose secrets are in Secrets Manager, over its real protocol, while they are
 * rotated.
 */
class SecretRotationIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OLD_TOKEN = "user:1-rotated-away";
  private static final String NEW_TOKEN = "user:2-rotated-to";
  private static final String SECRETS = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
  private static final String OF_USEAPI = SECRETS + "UseapiTokenArn";
  private static final String OF_CALLBACKS = SECRETS + "CallbackSecrets";
  private static final String CALLBACK_SECRET = "callback-secret-in-secrets-manager";

  private final Template template = Template.read(Path.of("..", "template.yaml"), Map.of());
  private final SecretServer secrets = SecretServer.start();
  private final Simulator simulator;
  private final AwsServices aws;
  private final RequestStreamHandler submit;

  SecretRotationIT() throws Exception {
    simulator = Simulator.start(settings(OLD_TOKEN), 0);
    aws = AwsServices.start(new EmbeddedAws(Optional.empty()), template, Optional.empty());
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "RIFFHOOK_ONE_MACHINE", "true",
                "RIFFHOOK_PUBLIC_URL", "http://127.0.0.1:8080",
                "RIFFHOOK_PROVIDERS", "useapi",
                "USEAPI_BASE_URL", simulator.baseUrl()));
    settings.putAll(aws.environment());
    settings.putAll(secrets.environment());
    Map<String, String> environment =
        new HashMap<>(
            Optional.ofNullable(
                    template.environments(aws.resolver(), settings).get("SubmitFunction"))
                .orElseThrow());
    // As the template has it on Lambda, where a parameter says which secret holds the token.
    environment.put("USEAPI_TOKEN_ARN", OF_USEAPI);
    environment.put("RIFFHOOK_CALLBACK_SECRETS_ARN", OF_CALLBACKS);
    secrets.put(OF_USEAPI, OLD_TOKEN);
    secrets.put(OF_CALLBACKS, CALLBACK_SECRET);
    Function function =
        template.functions().stream()
            .filter(each -> each.name().equals("SubmitFunction"))
            .findFirst()
            .orElseThrow();
    submit = Handlers.of(function, environment);
  }

  private static SimulatorSettings settings(String token) {
    return SimulatorSettings.defaults()
        .withToken(token)
        .generation(how -> how.withAudioSeconds(4))
        .callbacks(how -> how.withNever(true));
  }

  @AfterEach
  void close() {
    aws.close();
    simulator.close();
    secrets.close();
  }

  /** Submits a job and answers it. */
  private JsonNode submit(String id) throws Exception {
    ObjectNode event = JSON.createObjectNode();
    event
        .put("version", "2.0")
        .put("routeKey", "POST /v1/jobs")
        .put("rawPath", "/v1/jobs")
        .put("body", "{\"prompt\":\"paper boats\"}")
        .put("isBase64Encoded", false);
    event.putObject("headers").put("idempotency-key", id).put("content-type", "application/json");
    event.putObject("requestContext").putObject("http").put("method", "POST");
    JsonNode answer = Handlers.run(submit, event);
    assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(202);
    return JSON.readTree(answer.path("body").asText());
  }

  @Test
  void shouldLoseNoJobToARotationOfTheProvidersToken() throws Exception {
    JsonNode first = submit("first");
    assertThat(first.path("status").asText()).isEqualTo("SUBMITTED");
    assertCallbackTokenIsSigned(first.path("id").asText());
    assertThat(submit("second").path("status").asText()).isEqualTo("SUBMITTED");
    assertThat(secrets.reads())
        .as("kept for a while")
        .containsExactlyInAnyOrder(OF_USEAPI, OF_CALLBACKS);

    // Rotated: the provider takes the old token no more, and the function knows of nothing
    secrets.put(OF_USEAPI, NEW_TOKEN);
    simulator.settings(settings(NEW_TOKEN));

    assertThat(submit("third").path("status").asText()).isEqualTo("SUBMITTED");
    assertThat(simulator.requests())
        .filteredOn(request -> request.path().endsWith("/music/create-prompt"))
        .extracting(RecordedRequest::status)
        .as("the old token is refused once, then the new one is taken")
        .containsExactly(200, 200, 401, 200);
  }

  private void assertCallbackTokenIsSigned(String job) {
    URI replyUrl =
        URI.create(
            simulator.requests().stream()
                .map(request -> bodyOf(request.body()).path("replyUrl").asText())
                .filter(url -> !url.isEmpty())
                .findFirst()
                .orElseThrow());
    String token = replyUrl.getPath().replaceFirst("^.*/", "");
    assertThat(new CallbackTokens(List.of(CALLBACK_SECRET)).verify("useapi", job, token))
        .hasValue(1);
  }

  private static JsonNode bodyOf(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
