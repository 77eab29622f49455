package io.riffhook.local.secrets;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for secrets in all that the tests of all modules wrote: their output, which the build keeps
 * in files, and the logs of the functions that ran in processes of their own. The build runs it
 * when the last test is through, and fails where it finds one.
 *
 * <p>It knows the secrets that the sources of the tests name, and what those look like that are
 * made up as a test runs.
 */
final class SecretsInOutput {
  /** What is secret whatever its value. */
  private static final Map<String, Pattern> SHAPES = shapes();

  /** Where tests, and the simulator's defaults, name a secret: as a constant, or as a setting. */
  private static final List<Pattern> NAMED =
      List.of(
          Pattern.compile("\\b\\w*(?:SECRET|TOKEN|OLD|NEW)\\w*\\s*=\\s*\"([^\"]+)\""),
          Pattern.compile("\"\\w*(?:_TOKEN|_SECRETS?|SECRET_ACCESS_KEY)\",\\s*\"([^\"]+)\""),
          Pattern.compile("settings\\(\"[A-Z_]+\",\\s*\"([^\"]+)\""),
          Pattern.compile("new CallbackTokens\\(List\\.of\\(\"([^\"]+)\""),
          Pattern.compile("\"Bearer ([^\"\\s%{]+)\""),
          Pattern.compile("return new SimulatorSettings\\(\\s*\"([^\"]+)\""));

  /** A word that short is in many a line by chance. */
  private static final int SHORTEST = 8;

  /** The name of a setting, or of something else, and no value. */
  private static final Pattern NAME = Pattern.compile("[A-Z_]+|[A-Za-z]+|.*[{}%].*|arn:.*|/.*");

  private static final Pattern OUTPUT =
      Pattern.compile(
          ".*/target/(?:(?:surefire|failsafe)-reports/[^/]+\\.(?:txt|dump|dumpstream)"
              + "|lambda-logs/[^/]+)");

  private static final Pattern REPORT =
      Pattern.compile(".*/target/(?:surefire|failsafe)-reports/TEST-[^/]+\\.xml");

  private static final Pattern SOURCE =
      Pattern.compile(".*/(?:src/test|simulator/src/main)/.+\\.java");

  private final Path root;
  private final Set<String> secrets = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private int outputs;
  private int reports;

  private SecretsInOutput(Path root) {
    this.root = root;
  }

  private static Map<String, Pattern> shapes() {
    Map<String, Pattern> shapes = new LinkedHashMap<>();
    shapes.put(
        "a callback token", Pattern.compile("\\b\\d{1,9}\\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"));
    shapes.put("a callback's path", Pattern.compile("/callbacks/[\\w.-]+/[\\w.-]+/[\\w.-]{16,}"));
    shapes.put("a webhook's signing secret", Pattern.compile("whsec_[A-Za-z0-9+/=]{16,}"));
    shapes.put("an API key", Pattern.compile("\\brk_[A-Za-z0-9_-]{16,}"));
    shapes.put(
        "a presigned link",
        Pattern.compile("(?i)[?&]X-Amz-(?:Signature|Credential|Security-Token)=\\w"));
    shapes.put("a signed request", Pattern.compile("Signature=[0-9a-f]{64}"));
    shapes.put("a credential", Pattern.compile("(?i)\\b(?:Bearer|Basic) [\\w.~+/:=-]{8,}"));
    shapes.put("a JSON Web Token", Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}"));
    shapes.put("a key of the embedded AWS", Pattern.compile("LocalSecret[0-9a-f]{16}"));
    return shapes;
  }

  /**
   * Where something secret was found, without it.
   *
   * @param line counted from 1
   */
  record Finding(Path file, int line, String what) {
    @Override
    public String toString() {
      return "%s:%d holds %s".formatted(file, line, what);
    }
  }

  /**
   * What was found.
   *
   * @param outputs how many files were looked through
   * @param secrets how many secrets with a name were looked for, besides those that are known by
   *     their shape
   */
  record Result(List<Finding> findings, int outputs, int secrets) {
    Result {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Looks through everything below a folder.
   *
   * @throws IllegalStateException where tests have run and their output was not kept
   */
  static Result look(Path root) throws IOException {
    SecretsInOutput look = new SecretsInOutput(root.toAbsolutePath().normalize());
    look.eachFile(SOURCE, look::learn);
    look.eachFile(REPORT, _ -> look.reports++);
    look.eachFile(OUTPUT, look::lookThrough);
    if (look.outputs == 0 && look.reports > 0) {
      throw new IllegalStateException("tests have run below " + root + " and left no output");
    }
    return new Result(look.findings, look.outputs, look.secrets.size());
  }

  /** Something that is done with a file. */
  private interface Work {
    void with(Path file) throws IOException;
  }

  private void eachFile(Pattern path, Work work) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (path.matcher(file.toString().replace('\\', '/')).matches()) {
          work.with(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void learn(Path source) throws IOException {
    String text = Files.readString(source);
    for (Pattern named : NAMED) {
      Matcher matcher = named.matcher(text);
      while (matcher.find()) {
        String value = matcher.group(1);
        if (value.length() >= SHORTEST && !NAME.matcher(value).matches()) {
          secrets.add(value);
        }
      }
    }
  }

  private void lookThrough(Path file) throws IOException {
    outputs++;
    int number = 0;
    // Bytes of a test may be no text at all; Latin-1 takes them as they come.
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      number++;
      int at = number;
      SHAPES.forEach(
          (what, shape) -> {
            if (shape.matcher(line).find()) {
              findings.add(new Finding(root.relativize(file), at, what));
            }
          });
      if (secrets.stream().anyMatch(line::contains)) {
        findings.add(new Finding(root.relativize(file), at, "a secret of the tests"));
      }
    }
  }

  /** Ends the build where something is found. */
  public static void main(String... arguments) throws IOException {
    System.exit(run(Path.of(arguments[0]), System.out));
  }

  static int run(Path root, PrintStream out) throws IOException {
    Result result = look(root);
    result.findings().forEach(out::println);
    out.printf(
        "%d files of test output, %d secrets and %d shapes of secrets: %d found%n",
        result.outputs(), result.secrets(), SHAPES.size(), result.findings().size());
    return result.findings().isEmpty() ? 0 : 1;
  }
}
