package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API Gateway rejects the whole import, and so the deployment, if the document is not valid. */
class ApiDefinitionTest {
  private static final Path FILE = Path.of("..", "template.yaml");
  private static final String JOB = "/paths/~1v1~1jobs~1{id}/get";

  private static Template template(Map<String, String> parameters) throws IOException {
    return Template.read(FILE, parameters);
  }

  private static Set<String> routes(Template template) {
    return template.functions().stream()
        .flatMap(function -> function.routes().stream())
        .map(Route::key)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void shouldBeValid(String disabled) throws Exception {
    Template template =
        template(
            Map.of("DisableExecuteApiEndpoint", disabled, "AllowedOrigins", "https://app.example"));

    JsonNode document = ApiDefinition.derived(template);

    assertThat(ApiDefinition.operations(document))
        .hasSizeGreaterThan(25)
        .isEqualTo(routes(template));
    assertThat(document.has("servers")).isEqualTo(disabled.equals("true"));
    assertThat(ApiDefinition.problems(document)).isEmpty();
  }

  /** SAM would add an operation that is missing here without a schema and without a response. */
  @Test
  void shouldDeclareExactlyTheOperationsOfTheEvents() throws Exception {
    Template template = template(Map.of());
    JsonNode declared =
        ApiDefinition.derived(template).path("paths"); // of which only the declared have responses

    declared.forEach(
        path ->
            path.forEach(
                operation ->
                    assertThat(operation.path("responses").has("default"))
                        .as(operation.toPrettyString())
                        .isTrue()));
  }

  @Test
  void shouldFindAParameterWithoutASchema() throws Exception {
    JsonNode document = ApiDefinition.derived(template(Map.of()));
    ((ObjectNode) document.at(JOB + "/parameters/0")).remove("schema");

    assertThat(ApiDefinition.problems(document))
        .contains("attribute paths.'/v1/jobs/{id}'(get).parameters.[id].content is missing")
        .contains("get /v1/jobs/{id}: a parameter without a schema");
  }

  @Test
  void shouldFindAServerWithoutAUrl() throws Exception {
    JsonNode document =
        ApiDefinition.derived(
            template(
                Map.of("DisableExecuteApiEndpoint", "true", "PublicUrl", "https://a.example")));
    ((ObjectNode) document.at("/servers/0")).remove("url");

    assertThat(ApiDefinition.problems(document)).contains("attribute .servers.url is missing");
  }

  @Test
  void shouldFindASecuritySchemeThatDoesNotExist() throws Exception {
    JsonNode document = ApiDefinition.derived(template(Map.of()));
    ((ObjectNode) document.at(JOB)).putArray("security").addObject().putArray("NONE");

    assertThat(ApiDefinition.problems(document))
        .isEqualTo(List.of("get /v1/jobs/{id}: no security scheme NONE"));
  }
}
