package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code riffhook endpoints}: where you are told what happens. */
@Command(
    name = "endpoints",
    description = "Make, list, test and delete endpoints, and see what they were told.",
    synopsisSubcommandLabel =
        "(create | list | show | rotate | test | deliveries | redeliver | delete)",
    footer = {
      "",
      "Examples:",
      "  ./riffhook endpoints create https://shop.example/hooks --events job.ready,job.failed",
      "  ./riffhook endpoints test ep_4k2m9x0c7q1w8z5t",
      "  ./riffhook endpoints deliveries ep_4k2m9x0c7q1w8z5t --state failed",
      "  ./riffhook endpoints redeliver ep_4k2m9x0c7q1w8z5t --since 2026-11-21T00:00:00Z"
    })
final class EndpointsCommand implements Runnable {
  private static final String ROOT = "/v1/endpoints";

  @Spec CommandSpec spec = CommandSpec.create();

  private EndpointsCommand() {}

  static CommandLine line(CliContext context) {
    return new CommandLine(new EndpointsCommand())
        .addSubcommand(new Create(context))
        .addSubcommand(new ListAll(context))
        .addSubcommand(new Show(context))
        .addSubcommand(new Rotate(context))
        .addSubcommand(new Test(context))
        .addSubcommand(new Deliveries(context))
        .addSubcommand(new Redeliver(context))
        .addSubcommand(new Delete(context));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which of create, list, show, rotate, test, deliveries, redeliver and delete?");
  }

  /** Reads a time, as the API has them. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException _) {
        throw new TypeConversionException("'" + text + "' is no time such as 2026-11-21T02:25:14Z");
      }
    }
  }

  /** What all of them have in common. */
  private abstract static class Call implements Callable<Integer> {
    private final CliContext context;

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin RemoteOptions remote = new RemoteOptions();

    Call(CliContext context) {
      this.context = context;
    }

    /** What the API answers. */
    abstract JsonNode answer(Api api);

    /** The answer in words, line by line. */
    abstract List<String> lines(JsonNode answer);

    @Override
    public Integer call() {
      JsonNode answer = answer(remote.api(context));
      PrintWriter out = spec.commandLine().getOut();
      if (remote.json) {
        out.println(answer.toPrettyString());
      } else {
        lines(answer).forEach(out::println);
      }
      out.flush();
      return ExitCode.OK;
    }
  }

  /** What is done with one endpoint. */
  private abstract static class OfOne extends Call {
    @Parameters(
        index = "0",
        paramLabel = "ENDPOINT",
        description =
            "Its id, as endpoints list shows it; or default; or job:ID for a job's webhookUrl.")
    String id = "";

    OfOne(CliContext context) {
      super(context);
    }

    String path() {
      return ROOT + "/" + Api.segment(id);
    }
  }

  /** {@code riffhook endpoints create}. */
  @Command(
      name = "create",
      description = {
        "Make an endpoint.",
        "",
        "Standard output has its secret alone, which webhooks are signed with, so a script can"
            + " take it from there."
      })
  static final class Create extends Call {
    @Parameters(paramLabel = "URL", description = "Where webhooks are sent.")
    String url = "";

    @Option(
        names = "--events",
        paramLabel = "TYPE",
        split = ",",
        description = "What to tell of, such as job.ready (default: all but job.progress).")
    List<String> events = List.of();

    @Option(names = "--label", paramLabel = "TEXT", description = "Your own name for it.")
    @Nullable String label;

    @Option(
        names = "--links",
        description = "Have webhooks hold short-lived links to the assets, too.")
    boolean links;

    Create(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", url).put("links", links);
      if (!events.isEmpty()) {
        events.forEach(body.putArray("events")::add);
      }
      if (label != null) {
        body.put("label", label);
      }
      return api.post(ROOT, body);
    }

