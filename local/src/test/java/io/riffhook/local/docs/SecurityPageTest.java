package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The attacks that SECURITY.md says were tried, and the tests that try them. */
final class SecurityPageTest {
  private static final String PAGE = "SECURITY.md";
  private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");

  /** How a method is declared, and what says before it that it is run as a test. */
  private static final String METHOD = "\n  (?:void|Stream<DynamicTest>) %s\\(";

  private static final Pattern TEST =
      Pattern.compile("\n  @(?:Test|ParameterizedTest|TestFactory|FuzzTest)\\b");

  private static final List<String> ATTACKS =
      List.of(
          "forged callback",
          "replayed callback",
          "oversized callback",
          "deeply nested callback",
          "wrong owner",
          "revoked key",
          "ssrf by host",
          "ssrf by redirect",
          "ssrf by dns rebinding",
          "ssrf by ipv6-mapped address",
          "path traversal in the name of an asset",
          "header injection in `reference`",
          "zip bomb",
          "path traversal in a stem archive",
          "log injection",
          "secrets in output");

  private record Row(String attack, String happens, String proof) {}

  @Test
  void shouldNameEveryAttackThatWasToBeTried() throws IOException {
    assertThat(ATTACKS)
        .allSatisfy(
            attack ->
                assertThat(rows())
                    .as(attack)
                    .anyMatch(row -> row.attack().toLowerCase(Locale.ROOT).startsWith(attack)));
  }

  @Test
  void shouldLeaveNothingOpen() throws IOException {
    assertThat(Repository.text(PAGE)).doesNotContain("TODO");
    assertThat(rows()).allSatisfy(row -> assertThat(row.happens()).isNotBlank());
  }

  @TestFactory
  Stream<DynamicTest> shouldNameATestThatIsThere() throws IOException {
    List<Path> tests = tests();
    return rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.attack(), () -> assertIsThere(row, tests)));
  }

  private static void assertIsThere(Row row, List<Path> tests) throws IOException {
    var proof = PROOF.matcher(row.proof());
    assertThat(proof.matches()).as("%s is a test: `Class#method`", row.proof()).isTrue();
    List<Path> files =
        tests.stream()
            .filter(file -> file.getFileName().toString().equals(proof.group(1) + ".java"))
            .toList();
    assertThat(files).as("the source of %s", proof.group(1)).isNotEmpty();
    assertThat(files)
        .as("%s is a test in one of these", proof.group())
        .anyMatch(file -> isTest(file, proof.group(2)));
  }

  private static boolean isTest(Path file, String method) {
    try {
      String source = Files.readString(file);
      var declared = Pattern.compile(METHOD.formatted(method)).matcher(source);
      // What stands between the member before it and the method is about the method.
      return declared.find()
          && TEST.matcher(
                  source.substring(
                      source.substring(0, declared.start()).lastIndexOf("\n\n") + 1,
                      declared.start()))
              .find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> rows() throws IOException {
    String page = Repository.text(PAGE);
    List<Row> rows =
        page.substring(page.indexOf("## Attacks tried"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| attack |"))
            .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
            .map(cells -> new Row(cells.get(1), cells.get(2), cells.get(3)))
            .toList();
    assertThat(rows).hasSizeGreaterThan(ATTACKS.size());
    return rows;
  }

  private static List<Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/test/"))
          .toList();
    }
  }
}
