package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Node;
import io.riffhook.simulator.settings.SettingsJson;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.Constructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** What the pages for people must agree on with the code. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern OWN_VARIABLE = Pattern.compile("\"((?:RIFFHOOK|USEAPI)_[A-Z_]+)\"");

  @Test
  void shouldLinkToWhatIsThere() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!link.group(1).contains("://")) {
          assertThat(page.resolveSibling(link.group(1)).normalize())
              .as("a link in %s", page)
              .exists();
        }
      }
    }
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Repository.ROOT.resolve("docs"));
        Stream<Path> root = Files.list(Repository.ROOT)) {
      return Stream.concat(docs, root).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  @Test
  void shouldDescribeEveryVariableThatTheTemplateSets() throws IOException {
    String page = Repository.text("docs/settings.md");
    for (Function function : Repository.template().functions()) {
      assertThat(function.environment().keySet())
          .isNotEmpty()
          .allSatisfy(
              name ->
                  assertThat(page)
                      .contains("`" + name.replaceFirst("_(ARN|PARAMETER)$", "") + "`"));
    }
  }

  @Test
  void shouldDescribeEveryVariableThatTheCodeReads() throws IOException {
    String page = Repository.text("docs/settings.md");
    Set<String> read = new TreeSet<>();
    for (String module : List.of("shared", "functions", "local")) {
      try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module))) {
        for (Path file :
            files
                .filter(each -> each.toString().endsWith(".java"))
                .filter(each -> each.toString().contains("/src/main/"))
                .toList()) {
          Matcher variable = OWN_VARIABLE.matcher(Files.readString(file));
          while (variable.find()) {
            read.add(variable.group(1));
          }
        }
      }
    }

    assertThat(read).contains("RIFFHOOK_TABLE", "USEAPI_TOKEN");
    assertThat(read).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  @Test
  void shouldDescribeEveryParameterOfTheTemplate() throws IOException {
    String page = Repository.text("docs/settings.md");

    assertThat(parameters())
        .contains("Providers")
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  /** The template's own tags keep it from being read as plain YAML; its nodes do. */
  private static List<String> parameters() throws IOException {
    Yaml yaml =
        new Yaml(
            new Constructor(new LoaderOptions()),
            new Representer(new DumperOptions()),
            new DumperOptions());
    MappingNode root = (MappingNode) yaml.compose(Files.newBufferedReader(Repository.TEMPLATE));
    return root.getValue().stream()
        .filter(entry -> ((ScalarNode) entry.getKeyNode()).getValue().equals("Parameters"))
        .flatMap(entry -> ((MappingNode) entry.getValueNode()).getValue().stream())
        .map(entry -> ((ScalarNode) entry.getKeyNode()).getValue())
        .toList();
  }

  @Test
  void shouldGiveSamLocalOnlyVariablesThatTheTemplateDeclares() throws IOException {
    JsonNode examples =
        Repository.json(Repository.ROOT.resolve(Path.of("docs", "examples", "local-env.json")));
    Map<String, Set<String>> declared =
        Repository.template().functions().stream()
            .collect(Collectors.toMap(Function::name, function -> function.environment().keySet()));

    assertThat(examples.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(declared.keySet());
    examples
        .properties()
        .forEach(
            function ->
                assertThat(function.getValue().properties().stream().map(Map.Entry::getKey))
                    .as(function.getKey())
                    .isSubsetOf(declared.get(function.getKey())));
  }

  /** What a resource's name resolves to only where there is a stack must come from the file. */
  @Test
  void shouldGiveSamLocalTheNameOfEveryResource() throws IOException {
    JsonNode examples =
        Repository.json(Repository.ROOT.resolve(Path.of("docs", "examples", "local-env.json")));
    Set<String> resources = Repository.template().resources().keySet();
    for (Function function : Repository.template().functions()) {
      function
          .environment()
          .forEach(
              (name, value) -> {
                if (value instanceof Node.Call call
                    && call.function().equals("Ref")
                    && resources.contains(call.argument().asText())) {
                  assertThat(examples.path(function.name()).has(name))
                      .as("%s of %s", name, function.name())
                      .isTrue();
                }
              });
    }
  }

  /** A queue that a function's settings name and nobody makes is an error at the first message. */
  @Test
  void shouldMakeForSamLocalWhatItsEnvironmentFileNames() throws IOException {
    String page = Repository.text("docs/sam-local.md");
    JsonNode examples =
        Repository.json(Repository.ROOT.resolve(Path.of("docs", "examples", "local-env.json")));
    Set<String> queues = new TreeSet<>();
    for (JsonNode function : examples) {
      assertThat(function.path("AWS_ENDPOINT_URL").asText()).isEqualTo("http://localstack:4566");
      assertThat(function.path("RIFFHOOK_ONE_MACHINE").asText()).isEqualTo("true");
      for (Map.Entry<String, JsonNode> variable : function.properties()) {
        String value = variable.getValue().asText();
        if (variable.getKey().endsWith("_QUEUE")) {
          assertThat(value).startsWith("http://localstack:4566/000000000000/");
          queues.add(value.replaceFirst(".*/", ""));
        } else if (variable.getKey().endsWith("_ARN")) {
          assertThat(page).contains("create-secret --name " + value + " ");
        } else if (variable.getKey().equals("RIFFHOOK_TABLE")) {
          assertThat(page).contains("create-table --table-name " + value + " ");
        } else if (variable.getKey().equals("RIFFHOOK_BUCKET")) {
          assertThat(page).contains("create-bucket --bucket " + value + "\n");
        }
      }
    }

    Set<String> made = new TreeSet<>();
    Matcher queue = Pattern.compile("create-queue --queue-name (\\S+)").matcher(page);
    while (queue.find()) {
      made.add(queue.group(1));
    }
    assertThat(made).isEqualTo(queues).contains("riffhook-submission-dead-letter-queue");
    assertThat(page).contains("unset AWS_ENDPOINT_URL");
  }

  @Test
  void shouldDescribeEverySettingOfTheSimulator() throws IOException {
    String page = Repository.text("docs/simulator.md");
    JsonNode settings = SettingsJson.write(SimulatorSettings.defaults());
    assertThat(names("", settings)).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  /** The names of all settings, with those of the groups they stand in before them. */
  private static List<String> names(String group, JsonNode settings) {
    return settings.properties().stream()
        .flatMap(
            setting ->
                setting.getValue().isObject()
                    ? names(group + setting.getKey() + ".", setting.getValue()).stream()
                    : Stream.of(group + setting.getKey()))
        .toList();
  }
}
