package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code riffhook providers}. */
@Command(
    name = "providers",
    description = "List the music providers, and what each can do.",
    footer = {"", "Example:", "  ./riffhook providers"})
final class ProvidersCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin RemoteOptions remote = new RemoteOptions();

  @Override
  public Integer call() {
    JsonNode answer = remote.api().get("/v1/providers");
    PrintWriter out = spec.commandLine().getOut();
    if (remote.json) {
      out.println(answer.toPrettyString());
    } else {
      TextTable table =
          new TextTable("PROVIDER", "CONFIGURED", "TELLS BY", "OPERATIONS", "FORMATS", "MODELS");
      JobView.each(answer.path("providers"))
          .forEach(
              provider ->
                  table.row(
                      provider.path("name").asText(),
                      provider.path("configured").asBoolean() ? "yes" : "no",
                      provider.path("signal").asText(),
                      words(provider.path("operations")),
                      words(provider.path("formats")),
                      words(provider.path("models"))));
      table.lines().forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static String words(JsonNode array) {
    return JobView.each(array).map(JsonNode::asText).collect(Collectors.joining(","));
  }
}
