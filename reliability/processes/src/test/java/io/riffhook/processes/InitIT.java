package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each function as it is packaged, in an environment as a first deployment has it: while the
 * function starts and is primed, no secret and no parameter can be read.
 */
class InitIT {
  private static final Path ROOT = Path.of("..", "..");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  /** The secret that the tokens in {@code events/} are made with. */
  private static final String SAMPLE_SECRET = "sample-secret-for-local-use-only";

  /** Hooks of snapshots are run as on Lambda. */
  private static final String COMPAT = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  /** An event of each function, and what its answer has at a place. */
  private static final Map<String, Map.Entry<String, String>> EVENTS =
      Map.of(
          "submit", entry("submit-http.json", "statusCode 202"),
          "callback", entry("callback-http.json", "statusCode 204"),
          "download", entry("download-collect-queue.json", "batchItemFailures []"),
          "check", entry("check-queue.json", "batchItemFailures []"),
          "notify", entry("notify-announce-queue.json", "batchItemFailures []"),
          "batch", entry("batch-list-http.json", "statusCode 200"),
          "api", entry("api-list-providers.json", "statusCode 200"),
          "authorizer", entry("authorizer-key.json", "isAuthorized false"));

  /** What the SDK and the JVM read by themselves, beside what the template declares. */
  private static final List<String> BLANK =
      List.of(
          "AWS_ENDPOINT_URL",
          "AWS_ENDPOINT_URL_SECRETS_MANAGER",
          "AWS_ENDPOINT_URL_SSM",
          "AWS_SESSION_TOKEN",
          "AWS_PROFILE",
          "AWS_MAX_ATTEMPTS",
          "AWS_RETRY_MODE",
          "AWS_USE_FIPS_ENDPOINT",
          "AWS_USE_DUALSTACK_ENDPOINT",
          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
          "AWS_CONFIG_FILE",
          "JAVA_TOOL_OPTIONS",
          "POWERTOOLS_SERVICE_NAME",
          "POWERTOOLS_LOG_LEVEL");

  private final List<Gate> gates = new ArrayList<>();
  private Path folder = Path.of("");
  private Template template;
  private AwsServices aws;
  private Gate values;
  private Map<String, String> endpoints;
  private Map<String, Map<String, String>> environments;

