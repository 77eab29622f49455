package io.riffhook.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.JobId;
import io.riffhook.local.aws.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The look through the tests' output finds what is planted there, and nothing else. */
class SecretsInOutputTest {
  private static final String HARMLESS =
      """
      10:00:00.000 INFO  CallProvider the provider took the job as [a0559bdc-2eaa-43af-8091-fc83]
      useapi refused our token; set USEAPI_TOKEN to a valid one
      POST /callbacks/{provider}/{jobId}/{token}, SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b
      the version is 1.2.3; the Authorization header is missing; whsec_ and rk_ are prefixes
      """;

  private final Path root;

  SecretsInOutputTest(@TempDir Path root) {
    this.root = root;
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private SecretsInOutput.Result planted(String line) throws IOException {
    write("local/target/failsafe-reports/x.JobIT-output.txt", HARMLESS + line + "\n" + HARMLESS);
    return SecretsInOutput.look(root);
  }

  static Stream<Arguments> secrets() {
    String token =
        new CallbackTokens(List.of("planted-callback-secret")).token("p", new JobId("job-1"), 1);
    return Stream.of(
        Arguments.of("a callback token", "the token is " + token),
        Arguments.of("a callback's path", "POST /callbacks/useapi/job-1/" + token),
        Arguments.of("a webhook's signing secret", "key whsec_MDEyMzQ1Njc4OWFiY2RlZjAx"),
        Arguments.of("an API key", "{\"key\":\"rk_0123456789abcdefghij\"}"),
        Arguments.of("a presigned link", "GET http://s3/b/song.mp3?x=1&X-Amz-Signature=0f0f"),
        Arguments.of("a signed request", "AWS4-HMAC-SHA256 Signature=" + "0f".repeat(32)),
        Arguments.of("a credential", "authorization=Bearer user:1234-planted"),
        Arguments.of("a JSON Web Token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl"),
        Arguments.of(
            "a key of the embedded AWS", "key " + Credentials.generate().secretAccessKey()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secrets")
  void shouldFindASecretByItsShape(String what, String line) throws IOException {
    assertThat(planted(line).findings())
        .contains(
            new SecretsInOutput.Finding(
                Path.of("local/target/failsafe-reports/x.JobIT-output.txt"), 5, what));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static final String SECRET = \"planted-by-its-name\";",
        "settings.put(\"USEAPI_TOKEN\", \"planted-by-its-name\");",
        "Map.of(\"RIFFHOOK_CALLBACK_SECRETS\",\n        \"planted-by-its-name\");",
        "stub.settings(\"MUSICAPI\", \"planted-by-its-name\")",
        "new CallbackTokens(List.of(\"planted-by-its-name\"))"
      })
  void shouldFindWhatATestNamesAsSecret(String source) throws IOException {
    write("shared/aws/src/test/java/x/SomeTest.java", source);

    assertThat(planted("it failed with planted-by-its-name.").findings())
        .containsExactly(
            new SecretsInOutput.Finding(
                Path.of("local/target/failsafe-reports/x.JobIT-output.txt"),
                5,
                "a secret of the tests"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shared/domain/target/surefire-reports/x.SomeTest-output.txt",
        "local/target/failsafe-reports/x.SomeIT.txt",
        "local/target/failsafe-reports/2026-11-21T02-25-14_1-jvmRun1.dumpstream",
        "local/target/lambda-logs/submit-1.log"
      })
  void shouldLookThroughEveryKindOfOutput(String file) throws IOException {
    write(file, "Bearer user:1234-planted");

    assertThat(SecretsInOutput.look(root).findings())
        .containsExactly(new SecretsInOutput.Finding(Path.of(file), 1, "a credential"));
  }

  @Test
  void shouldFindNothingWhereThereIsNothing() throws IOException {
    SecretsInOutput.Result result = planted("");

    assertThat(result.findings()).isEmpty();
    assertThat(result.outputs()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeOutputThatWasNotKeptForClean() throws IOException {
    write("local/target/surefire-reports/TEST-x.SomeTest.xml", "<testsuite/>");

    assertThatIllegalStateException()
        .isThrownBy(() -> SecretsInOutput.look(root))
        .withMessageContaining("tests have run below")
        .withMessageContaining("left no output");
  }

  @Test
  void shouldFailTheBuildAndNotShowTheSecretAgain() throws IOException {
    planted("Bearer user:1234-planted");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code = SecretsInOutput.run(root, new PrintStream(said, true, StandardCharsets.UTF_8));

    assertThat(code).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("x.JobIT-output.txt:5 holds a credential")
        .contains("1 files of test output")
        .doesNotContain("1234-planted");
  }

  @Test
  void shouldKnowTheSecretsOfThisRepository() throws IOException {
    // A folder of the build would be in the way: only sources are read here.
    Path sources = Path.of("src", "test");

    assertThat(SecretsInOutput.look(sources).secrets()).isGreaterThan(3);
  }
}
