package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Queues;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Queue;
import io.riffhook.local.template.Resource;
import io.riffhook.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The template's queues with dead letters are those of the outputs, the command and the pages. */
class QueueListTest {
  private static final Path ROOT = Path.of("..");

  private final Template template = Template.read(ROOT.resolve("template.yaml"), Map.of());
  private final String operations = Files.readString(ROOT.resolve("docs/operations.md"));

  /** Such as {@code check} for CheckQueue. */
  private final List<String> queues =
      template.queues().stream()
          .filter(queue -> queue.redrive().isPresent())
          .map(Queue::name)
          .map(name -> name.replaceFirst("Queue$", "").toLowerCase(Locale.ROOT))
          .toList();

  QueueListTest() throws IOException {}

  private List<String> words(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private String section(String title) {
    String from = operations.substring(operations.indexOf("\n## " + title + "\n") + 1);
    int end = from.indexOf("\n## ");
    return end < 0 ? from : from.substring(0, end);
  }

  @Test
  void shouldOutputEveryQueue() throws IOException {
    String yaml = Files.readString(ROOT.resolve("template.yaml"));
    Map<String, String> outputs = new TreeMap<>();
    Pattern.compile(
            "^  (\\w+QueueUrl):\n(?:    Description: .*\n)?    Value: !Ref (\\w+)$",
            Pattern.MULTILINE)
        .matcher(yaml.substring(yaml.indexOf("\nOutputs:\n")))
        .results()
        .forEach((MatchResult output) -> outputs.put(output.group(1), output.group(2)));

    assertThat(queues).hasSize(7);
    assertThat(
            outputs.values().stream()
                .map(name -> name.replaceFirst("Queue$", "").toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(queues);
    assertThat(outputs).allSatisfy((output, queue) -> assertThat(output).isEqualTo(queue + "Url"));
  }

  @Test
  void shouldRedriveEveryQueue() {
    assertThat(Arrays.stream(RedriveQueue.values()).map(RedriveQueue::word))
        .containsExactlyInAnyOrderElementsOf(queues);
  }

  /** S3 alone sends to the inbox queue; no function knows its URL. */
  @Test
  void shouldProbeEveryQueueThatFunctionsSendTo() {
    List<String> probed = new ArrayList<>(queues);
    probed.remove("inbox");

    assertThat(
            Arrays.stream(Queues.Name.values()).map(queue -> queue.name().toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(probed);
  }

  @Test
  void shouldNameEveryQueueOnThePages() throws IOException {
    String settings = Files.readString(ROOT.resolve("docs/settings.md"));
    List<String> variables =
        Arrays.stream(RedriveQueue.values()).map(queue -> "`" + queue.setting() + "`").toList();

    assertThat(section("Dead letters")).contains(variables);
    assertThat(settings).contains(variables);
    assertThat(words("redrive check +# (.*), or all$", operations))
        .singleElement()
        .satisfies(
            listed -> assertThat(listed.split(", ")).containsExactlyInAnyOrderElementsOf(queues));
  }

  @Test
  void shouldExplainEveryAlarmOnce() {
    assertThat(words("^\\| `(\\w+Alarm)` \\|", section("Alarms")))
        .containsExactlyInAnyOrderElementsOf(
            template.resources().values().stream()
                .filter(resource -> resource.type().equals("AWS::CloudWatch::Alarm"))
                .map(Resource::name)
                .toList());
  }

  @Test
  void shouldNameEveryLogGroup() {
    assertThat(words("`/riffhook/<stack>/<function>` \\(([^)]*)\\)", section("Logs")))
        .singleElement()
        .satisfies(
            listed ->
                assertThat(listed.split(", "))
                    .containsExactlyInAnyOrderElementsOf(
                        template.functions().stream()
                            .map(Function::name)
                            .map(
                                name -> name.replaceFirst("Function$", "").toLowerCase(Locale.ROOT))
                            .toList()));
  }
}
