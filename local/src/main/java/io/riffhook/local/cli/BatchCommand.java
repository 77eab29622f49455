package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.data.FileFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffhook batch}: many songs, a few at a time. */
@Command(
    name = "batch",
    description = {
      "Make many songs, a few at a time, and report on each.",
      "",
      "The songs stay where Riffhook keeps them; the report says where, with lengths and hashes."
          + " Runs the whole system in this process, or uses one that runs (--url), as riffhook"
          + " song does."
    },
    footer = {
      "",
      "Ends with 0 where every song is ready, with 3 where the others were rejected, else with 4.",
      "",
      "Examples:",
      "  ./riffhook batch prompts.txt --concurrency 3 --data ./riffhook-data --out report.jsonl",
      "  ./riffhook batch songs.jsonl --no-wait --url http://127.0.0.1:8080"
    })
final class BatchCommand implements Callable<Integer> {
  private static final Pattern JOB = Pattern.compile("/jobs/(?<index>[0-9]{1,4})(?<field>.*)");

  private final CliContext context;

  /** The batch's id, once it has one; read by the thread that ends the process. */
  private volatile String started = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description = {
        "Up to 1,000 lines: of a .txt file each is a prompt, of any other the JSON body of a"
            + " submission."
      })
  Path file = Path.of("");

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many run at once, 1 to 100 (default: ${DEFAULT-VALUE}).")
  int concurrency;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the report goes (default: standard output).")
  @Nullable Path out;

  @Option(
      names = "--no-wait",
      description = "Print the batch's id and end; for a Riffhook that runs elsewhere.")
  boolean noWait;

  @Mixin SimulatorOptions simulator = new SimulatorOptions();

  @ArgGroup(validate = false, heading = "%nWhere the songs are made:%n")
  PlaceOptions place = new PlaceOptions();

  BatchCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<URI> elsewhere = place.elsewhere(spec.commandLine(), context);
    if (noWait && elsewhere.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--no-wait is for a Riffhook that runs elsewhere: add --url");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("concurrency", concurrency);
    BatchFile jobs = BatchFile.read(file);
    body.set("jobs", jobs.jobs());
    Writable.file(out);
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    try {
      return elsewhere.isPresent() ? there(elsewhere.get(), body, progress) : here(body, progress);
    } catch (RefusedException e) {
      throw e.placed(pointer -> place(pointer, jobs.lines()));
    } finally {
      progress.clear();
    }
  }

  /** The line of the file that a field of the request comes from. */
  private static String place(String pointer, List<Integer> lines) {
    Matcher job = JOB.matcher(pointer);
    return job.matches() && Integer.parseInt(job.group("index")) < lines.size()
        ? "line " + lines.get(Integer.parseInt(job.group("index"))) + "  " + job.group("field")
        : pointer;
  }

  private int there(URI url, ObjectNode body, ProgressDisplay progress)
      throws InterruptedException {
    Api api = new Api(url, Credential.of(context));
    if (noWait) {
      PrintWriter printer = spec.commandLine().getOut();
      printer.println(BatchView.of(api.post("/v1/batches", body)).id());
      printer.flush();
      return ExitCode.OK;
    }
    return run(api, new Pace(), body, progress, "it goes on without you");
  }

  private int here(ObjectNode body, ProgressDisplay progress) throws InterruptedException {
    progress.show("Starting…");
    Optional<Path> data = place.data(context);
    try (Backend backend =
        Backend.start(context, place.port(context), data, simulator.settings())) {
      Wake wake = new Wake();
      backend.machine().onInvocation(wake);
      return run(
          backend.api(),
          wake,
          body,
          progress,
          data.isPresent() ? "it goes on with ./riffhook up" : "it was in memory only and is gone");
    }
  }

  private int run(Api api, Looks looks, ObjectNode body, ProgressDisplay progress, String whatThen)
      throws InterruptedException {
    Runnable tell =
        () ->
            progress.say(
                started.isEmpty()
                    ? "Interrupted before a batch was started."
                    : "Interrupted. Batch " + started + ": " + whatThen + ".");
    BatchView batch;
    try (Interruption _ = Interruption.then(tell)) {
      batch = BatchView.of(api.post("/v1/batches", body));
      started = batch.id();
      looks.looked();
      progress.show(batch);
      while (!batch.isOver()) {
        looks.await();
        batch = BatchView.of(api.get("/v1/batches/" + Api.segment(started)));
        looks.looked();
        progress.show(batch);
      }
      progress.clear();
      save(api, started);
    }
    progress.say(summary(batch));
    return batch.exitCode();
  }

  private void save(Api api, String batch) {
    try (InputStream report = api.report(batch)) {
      if (out == null) {
        PrintWriter printer = spec.commandLine().getOut();
        printer.print(new String(report.readAllBytes(), StandardCharsets.UTF_8));
        printer.flush();
      } else {
        Files.copy(report, out, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED, "the report cannot be saved: " + FileFailures.sentence(e), e);
    }
  }

  private String summary(BatchView batch) {
    Map<String, Integer> counts = new TreeMap<>(batch.counts());
    String words =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return out == null ? words : words + "; the report is " + out;
  }
}
