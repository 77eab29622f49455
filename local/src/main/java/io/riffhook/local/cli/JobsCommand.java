package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code riffhook jobs}. */
@Command(
    name = "jobs",
    description = "List jobs, newest first.",
    footer = {
      "",
      "Examples:",
      "  ./riffhook jobs",
      "  ./riffhook jobs --status FAILED,REJECTED --limit 50",
      "  ./riffhook jobs --json --url http://127.0.0.1:9000"
    })
final class JobsCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description = "Only those that are ${COMPLETION-CANDIDATES}.")
  List<Status> statuses = List.of();

  @Option(names = "--provider", paramLabel = "NAME", description = "Only those of this provider.")
  @Nullable String provider;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, up to 100 (default: ${DEFAULT-VALUE}).")
  int limit;

  @Mixin RemoteOptions remote = new RemoteOptions();

  JobsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode page = remote.api(context).get("/v1/jobs?" + query());
    PrintWriter out = spec.commandLine().getOut();
    if (remote.json) {
      out.println(page.toPrettyString());
    } else {
      table(page, Instant.now()).forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  private String query() {
    List<String> parameters = new ArrayList<>();
    parameters.add("limit=" + limit);
    if (!statuses.isEmpty()) {
      parameters.add(
          "status=" + statuses.stream().map(Status::name).collect(Collectors.joining(",")));
    }
    if (provider != null) {
      parameters.add("provider=" + Api.segment(provider));
    }
    return String.join("&", parameters);
  }

  private List<String> table(JsonNode page, Instant now) {
    List<JobView> jobs = JobView.each(page.path("jobs")).map(JobView::of).toList();
    if (jobs.isEmpty()) {
      return List.of("No jobs.");
    }
    TextTable table = new TextTable("JOB", "STATUS", ">AGE", "PROVIDER", "OPERATION", "SONGS");
    for (JobView job : jobs) {
      Instant created = Instant.parse(job.json().path("createdAt").asText());
      table.row(
          job.id(),
          job.status().name(),
          Quantity.age(Duration.between(created, now)),
          job.provider(),
          job.json().path("operation").asText(),
          job.songs().stream().map(song -> song.title()).collect(Collectors.joining(", ")));
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (context.live()) {
      lines.replaceAll(line -> ProgressLine.cut(line, context.columns()));
    }
    if (page.has("next")) {
      lines.add("There are more; --limit shows up to 100.");
    }
    return lines;
  }
}
