package io.riffhook.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.local.aws.DeadLetters;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code riffhook redrive}. */
@Command(
    name = "redrive",
    description = {
      "Put dead letters back: the messages that failed too often to be tried again.",
      "",
      "See first why they failed (docs/operations.md), for they are tried as often again. A message"
          + " that comes late, twice, or for a job that has ended does nothing."
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook redrive --dry-run",
      "  ./riffhook redrive check",
      "  ./riffhook redrive all --json"
    })
final class RedriveCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final JsonMapper JSON = new JsonMapper();

  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..1",
      defaultValue = ALL,
      converter = QueueConverter.class,
      description =
          "Whose: submission, download, check, notification, event, batch, inbox or all (default:"
              + " ${DEFAULT-VALUE}).")
  List<RedriveQueue> queues = List.of();

  @Option(names = "--dry-run", description = "Only tell how many there are.")
  boolean dryRun;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  boolean json;

  @Mixin DeploymentOptions deployment = new DeploymentOptions();

  RedriveCommand(CliContext context) {
    this.context = context;
  }

  /** A queue with its dead letters; how many were moved, if any were to be. */
  private record Row(RedriveQueue queue, DeadLetters.Of letters, OptionalLong moved) {}

  @Override
  public Integer call() throws InterruptedException {
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    try (Deployment open = deployment.open(context);
        SqsClient sqs = new AwsClients(open.environment()).sqs()) {
      DeadLetters deadLetters = new DeadLetters(sqs);
      List<Row> rows = new ArrayList<>();
      for (RedriveQueue queue : queues) {
        rows.add(row(queue, open, deadLetters, progress));
      }
      progress.clear();
      print(rows, open);
      return ExitCode.OK;
    } catch (SdkException e) {
      throw new CliException(ExitCode.UNREACHABLE, "SQS cannot be used: " + e.getMessage(), e);
    }
  }

  private Row row(
      RedriveQueue queue, Deployment open, DeadLetters deadLetters, ProgressDisplay progress)
      throws InterruptedException {
    String url =
        Optional.ofNullable(open.environment().get(queue.setting()))
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.UNREACHABLE,
                        "%s is not set, and says where the %s queue is"
                            .formatted(queue.setting(), queue.word())));
    DeadLetters.Of letters =
        deadLetters
            .of(url)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.FAILED,
                        "the %s queue has no dead-letter queue".formatted(queue.word())));
    if (dryRun || letters.waiting() == 0) {
      return new Row(queue, letters, OptionalLong.empty());
    }
    DeadLetters.Progress told =
        moved ->
            progress.show(
                "%s: %d of about %d moved".formatted(queue.word(), moved, letters.waiting()));
    try {
      long moved =
          queue == RedriveQueue.SUBMISSION
              ? deadLetters.resend(letters, RedriveCommand::withId, told)
              : deadLetters.move(letters, told);
      return new Row(queue, letters, OptionalLong.of(moved));
    } catch (DeadLetters.NotMovedException e) {
      throw new CliException(ExitCode.FAILED, queue.word() + ": " + e.getMessage(), e);
    }
  }

  /**
   * A submission that has no id of its own is known by its message's. Sent again that would be
   * another one, and if the job was made after all, another job. Of an event that did not reach the
   * queue, the submission is the detail.
   */
  static String withId(String messageId, String body) {
    try {
      JsonNode whole = JSON.readTree(body);
      boolean event = whole.path("detail-type").asText().equals("riffhook.submit");
      JsonNode read = event ? whole.path("detail") : whole;
      boolean named = read.has("id") || read.has("type"); // our own reminders name their job
      return read instanceof ObjectNode submission && !named
          ? submission.put("id", messageId).toString()
          : event ? read.toString() : body;
    } catch (JsonProcessingException _) {
      return body; // no submission; whoever takes it says so
    }
  }

  private void print(List<Row> rows, Deployment open) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(rows).toPrettyString());
    } else {
      TextTable table = new TextTable("QUEUE", ">WAITING", ">MOVED");
      rows.forEach(
          row ->
              table.row(
                  row.queue().word(),
                  Integer.toString(row.letters().waiting()),
                  row.moved().isPresent() ? Long.toString(row.moved().getAsLong()) : "-"));
      table.lines().forEach(out::println);
      if (!open.runs() && rows.stream().anyMatch(row -> row.moved().orElse(0) > 0)) {
        out.println("They are tried when ./riffhook up runs.");
      }
    }
    out.flush();
  }

  private static ObjectNode asJson(List<Row> rows) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode queues = json.putArray("queues");
    for (Row row : rows) {
      queues
          .addObject()
          .put("name", row.queue().word())
          .put("deadLetterQueue", row.letters().name())
          .put("waiting", row.letters().waiting())
          .put("moved", row.moved().orElse(0));
    }
    return json;
  }

  /** Reads which queues are meant. */
  static final class QueueConverter implements ITypeConverter<List<RedriveQueue>> {
    @Override
    public List<RedriveQueue> convert(String text) {
      List<RedriveQueue> all = List.of(RedriveQueue.values());
      if (text.equals(ALL)) {
        return all;
      }
      return all.stream()
          .filter(each -> each.word().equals(text))
          .findFirst()
          .map(List::of)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is none of: %s, %s"
                          .formatted(
                              text,
                              Arrays.stream(RedriveQueue.values())
                                  .map(RedriveQueue::word)
                                  .collect(Collectors.joining(", ")),
                              ALL)));
    }
  }
}