  @BeforeEach
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    template = Template.read(ROOT.resolve("template.yaml"), parameters());
    aws =
        AwsServices.start(
            new EmbeddedAws(Optional.of(folder.resolve("data"))), template, Optional.empty());
    values = Gate.before((_, operation, body) -> value(operation, JSON.readTree(body)));
    gates.add(values);
    endpoints = new HashMap<>(aws.environment());
    endpoints.put("AWS_ENDPOINT_URL", values.url());
    for (String service : List.of("DYNAMODB", "SQS", "S3")) {
      String name = "AWS_ENDPOINT_URL_" + service;
      Gate gate = Gate.before(URI.create(endpoints.getOrDefault(name, "")));
      gates.add(gate);
      endpoints.put(name, gate.url());
    }
    environments = template.environments(aws.resolver(), endpoints);
  }

  @AfterEach
  void stop() throws Exception {
    gates.forEach(Gate::close);
    aws.close();
  }

  /** Every parameter that names a secret or a parameter names one; providers lead nowhere. */
  private static Map<String, String> parameters() throws IOException {
    Map<String, String> parameters = new HashMap<>();
    for (String name :
        Template.read(ROOT.resolve("template.yaml"), Map.of()).parameters().keySet()) {
      if (name.endsWith("BaseUrl")) {
        parameters.put(name, "http://127.0.0.1:1");
      } else if (name.matches(".*(Token|Secret)Arn")) {
        parameters.put(name, "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + name);
      } else if (name.endsWith("Parameter")) {
        parameters.put(name, "/given/" + name);
      }
    }
    parameters.put("Providers", "useapi,standard");
    parameters.put("AwsEndpointUrl", "http://127.0.0.1:1"); // replaced; makes it one machine
    return parameters;
  }

  /** What Secrets Manager and SSM hold. */
  private static Gate.Answer value(String operation, JsonNode request) throws IOException {
    String name = request.path("SecretId").asText(request.path("Name").asText());
    String value =
        name.endsWith("CallbackSecrets")
            ? SAMPLE_SECRET
            : name.endsWith("public-url")
                ? "https://riffhook.example"
                : name.endsWith("StandardMappingParameter")
                    ? Files.readString(
                        ROOT.resolve(
                            "shared/providers/src/main/resources/io/riffhook/providers/standard/default-mapping.json"))
                    : "a-token";
    return new Gate.Answer(
        200,
        operation.equals("GetParameter")
            ? JSON.createObjectNode()
                .set("Parameter", JSON.createObjectNode().put("Value", value))
                .toString()
            : JSON.createObjectNode().put("SecretString", value).toString());
  }

  private static boolean isSource(String variable) {
    return variable.endsWith("_ARN") || variable.endsWith("_PARAMETER");
  }

  static Stream<Arguments> functionsAndFaults() {
    return EVENTS.keySet().stream()
        .sorted()
        .flatMap(
            name ->
                Stream.of(Gate.State.REFUSING, Gate.State.CUT)
                    .map(state -> Arguments.of(name, state)));
  }

  static Stream<String> functions() {
    return EVENTS.keySet().stream().sorted();
  }

  @Test
  void shouldKnowEveryFunction() {
    assertThat(template.functions().stream().map(InitIT::shortName))
        .containsExactlyInAnyOrderElementsOf(EVENTS.keySet());
  }

  @ParameterizedTest
  @MethodSource("functionsAndFaults")
  void shouldReadNothingInInitAndAnswerOnceItCan(String name, Gate.State fault) throws Exception {
    Function function = function(name);
    Map<String, String> environment = new HashMap<>(environment(function));
    assertThat(function.environment().keySet().stream().filter(InitIT::isSource))
        .as("variables that name a secret or a parameter")
        .allSatisfy(variable -> assertThat(environment.get(variable)).isNotBlank());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    gates.forEach(gate -> gate.state(fault));

    try (LambdaProcess process = process(name, environment, COMPAT)) {
      process.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(values.requests()).as("secrets and parameters read in INIT").isEmpty();
      TemplateGraph graph = new TemplateGraph(template);
      for (String variable : namedInInit(environment)) {
        assertThat(graph.named(function, variable))
            .as("resources that INIT of %s reads by %s", name, variable)
            .isNotEmpty()
            .allSatisfy(
                resource ->
                    assertThat(graph.before(resource))
                        .as("what %s depends on", resource)
                        .doesNotContain(function.name(), TemplateGraph.version(function.name())));
      }

      gates.forEach(gate -> gate.state(Gate.State.OPEN));
      assertAnswers(name, process);
    }
    if (Set.of("submit", "callback", "api").contains(name)) {
      assertThat(values.requests()).as("secrets and parameters read by the event").isNotEmpty();
    }
  }

  /** The variables whose values stand in what was asked of AWS while the function started. */
  private Set<String> namedInInit(Map<String, String> environment) {
    Set<String> asked = new TreeSet<>();
    gates.stream()
        .flatMap(gate -> gate.requests().stream())
        .forEach(
            request ->
                Stream.of("TableName", "QueueUrl", "SecretId", "Name", "Bucket")
                    .flatMap(field -> Optional.ofNullable(request.body().get(field)).stream())
                    .forEach(value -> asked.add(value.asText())));
    Set<String> names = new TreeSet<>();
    environment.forEach(
        (variable, value) -> {
          if (asked.contains(value)) {
            names.add(variable);
          }
        });
    assertThat(names).as("variables that hold %s", asked).hasSameSizeAs(asked);
    return names;
  }

  /** The parameter depends on the API, and the API on the version: the circle is there. */
  @Test
  void shouldSeeThatTheParameterOfTheUrlDependsOnTheFunctionThatReadsIt() {
    TemplateGraph graph = new TemplateGraph(template);
    Function submit = function("submit");

    assertThat(graph.named(submit, "RIFFHOOK_PUBLIC_URL_PARAMETER"))
        .containsExactly("PublicUrlParameter");
    assertThat(graph.before("PublicUrlParameter"))
        .contains("HttpApi", TemplateGraph.version(submit.name()), submit.name());
    assertThat(graph.before("HttpApi"))
        .containsAll(
            template.functions().stream()
                .filter(each -> !each.routes().isEmpty())
                .map(Function::name)
                .toList())
        .contains("AuthorizerFunction");
    assertThat(graph.before("Table")).doesNotContain(submit.name());
  }

  /** SAM CLI gives the empty text for each variable that it cannot resolve. */
  @ParameterizedTest
  @MethodSource("functions")
  void shouldStartWithEveryOptionalVariableBlank(String name) throws Exception {
    Map<String, String> environment = blank(name);
    environment.keySet().removeIf(each -> each.startsWith("AWS_ENDPOINT_URL_"));
    BLANK.forEach(each -> environment.put(each, ""));

    try (LambdaProcess process = process(name, environment)) {
      process.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(process.log()).doesNotContain("\"ERROR\"", "Exception");
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void shouldAnswerWithEveryOptionalVariableBlank(String name) throws Exception {
    gates.forEach(gate -> gate.state(Gate.State.OPEN));
    Map<String, String> environment = blank(name);
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_REGION", "");
    if (environment.containsKey("RIFFHOOK_CALLBACK_SECRETS_ARN")) {
      environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", values.url());
    }

    try (LambdaProcess process = process(name, environment)) {
      assertAnswers(name, process);
    }
  }

  /** With all variables blank but those that a function cannot do without. */
  private Map<String, String> blank(String name) {
    Map<String, String> environment = new HashMap<>(environment(function(name)));
    BLANK.forEach(each -> environment.put(each, ""));
    environment.replaceAll(
        (variable, value) ->
            function(name).environment().containsKey(variable)
                    && !variable.matches(
                        "RIFFHOOK_(TABLE|BUCKET|.*_QUEUE|CALLBACK_SECRETS_ARN|PROVIDERS)")
                ? ""
                : value);
    return environment;
  }

  private void assertAnswers(String name, LambdaProcess process) throws Exception {
    Map.Entry<String, String> event = Optional.ofNullable(EVENTS.get(name)).orElseThrow();
    String[] expected = event.getValue().split(" ", -1);
    byte[] bytes = Files.readAllBytes(ROOT.resolve("events").resolve(event.getKey()));
    JsonNode answer = JSON.readTree(process.invoke(bytes, PATIENCE));
    assertThat(answer.path(expected[0]).toString()).as(answer.toString()).isEqualTo(expected[1]);
  }

  private LambdaProcess process(String name, Map<String, String> environment, String... flags)
      throws IOException {
    FunctionCode code = FunctionCode.unpack(function(name), ROOT, folder.resolve(name));
    return LambdaProcess.start(code, environment, folder.resolve(name + ".log"), List.of(flags));
  }

  private static String shortName(Function function) {
    return function.name().replaceFirst("Function$", "").toLowerCase(Locale.ROOT);
  }

  private Function function(String name) {
    return template.functions().stream()
        .filter(each -> shortName(each).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> environment(Function function) {
    return Optional.ofNullable(environments.get(function.name())).orElseThrow();
  }
}
