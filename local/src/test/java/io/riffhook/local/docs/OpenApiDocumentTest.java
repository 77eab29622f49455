package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Asset;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Status;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.Problem;
import io.riffhook.local.template.Cors;
import io.riffhook.local.template.Template;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/openapi.yaml must agree on with template.yaml and the code, without running either. */
class OpenApiDocumentTest {
  private final JsonNode document = Repository.openApi();

  OpenApiDocumentTest() throws IOException {}

  @Test
  void shouldParseWithoutComplaint() throws IOException {
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(Files.readString(Repository.OPENAPI));

    assertThat(result.getMessages()).isEmpty();
  }

  @Test
  void shouldDescribeEveryRouteOfTheTemplateAndNoOther() throws IOException {
    List<String> routes =
        Repository.template().functions().stream()
            .flatMap(function -> function.routes().stream())
            .map(route -> route.key())
            .toList();

    assertThat(Operation.all(document).stream().map(Operation::route).distinct())
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  /** What a web page may send and read is what the document has, and what HTTP itself needs. */
  @Test
  void shouldAgreeWithTheHeadersThatWebPagesMayUse() throws IOException {
    Cors cors =
        Template.read(Repository.TEMPLATE, Map.of("AllowedOrigins", "*")).cors().orElseThrow();
    Set<String> sent = new TreeSet<>(Set.of("Authorization", "Content-Type"));
    document.findParents("in").stream()
        .filter(parameter -> parameter.path("in").asText().equals("header"))
        .filter(parameter -> !parameter.path("type").asText().equals("apiKey"))
        .forEach(parameter -> sent.add(parameter.path("name").asText()));
    Set<String> read = new TreeSet<>();
    JsonNode used = document.deepCopy();
    ((ObjectNode) used.path("components")).remove("headers"); // those have names of their own
    used.findValues("headers").forEach(each -> each.fieldNames().forEachRemaining(read::add));

    assertThat(cors.headers()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(cors.exposed()).containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void shouldListEveryTypeOfProblem() throws Exception {
    List<String> types = new ArrayList<>();
    for (Method factory : Problem.class.getDeclaredMethods()) {
      if (Modifier.isPublic(factory.getModifiers())) {
        HttpResponse response = (HttpResponse) call(factory);
        types.add(Repository.JSON.readTree(response.body()).path("type").asText());
      }
    }

    assertThat(words("/components/schemas/Problem/properties/type/enum"))
        .containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void shouldShowAnExampleOfEveryTypeOfProblem() {
    List<String> shown =
        document.at("/components/examples").properties().stream()
            .map(example -> example.getValue().at("/value/type").asText(""))
            .filter(type -> !type.isEmpty())
            .toList();

    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            words("/components/schemas/Problem/properties/type/enum"));
  }

  @Test
  void shouldListEveryReason() throws Exception {
    List<String> codes = new ArrayList<>();
    for (Method factory : Reasons.class.getDeclaredMethods()) {
      if (Modifier.isPublic(factory.getModifiers())) {
        codes.add(((Reason) call(factory)).code());
      }
    }

    assertThat(words("/components/schemas/Reason/properties/code/enum"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(codes.stream().distinct().toList());
  }

  /** Calls a static factory with whatever its parameters take. */
  private static Object call(Method factory) throws ReflectiveOperationException {
    Object[] arguments =
        Arrays.stream(factory.getParameterTypes())
            .map(
                type -> {
                  if (type == String.class) {
                    return "text";
                  }
                  if (type == int.class) {
                    return 1;
                  }
                  return type == Instant.class ? Instant.EPOCH : List.of();
                })
            .toArray();
    return factory.invoke(null, arguments);
  }

  @Test
  void shouldKnowEveryWordOfTheDomain() {
    assertThat(words("/components/schemas/Status/enum")).isEqualTo(names(Status.values()));
    assertThat(words("/components/schemas/Operation/enum"))
        .isEqualTo(Arrays.stream(Kind.values()).map(Kind::value).toList());
    assertThat(words("/components/schemas/Format/enum"))
        .isEqualTo(Arrays.stream(Format.values()).map(Format::value).toList());
    assertThat(words("/components/schemas/AssetKind/enum"))
        .isEqualTo(Arrays.stream(Asset.Kind.values()).map(Asset.Kind::value).toList());
    assertThat(words("/components/schemas/Health/properties/parts/required"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("table", "bucket"),
                    Arrays.stream(Queues.Name.values())
                        .map(queue -> queue.name().toLowerCase(Locale.ROOT) + "-queue"))
                .toList());
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private List<String> words(String pointer) {
    List<String> words = new ArrayList<>();
    document.at(pointer).forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void shouldShowOnlyExamplesThatItsSchemasAllow() throws IOException {
    OpenAPI api =
        new OpenAPIV3Parser().readContents(Files.readString(Repository.OPENAPI)).getOpenAPI();
    SchemaValidator validator = new SchemaValidator(api, new MessageResolver());
    int shown = 0;
    for (JsonNode content : document.findValues("content")) {
      for (JsonNode media : content) {
        String schema = media.at("/schema/$ref").asText();
        List<JsonNode> examples = new ArrayList<>();
        media.path("examples").forEach(example -> examples.add(resolved(example).path("value")));
        if (media.has("example")) {
          examples.add(media.get("example"));
        }
        for (JsonNode example : examples) {
          shown++;
          if (!schema.isEmpty()) {
            assertThat(
                    validator
                        .validate(example.toString(), new Schema<>().$ref(schema), "example")
                        .getMessages())
                .as(example.toPrettyString())
                .isEmpty();
          }
        }
      }
    }

    assertThat(shown).isGreaterThan(20);
  }

  private JsonNode resolved(JsonNode example) {
    return example.has("$ref") ? document.at(example.get("$ref").asText().substring(1)) : example;
  }
}
