package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
    assumeTrue(succeeds("python3", "-c", "import samtranslator"), "no SAM translator installed");

    Result expansion =
        run("python3", Path.of("src", "test", "python", "transform.py").toString(), TEMPLATE);

    assertThat(expansion.exitCode()).as(expansion.output()).isZero();
    JsonNode resources = new ObjectMapper().readTree(expansion.output()).path("Resources");
    assertThat(resources)
        .filteredOn(resource -> resource.path("Type").asText().equals("AWS::Lambda::Function"))
        .isNotEmpty()
        .allSatisfy(
            function -> {
              assertThat(function.at("/Properties/Runtime").asText()).isEqualTo("java25");
              assertThat(function.at("/Properties/Architectures/0").asText()).isEqualTo("arm64");
            });
    JsonNode paths = resources.at("/HttpApi/Properties/Body/paths");
    assertThat(paths.at("/~1v1~1jobs/post/security/0").has("Bearer")).isTrue();
    assertThat(paths.at("/~1callbacks~1{provider}~1{jobId}~1{token}/post/security/0").has("NONE"))
        .isTrue();
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
