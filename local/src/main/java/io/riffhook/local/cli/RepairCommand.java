package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbUnfinishedWork;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.RepairQueues;
import io.riffhook.domain.Settings;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code riffhook repair}. */
@Command(
    name = "repair",
    description = {
      "Send again what should be in the queues, by what the table says is unfinished.",
      "",
      "For queues that lost messages: they expired, were purged, or a queue was deleted. It reads"
          + " the whole table and sends a check for each unfinished job, the step of each open"
          + " batch, pending uploads, and deliveries that have another attempt. A message that was"
          + " not lost is then there twice, which has no effect. --dry-run reads the table, too,"
          + " and sends nothing."
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook repair --dry-run",
      "  ./riffhook repair",
      "  ./riffhook repair --json"
    })
final class RepairCommand implements Callable<Integer> {
  /** List prices of us-east-1 in USD, without a free tier. */
  private static final double READ_UNIT = 0.125e-6;

  private static final double SQS_REQUEST = 0.40e-6;
  private static final double INVOCATION = 0.20e-6;

  /** Each message is sent, received and deleted, and a function runs for it. */
  private static final double MESSAGE = 3 * SQS_REQUEST + INVOCATION;

  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dry-run",
      description = "Show what would be sent and what it costs, and send nothing.")
  boolean dryRun;

  @Option(names = "--json", description = "Print one JSON document, for scripts.")
  boolean json;

  @Mixin DeploymentOptions deployment = new DeploymentOptions();

  RepairCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    try (Deployment open = deployment.open(context)) {
      Settings settings =
          name ->
              Optional.ofNullable(open.environment().get(name)).filter(value -> !value.isBlank());
      AwsClients clients = new AwsClients(open.environment());
      try (DynamoDbClient dynamoDb = clients.dynamoDb();
          SqsClient sqs = clients.sqs()) {
        RepairQueues repair =
            new RepairQueues(
                new DynamoDbUnfinishedWork(dynamoDb, settings.require("RIFFHOOK_TABLE")),
                new SqsQueues(sqs, settings),
                InstantSource.system());
        RepairQueues.Report report =
            dryRun
                ? repair.look(so -> show(progress, so))
                : repair.repair(so -> show(progress, so));
        progress.clear();
        print(report, open);
        return ExitCode.OK;
      }
    } catch (Settings.MissingSettingException e) {
      progress.clear();
      throw new CliException(
          ExitCode.UNREACHABLE,
          e.getMessage() + " (docs/operations.md lists what repair needs)",
          e);
    } catch (SdkException e) {
      progress.clear();
      throw new CliException(
          ExitCode.UNREACHABLE, "the table or a queue cannot be used: " + e.getMessage(), e);
    }
  }

  private void show(ProgressDisplay progress, RepairQueues.Report report) {
    progress.show(
        "%,d items read, %,d messages %s"
            .formatted(report.scanned(), report.messages(), dryRun ? "to send" : "sent"));
  }

  private void print(RepairQueues.Report report, Deployment open) {
    PrintWriter out = spec.commandLine().getOut();
    double reading = report.readUnits() * READ_UNIT;
    double sending = report.messages() * MESSAGE;
    if (json) {
      ObjectNode document =
          JsonNodeFactory.instance
              .objectNode()
              .put("dryRun", dryRun)
              .put("itemsRead", report.scanned())
              .put("readUnits", report.readUnits())
              .put("jobs", report.jobs())
              .put("batches", report.batches())
              .put("uploads", report.uploads())
              .put("deliveries", report.deliveries())
              .put("messages", report.messages())
              .put("readingUsd", reading)
              .put("sendingUsd", sending);
      out.println(document.toPrettyString());
    } else {
      TextTable table = new TextTable("UNFINISHED", ">FOUND");
      table.row("jobs", Long.toString(report.jobs()));
      table.row("batches", Long.toString(report.batches()));
      table.row("uploads", Long.toString(report.uploads()));
      table.row("deliveries", Long.toString(report.deliveries()));
      table.lines().forEach(out::println);
      out.printf(
          Locale.ROOT,
          "%,d items of the table were read, %,.1f read units, about %.4f USD.%n",
          report.scanned(),
          report.readUnits(),
          reading);
      out.printf(
          Locale.ROOT,
          dryRun
              ? "%,d messages would be sent, about %.4f USD.%n"
              : "%,d messages were sent, about %.4f USD.%n",
          report.messages(),
          sending);
      if (!dryRun && !open.runs() && report.messages() > 0) {
        out.println("They are processed when ./riffhook up runs.");
      }
    }
    out.flush();
  }
}
