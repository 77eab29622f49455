package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static final String EVENTS =
      """
      Resources:
        Work: { Type: "AWS::SQS::Queue" }
        Bus: { Type: "AWS::Events::EventBus", Properties: { Name: bus } }
        Pipe:
          Type: AWS::Pipes::Pipe
          Properties:
            RoleArn: arn
            Source: !GetAtt Work.Arn
            Target: !GetAtt Bus.Arn
            TargetParameters:
              EventBridgeEventBusParameters: { Source: test, DetailType: $.body.type }
              InputTemplate: <$.body.data>
        Rule:
          Type: AWS::Events::Rule
          Properties:
            EventBusName: !Ref Bus
            EventPattern: { source: ['say "hi"'] }
            Targets: [{ Id: work, Arn: !GetAtt Work.Arn }]
      """;

  private final Path folder;

  EventReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Template read(String yaml) throws IOException {
    return Template.read(Files.writeString(folder.resolve("template.yaml"), yaml), Map.of());
  }

  @Test
  void shouldReadWhatIsLeftToItsDefault() throws IOException {
    Template template = read(EVENTS);

    assertThat(template.eventBuses()).containsExactly(new EventBus("Bus", new Node.Text("bus")));
    assertThat(template.pipes())
        .containsExactly(
            new Pipe(
                "Pipe",
                "Work",
                "Bus",
                10,
                "test",
                new EventPath(List.of("body", "type")),
                Optional.empty(),
                new EventPath(List.of("body", "data"))));
    assertThat(template.rules())
        .containsExactly(
            new Rule(
                "Rule",
                "Bus",
                "{\"source\":[\"say \\\"hi\\\"\"]}",
                List.of(new Rule.Target("work", "Work", Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Name: bus | NoName: bus | Bus has no Name",
        "!Ref Bus | bus | Rule: expected a reference to an AWS::Events::EventBus, found"
            + " Text[value=bus]",
        "!Ref Bus | !Ref Work | Rule: expected a reference to an AWS::Events::EventBus,",
        "Id: work, Arn: !GetAtt Work.Arn | Id: work, Arn: !GetAtt Bus.Arn | Rule.work: expected a"
            + " reference to an AWS::SQS::Queue,",
        "Id: work, Arn: !GetAtt Work.Arn | Id: work, Arn: !GetAtt Work.QueueName | Rule.work:"
            + " expected a reference to an AWS::SQS::Queue,",
        "Id: work, | Id: work, Input: x, | Rule.work: Input is not known",
        "Id: work, | Id: work, InputPath: '$.a[0]', | Rule.work: expected a path such as"
            + " $.body.type, found $.a[0]",
        "EventPattern: { source: ['say \"hi\"'] } | ScheduleExpression: rate(1 day) | Rule:"
            + " ScheduleExpression is not known",
        "['say \"hi\"'] | [true] | Rule: only patterns of texts are known, found true",
        "['say \"hi\"'] | [7] | Rule: only patterns of texts are known, found 7",
        "['say \"hi\"'] | [!Ref Bus] | Rule: a pattern with a function, ",
        "Source: !GetAtt Work.Arn | Source: !GetAtt Bus.Arn | Pipe: expected a reference to an"
            + " AWS::SQS::Queue,",
        "RoleArn: arn | Enrichment: arn | Pipe: Enrichment is not known",
        "<$.body.data> | '{\"a\": <$.body>}' | Pipe: only an InputTemplate such as <$.body> is"
            + " known, found ",
        "DetailType: $.body.type | DetailType: fixed | Pipe: expected a path such as $.body.type,"
            + " found fixed",
        "Source: test, |  | Pipe has no Source",
      })
  void shouldRefuseWhatItCannotPlay(String written, @Nullable String wrong, String message) {
    String yaml = EVENTS.replace(written, wrong == null ? "" : wrong);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(message);
  }
}