    @Override
    List<String> lines(JsonNode answer) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf("Endpoint %s is told of %s.%n", answer.path("id").asText(), events(answer));
      err.flush();
      return List.of(answer.path("secret").asText());
    }
  }

  /** {@code riffhook endpoints list}. */
  @Command(name = "list", description = "List endpoints, oldest first.")
  static final class ListAll extends Call {
    ListAll(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      return api.get(ROOT);
    }

    @Override
    List<String> lines(JsonNode answer) {
      TextTable table = new TextTable("ENDPOINT", "STATUS", ">EVENTS", "URL", "LABEL");
      for (JsonNode endpoint : answer.path("endpoints")) {
        table.row(
            endpoint.path("id").asText(),
            status(endpoint),
            Integer.toString(endpoint.path("events").size()),
            endpoint.path("url").asText("-"),
            endpoint.path("label").asText(""));
      }
      return table.lines();
    }
  }

  /** {@code riffhook endpoints show}. */
  @Command(name = "show", description = "Show an endpoint.")
  static final class Show extends OfOne {
    @Option(names = "--secret", description = "Show its secret instead, and nothing else.")
    boolean secret;

    Show(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      return api.get(secret ? path() + "/secret" : path());
    }

    @Override
    List<String> lines(JsonNode answer) {
      if (secret) {
        return List.of(answer.path("secret").asText());
      }
      List<String> lines = new ArrayList<>();
      lines.add(answer.path("id").asText() + "  " + status(answer));
      lines.add("  URL      " + answer.path("url").asText("-"));
      if (answer.has("label")) {
        lines.add("  Label    " + answer.path("label").asText());
      }
      lines.add("  Events   " + events(answer));
      lines.add("  Links    " + (answer.path("links").asBoolean() ? "yes" : "no"));
      lines.add("  Created  " + answer.path("createdAt").asText());
      if (answer.has("disabled")) {
        lines.add(
            "  Disabled "
                + answer.at("/disabled/at").asText()
                + ": "
                + answer.at("/disabled/reason/detail").asText());
      }
      return lines;
    }
  }

  /** {@code riffhook endpoints rotate}. */
  @Command(
      name = "rotate",
      description = "Give an endpoint a new secret, which is all that standard output has.")
  static final class Rotate extends OfOne {
    @Option(
        names = "--keep",
        paramLabel = "HOURS",
        defaultValue = "24",
        description =
            "For how many hours the old one signs, too, 0 to 168 (default: ${DEFAULT-VALUE}).")
    int keep;

    Rotate(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      return api.post(
          path() + "/rotate-secret", JsonNodeFactory.instance.objectNode().put("keepHours", keep));
    }

    @Override
    List<String> lines(JsonNode answer) {
      return List.of(answer.path("secret").asText());
    }
  }

  /** {@code riffhook endpoints test}. */
  @Command(
      name = "test",
      description = "Send endpoint.test to an endpoint; its deliveries show what became of it.")
  static final class Test extends OfOne {
    Test(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      return api.post(path() + "/test", JsonNodeFactory.instance.objectNode());
    }

    @Override
    List<String> lines(JsonNode answer) {
      return List.of("On its way: " + answer.path("id").asText());
    }
  }

  /** {@code riffhook endpoints deliveries}. */
  @Command(name = "deliveries", description = "List what an endpoint was told, latest first.")
  static final class Deliveries extends OfOne {
    @Option(
        names = "--state",
        paramLabel = "STATE",
        split = ",",
        description = "Only those that are pending, delivered or failed.")
    List<String> states = List.of();

    @Option(
        names = "--since",
        paramLabel = "TIME",
        converter = TimeConverter.class,
        description = "Only what happened then or later, such as 2026-11-21T00:00:00Z.")
    @Nullable Instant since;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most so many, up to 100 (default: ${DEFAULT-VALUE}).")
    int limit;

    Deliveries(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      String query = "?limit=" + limit;
      if (!states.isEmpty()) {
        query += "&state=" + Api.segment(String.join(",", states));
      }
      if (since != null) {
        query += "&since=" + since;
      }
      return api.get(path() + "/deliveries" + query);
    }

    @Override
    List<String> lines(JsonNode answer) {
      if (answer.path("deliveries").isEmpty()) {
        return List.of("No deliveries.");
      }
      Instant now = Instant.now();
      TextTable table =
          new TextTable("TYPE", "STATE", ">AGE", ">ATTEMPTS", "LAST ANSWER", "DELIVERY");
      for (JsonNode each : answer.path("deliveries")) {
        Instant at = Instant.parse(each.path("timestamp").asText());
        table.row(
            each.path("type").asText(),
            each.path("state").asText(),
            Quantity.age(Duration.between(at, now)),
            each.path("attempts").asText(),
            each.has("lastError")
                ? each.path("lastError").asText()
                : each.has("lastStatus") ? "HTTP " + each.path("lastStatus").asText() : "-",
            each.path("id").asText());
      }
      List<String> lines = new ArrayList<>(table.lines());
      if (answer.has("next")) {
        lines.add("There are more; --limit shows up to 100, --since less far back.");
      }
      return lines;
    }
  }

  /** {@code riffhook endpoints redeliver}. */
  @Command(
      name = "redeliver",
      description = {
        "Deliver again: one delivery, or all that an endpoint missed since a time.",
        "",
        "Missed is what failed, and what is pending still; --state picks one state only."
      })
  static final class Redeliver extends OfOne {
    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "DELIVERY",
        description = "The delivery's id, as endpoints deliveries shows it.")
    @Nullable String delivery;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        converter = TimeConverter.class,
        description = "All that was missed since then, such as 2026-11-21T00:00:00Z.")
    @Nullable Instant since;

    @Option(
        names = "--state",
        paramLabel = "STATE",
        description = "With --since: those that are pending, delivered or failed.")
    @Nullable String state;

    Redeliver(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      if (delivery != null && since == null && state == null) {
        return api.post(
            path() + "/deliveries/" + Api.segment(delivery) + "/redeliver",
            JsonNodeFactory.instance.objectNode());
      }
      if (delivery != null || since == null) {
        throw new ParameterException(
            spec.commandLine(), "Say which: the id of one delivery, or --since a time.");
      }
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("since", since.toString());
      if (state != null) {
        body.put("state", state);
      }
      int count = 0;
      JsonNode answer;
      do {
        answer = api.post(path() + "/redeliver", body);
        count += answer.path("redelivered").asInt();
        body.set("cursor", answer.path("next"));
      } while (answer.has("next"));
      return JsonNodeFactory.instance.objectNode().put("redelivered", count);
    }

    @Override
    List<String> lines(JsonNode answer) {
      return answer.has("redelivered")
          ? List.of(answer.path("redelivered").asText() + " on their way")
          : List.of("On its way: " + answer.path("id").asText());
    }
  }

  /** {@code riffhook endpoints delete}. */
  @Command(name = "delete", description = "Delete an endpoint. It is told nothing more.")
  static final class Delete extends OfOne {
    Delete(CliContext context) {
      super(context);
    }

    @Override
    JsonNode answer(Api api) {
      api.delete(path());
      return JsonNodeFactory.instance.objectNode().put("deleted", id);
    }

    @Override
    List<String> lines(JsonNode answer) {
      return List.of("Endpoint " + id + " is deleted.");
    }
  }

  private static String status(JsonNode endpoint) {
    if (endpoint.has("disabled")) {
      return "disabled";
    }
    return endpoint.has("failingSince") ? "failing" : endpoint.has("url") ? "told" : "signs";
  }

  private static String events(JsonNode endpoint) {
    return StreamSupport.stream(endpoint.path("events").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
