package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Asks AWS's own tools about template.yaml, on a machine that has them. */
class TemplateToolsTest {
  private static final String TEMPLATE = Path.of("..", "template.yaml").toString();

  @Test
  void shouldSatisfyCfnLint() throws Exception {
    assumeTrue(succeeds("cfn-lint", "--version"), "cfn-lint is not installed");

    Result lint = run("cfn-lint", TEMPLATE);

    assertThat(lint.output()).isEmpty();
    assertThat(lint.exitCode()).isZero();
  }

  @Test
  void shouldExpandAsCloudFormationWould() throws Exception {
    assertThat(expanded())
        .filteredOn(resource -> resource.path("Type").asText().equals("AWS::Lambda::Function"))
        .isNotEmpty()
        .allSatisfy(
            function -> {
              assertThat(function.at("/Properties/Runtime").asText()).isEqualTo("java25");
              assertThat(function.at("/Properties/Architectures/0").asText()).isEqualTo("arm64");
            });
  }

  private static JsonNode expanded() throws Exception {
    assumeTrue(succeeds("python3", "-c", "import samtranslator"), "no SAM translator installed");
    Result expansion =
        run("python3", Path.of("src", "test", "python", "transform.py").toString(), TEMPLATE);
    assertThat(expansion.exitCode()).as(expansion.output()).isZero();
    return new ObjectMapper().readTree(expansion.output()).path("Resources");
  }

  /** The document that API Gateway imports is valid, and is the one that other tests derive. */
  @Test
  void shouldMakeAValidApiDefinition() throws Exception {
    JsonNode body = expanded().at("/HttpApi/Properties/Body");
    JsonNode derived = ApiDefinition.derived(Template.read(Path.of(TEMPLATE), Map.of()));

    assertThat(withoutUris(body.path("paths"))).isEqualTo(withoutUris(derived.path("paths")));
    assertThat(body.at("/components/securitySchemes").fieldNames())
        .toIterable()
        .containsExactly("Bearer");
    for (boolean condition : new boolean[] {false, true}) {
      JsonNode imported = ApiDefinition.resolved(body, _ -> condition).orElseThrow();
      assertThat(imported.has("servers")).isEqualTo(condition);
      assertThat(imported.has("x-amazon-apigateway-cors")).isEqualTo(condition);
      assertThat(ApiDefinition.problems(imported)).isEmpty();
    }
  }

  /** Which function an operation calls is an ARN that only a deployment has. */
  private static JsonNode withoutUris(JsonNode paths) {
    JsonNode copy = paths.deepCopy();
    copy.findParents("uri").forEach(integration -> ((ObjectNode) integration).remove("uri"));
    return copy;
  }

  private record Result(int exitCode, String output) {}

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return run(command).exitCode() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private static Result run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.copyOf(Arrays.asList(command)));
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1"); // the translator wants one
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
