package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.ApiKey;
import io.riffhook.domain.ApiKeyId;
import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.Owner;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import software.amazon.awssdk.core.exception.SdkException;

/** {@code riffhook keys}: who may call the API. */
@Command(
    name = "keys",
    description = {
      "Make, list and revoke API keys.",
      "",
      "It works on the table itself, so it needs no key, but the rights of an operator."
    },
    synopsisSubcommandLabel = "(create | list | revoke)",
    footer = {
      "",
      "Examples:",
      "  ./riffhook keys create --owner shop --label \"the shop's back end\" --expires 90d",
      "  ./riffhook keys list --owner shop",
      "  ./riffhook keys revoke 7a400afdd6e6e2ca"
    })
final class KeysCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private KeysCommand() {}

  static CommandLine line(CliContext context) {
    return new CommandLine(new KeysCommand())
        .addSubcommand(new Create(context))
        .addSubcommand(new ListAll(context))
        .addSubcommand(new Revoke(context));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which of create, list and revoke?");
  }

  private static <T> T on(DeploymentOptions where, CliContext context, Function<ApiKeys, T> work) {
    try (Deployment deployment = where.open(context);
        KeyTable table = new KeyTable(deployment.environment())) {
      return work.apply(table.keys());
    } catch (SdkException e) {
      throw new CliException(
          ExitCode.UNREACHABLE, "the table does not answer: " + Backend.root(e), e);
    }
  }

  private static ObjectNode json(ApiKey key, Instant now) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", key.id().value())
            .put("owner", key.owner().name())
            .put("status", status(key, now));
    key.label().ifPresent(label -> json.put("label", label));
    json.put("createdAt", key.createdAt().toString());
    key.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
    key.revokedAt().ifPresent(at -> json.put("revokedAt", at.toString()));
    key.lastUsedAt().ifPresent(at -> json.put("lastUsedAt", at.toString()));
    return json;
  }

  private static String status(ApiKey key, Instant now) {
    if (key.revokedAt().isPresent()) {
      return "revoked";
    }
    return key.isExpired(now) ? "expired" : "valid";
  }

  /** Reads the name of an owner. */
  static final class OwnerConverter implements ITypeConverter<Owner> {
    @Override
    public Owner convert(String text) {
      if (!Owner.isValid(text)) {
        throw new TypeConversionException("'" + text + "' is no owner: it must be " + Owner.RULE);
      }
      return new Owner(text);
    }
  }

  /** Reads how long a key is to work: a number of hours, days or weeks. */
  static final class LifeConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([hdw])");

    @Override
    public Duration convert(String text) {
      Matcher life = FORM.matcher(text);
      if (!life.matches()) {
        throw new TypeConversionException("'" + text + "' is no time such as 12h, 90d or 52w");
      }
      int number = Integer.parseInt(life.group(1));
      return switch (life.group(2)) {
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        default -> Duration.ofDays(7L * number);
      };
    }
  }

  /** {@code riffhook keys create}. */
  @Command(
      name = "create",
      description = {
        "Make a key. It is printed this once, and nothing but its SHA-256 is kept.",
        "",
        "Standard output has the key alone, so a script can take it from there."
      },
      footer = {
        "",
        "Examples:",
        "  ./riffhook keys create --owner shop",
        "  export RIFFHOOK_API_KEY=$(./riffhook keys create --owner me --expires 12h)"
      })
  static final class Create implements Callable<Integer> {
    private final CliContext context;

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--owner",
        paramLabel = "NAME",
        required = true,
        converter = OwnerConverter.class,
        description = "Whose jobs and songs it opens: those of all keys of the same owner.")
    Owner owner = Owner.LOCAL;

    @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
    @Nullable String label;

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        converter = LifeConverter.class,
        description = "How long it works, such as 12h, 90d or 52w (default: until it is revoked).")
    @Nullable Duration life;

    @Option(names = "--json", description = "Print all that is known of the key, and the key.")
    boolean json;

    @Mixin DeploymentOptions where = new DeploymentOptions();

    Create(CliContext context) {
      this.context = context;
    }

    @Override
    public Integer call() {
      ApiKeys.Created created = on(where, context, this::create);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(
            json(created.key(), Instant.now())
                .put("key", created.secret().reveal())
                .toPrettyString());
      } else {
        out.println(created.secret().reveal());
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
            "Key %s of %s, %s. It is not shown again.%n",
            created.key().id(),
            owner,
            created.key().expiresAt().map(at -> "valid until " + at).orElse("until revoked"));
        err.flush();
      }
      out.flush();
      return ExitCode.OK;
    }

    private ApiKeys.Created create(ApiKeys keys) {
      try {
        return keys.create(owner, Optional.ofNullable(label), Optional.ofNullable(life));
      } catch (IllegalArgumentException e) {
        throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** {@code riffhook keys list}. */
  @Command(name = "list", description = "List keys, newest first, with those that no longer work.")
  static final class ListAll implements Callable<Integer> {
    private final CliContext context;

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--owner",
        paramLabel = "NAME",
        converter = OwnerConverter.class,
        description = "Only those of this owner.")
    @Nullable Owner owner;

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    @Mixin DeploymentOptions where = new DeploymentOptions();

    ListAll(CliContext context) {
      this.context = context;
    }

    @Override
    public Integer call() {
      List<ApiKey> found = on(where, context, keys -> keys.list(Optional.ofNullable(owner)));
      PrintWriter out = spec.commandLine().getOut();
      Instant now = Instant.now();
      if (json) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        found.forEach(key -> page.withArray("keys").add(json(key, now)));
        page.withArray("keys");
        out.println(page.toPrettyString());
      } else {
        lines(found, now).forEach(out::println);
      }
      out.flush();
      return ExitCode.OK;
    }

    private static List<String> lines(List<ApiKey> keys, Instant now) {
      if (keys.isEmpty()) {
        return List.of("No keys.");
      }
      TextTable table =
          new TextTable("KEY", "OWNER", "STATUS", ">AGE", ">LAST USED", "EXPIRES", "LABEL");
      for (ApiKey key : keys) {
        table.row(
            key.id().value(),
            key.owner().name(),
            status(key, now),
            age(key.createdAt(), now),
            key.lastUsedAt().map(at -> age(at, now) + " ago").orElse("never"),
            key.expiresAt().map(Instant::toString).orElse("never"),
            key.label().orElse(""));
      }
      return table.lines();
    }

    private static String age(Instant at, Instant now) {
      return Quantity.age(Duration.between(at, now));
    }
  }

  /** {@code riffhook keys revoke}. */
  @Command(
      name = "revoke",
      description = {
        "Revoke a key for good. Calls with it are refused within a minute: so long the gateway"
            + " remembers that it worked."
      })
  static final class Revoke implements Callable<Integer> {
    private final CliContext context;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
        paramLabel = "ID",
        description = "The key's id, as keys list shows it: the first 16 digits of its SHA-256.")
    String id = "";

    @Mixin DeploymentOptions where = new DeploymentOptions();

    Revoke(CliContext context) {
      this.context = context;
    }

    @Override
    public Integer call() {
      if (!ApiKeyId.isValid(id)) {
        // Not shown: whoever mistakes a key for its id should not find it in a log.
        throw new ParameterException(
            spec.commandLine(), "That is no key's id: keys list shows them, of 16 digits each.");
      }
      ApiKey key =
          on(where, context, keys -> keys.revoke(new ApiKeyId(id)))
              .orElseThrow(() -> new CliException(ExitCode.REFUSED, "there is no key " + id));
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "Key %s of %s is revoked since %s.%n",
          key.id(), key.owner(), key.revokedAt().map(Instant::toString).orElse("now"));
      out.flush();
      return ExitCode.OK;
    }
  }
}
