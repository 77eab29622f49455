package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** The recipe of docs/schedules.md. */
class ScheduleIT {
  private static final Path FILE = Path.of("..", "docs", "examples", "schedule.yaml");

  /** The values are of the form that Scheduler's documentation shows. */
  @Test
  void shouldMakeASongOfWhatTheScheduleSends() throws Exception {
    String message =
        input()
            .replace("<aws.scheduler.execution-id>", "d32c5kddcf5bb8c3")
            .replace("<aws.scheduler.scheduled-time>", "2026-11-23T05:00:00Z")
            .replace("\"radio\"", "\"local\""); // who asks without a key, and sees no other's

    try (Rig rig = Rig.start()) {
      rig.send("RIFFHOOK_SUBMISSION_QUEUE", message);
      rig.send("RIFFHOOK_SUBMISSION_QUEUE", message);
      JsonNode job = rig.awaitStatus("morning-jingle-d32c5kddcf5bb8c3", "READY");

      assertThat(job.path("reference").asText())
          .isEqualTo("morning jingle of 2026-11-23T05:00:00Z");
      assertThat(rig.asked("POST", "/create-prompt")).as("twice sent, once bought").hasSize(1);
    }
  }

  /** The template's own tags keep it from being read as plain YAML; its nodes do. */
  private static String input() throws IOException {
    Yaml yaml =
        new Yaml(
            new SafeConstructor(new LoaderOptions()),
            new Representer(new DumperOptions()),
            new DumperOptions());
    try (Reader file = Files.newBufferedReader(FILE)) {
      Node node = yaml.compose(file);
      for (String name :
          new String[] {"Resources", "MorningJingle", "Properties", "Target", "Input"}) {
        node = under(node, name);
      }
      return ((ScalarNode) node).getValue();
    }
  }

  private static Node under(Node node, String name) {
    return ((MappingNode) node)
        .getValue().stream()
            .filter(entry -> ((ScalarNode) entry.getKeyNode()).getValue().equals(name))
            .findFirst()
            .orElseThrow()
            .getValueNode();
  }
}
