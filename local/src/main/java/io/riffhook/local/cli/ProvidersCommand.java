package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffhook providers}. */
@Command(
    name = "providers",
    description = "List the music providers and how they are, or show what one of them can do.",
    footer = {"", "Examples:", "  ./riffhook providers", "  ./riffhook providers flowmusic"})
final class ProvidersCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The provider to show in full: its operations, options, ranges and models.")
  @Nullable String name;

  @Mixin RemoteOptions remote = new RemoteOptions();

  ProvidersCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode answer = remote.api(context).get("/v1/providers");
    List<ProviderView> all = ProviderView.all(answer);
    PrintWriter out = spec.commandLine().getOut();
    if (name != null) {
      ProviderView one = find(all, name);
      if (remote.json) {
        out.println(one.json().toPrettyString());
      } else {
        ProviderText.lines(one).forEach(out::println);
      }
    } else if (remote.json) {
      out.println(answer.toPrettyString());
    } else {
      table(all).forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static ProviderView find(List<ProviderView> all, String name) {
    return all.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CliException(
                    ExitCode.REFUSED,
                    "there is no provider %s, but %s"
                        .formatted(
                            name,
                            all.stream()
                                .map(ProviderView::name)
                                .collect(Collectors.joining(", ")))));
  }

  private List<String> table(List<ProviderView> all) {
    // What may be cut off on a narrow terminal comes last.
    TextTable table =
        new TextTable(
            "PROVIDER", "CONFIGURED", "HEALTH", "TELLS BY", ">CREDITS", "FORMATS", "OPERATIONS");
    for (ProviderView provider : all) {
      table.row(
          provider.name(),
          provider.isConfigured() ? "yes" : "no",
          provider.health(),
          provider.signal(),
          provider.credits(),
          String.join(",", provider.formats()),
          String.join(",", provider.operations()));
    }
    return context.live()
        ? table.lines().stream().map(line -> ProgressLine.cut(line, context.columns())).toList()
        : table.lines();
  }
}
