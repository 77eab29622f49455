package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Machine;

/** What docs/events and its examples say. */
class EventPagesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("\\| \\[`([a-z.]+)`]\\(\\1\\.json\\) \\|");

  private final String page = Files.readString(EventSchemas.FOLDER.resolve("README.md"));
  private final List<JsonNode> blocks = blocks();

  EventPagesTest() throws IOException {}

  private List<JsonNode> blocks() throws IOException {
    List<JsonNode> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      blocks.add(JSON.readTree(block.group(1)));
    }
    return blocks;
  }

  @Test
  void shouldListEveryTypeThatHasASchema() throws IOException {
    try (Stream<Path> files = Files.list(EventSchemas.FOLDER)) {
      assertThat(ROW.matcher(page).results().map(row -> row.group(1) + ".json"))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".json") && !name.equals("common.json"))
                  .toList());
    }
  }

  @Test
  void shouldShowAnEventThatItsSchemaAllows() {
    JsonNode event = blocks.getFirst();

    assertThat(EventSchemas.errors(event.path("detail"))).isEmpty();
    assertThat(event.path("detail-type")).isEqualTo(event.at("/detail/type"));
  }

  @Test
  void shouldHaveSchemasThatRefuseWhatIsNoEvent() {
    ObjectNode detail = blocks.getFirst().path("detail").deepCopy();
    ObjectNode job = detail.withObject("/data/job");
    job.put("status", "DONE").put("createdAt", "yesterday");
    job.withObject("/songs/0/assets/0").remove("sha256");
    detail.remove("owner");
    detail.put("sequence", -1);

    assertThat(EventSchemas.errors(detail))
        .anyMatch(error -> error.contains("'owner'"))
        .anyMatch(error -> error.contains("$.sequence: "))
        .anyMatch(error -> error.contains("$.data.job.status: "))
        .anyMatch(error -> error.contains("$.data.job.createdAt: "))
        .anyMatch(error -> error.contains("$.data.job.songs[0].assets[0]: "));
    assertThat(EventSchemas.errors(JSON.createObjectNode().put("type", "job.lost")))
        .singleElement()
        .satisfies(error -> assertThat(error).contains("there is no schema"));
  }

  /** Jobs and songs are the API's, so a field that is new there is new here. */
  @ParameterizedTest
  @ValueSource(strings = {"Job", "Song", "Reason", "PendingAsset", "StoredAsset", "LostAsset"})
  void shouldDescribeTheFieldsThatTheApiDescribes(String name) throws IOException {
    JsonNode api = Repository.openApi().path("components").path("schemas");
    JsonNode defs =
        JSON.readTree(EventSchemas.FOLDER.resolve("common.json").toFile()).path("$defs");
    JsonNode wanted = api.path(name).path("properties");
    JsonNode described = defs.path(lower(name)).path("properties");

    assertThat(wanted).isNotEmpty();
    assertThat(described.fieldNames()).toIterable().containsAll(wanted::fieldNames);
    assertThat(described.findValues("enum")).isEqualTo(wanted.findValues("enum"));
    assertThat(defs.path("status").path("enum")).isEqualTo(api.path("Status").path("enum"));
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  @Test
  void shouldShowPatternsThatMatch() throws Exception {
    Machine machine = Machine.builder().build();
    List<JsonNode> patterns = blocks.subList(1, blocks.size());
    for (int i = 0; i < patterns.size(); i++) {
      machine.addRule(Integer.toString(i), patterns.get(i).toString());
    }
    ObjectNode ready = (ObjectNode) blocks.getFirst();

    assertThat(patterns).hasSize(4);
    assertThat(machine.rulesForJSONEvent(ready.toString())).containsExactlyInAnyOrder("1", "3");
    ready.put("detail-type", "song.stored");
    assertThat(machine.rulesForJSONEvent(ready.toString())).containsExactly("0");
    ready.put("detail-type", "job.failed");
    ready.withObject("/detail/data/job/reason").put("code", "deadline-passed");
    assertThat(machine.rulesForJSONEvent(ready.toString())).containsExactlyInAnyOrder("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rules.yaml", "schedule.yaml"})
  void shouldSatisfyCfnLint(String example) throws Exception {
    String file = Repository.ROOT.resolve(Path.of("docs", "examples", example)).toString();
    Process lint;
    try {
      lint = new ProcessBuilder("cfn-lint", file).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "cfn-lint is not installed");
      return;
    }
    String output = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output).isEmpty();
    assertThat(lint.waitFor()).isZero();
  }
}
