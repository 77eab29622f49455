package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys by the command line, of a system on this machine that wants them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysCommandIT {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Backend backend;

  KeysCommandIT(@TempDir Path temporary) {
    folder = temporary;
    CliContext strict =
        new CliContext(
            Path.of("..").toAbsolutePath().normalize(),
            Map.of("RIFFHOOK_REQUIRE_KEYS", "true"),
            false,
            80);
    backend = Backend.start(strict, 0, Optional.of(folder), SimulatorSettings.defaults());
  }

  @AfterAll
  void stop() {
    backend.close();
  }

  private Cli keys(String... arguments) {
    Cli cli = new Cli();
    int code =
        cli.run(
            Stream.of(
                    Stream.of("keys"), Stream.of(arguments), Stream.of("--data", folder.toString()))
                .flatMap(each -> each)
                .toArray(String[]::new));
    assertThat(code).as(cli.err()).isEqualTo(ExitCode.OK);
    return cli;
  }

  private Cli jobs(Map<String, String> environment, int code) {
    Cli cli = new Cli(environment);
    assertThat(cli.run("jobs", "--url", backend.machine().apiUrl().toString()))
        .as(cli.err())
        .isEqualTo(code);
    return cli;
  }

  @Test
  void shouldPrintTheKeyAloneAndOnce() throws Exception {
    Cli created = keys("create", "--owner", "alice", "--label", "the shop", "--expires", "90d");
    String key = created.out().strip();

    assertThat(created.out()).matches("rk_[A-Za-z0-9_-]{48}\\R");
    assertThat(created.err()).contains(" of alice, valid until ").doesNotContain(key);
    String id = created.err().split(" ")[1];
    Cli listed = keys("list", "--owner", "alice");
    assertThat(listed.out())
        .contains("KEY  ", id, "alice", "valid", "never", "the shop")
        .doesNotContain(key.substring(3));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(key.substring(3));
      }
    }
  }

  @Test
  void shouldTellAllOfItAsJson() throws Exception {
    JsonNode created =
        JSON.readTree(keys("create", "--owner", "bob", "--expires", "12h", "--json").out());
    JsonNode listed = JSON.readTree(keys("list", "--owner", "bob", "--json").out()).path("keys");

    assertThat(created.path("key").asText()).startsWith("rk_");
    assertThat(
            Duration.between(
                Instant.parse(created.path("createdAt").asText()),
                Instant.parse(created.path("expiresAt").asText())))
        .isEqualTo(Duration.ofHours(12));
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("id")).isEqualTo(created.path("id"));
    assertThat(listed.get(0).path("status").asText()).isEqualTo("valid");
    assertThat(listed.get(0).has("key")).isFalse();
    assertThat(JSON.readTree(keys("list", "--owner", "nobody", "--json").out()))
        .isEqualTo(JSON.readTree("{\"keys\": []}"));
    assertThat(keys("list", "--owner", "nobody").out()).startsWith("No keys.");
  }

  @Test
  void shouldCallWithTheKeyInTheEnvironment() throws Exception {
    String key = keys("create", "--owner", "carol").out().strip();

    assertThat(jobs(Map.of("RIFFHOOK_API_KEY", key), ExitCode.OK).out()).startsWith("No jobs.");
    JsonNode listed = JSON.readTree(keys("list", "--owner", "carol", "--json").out());
    assertThat(listed.at("/keys/0/lastUsedAt").asText()).as("its use was noted").isNotEmpty();
    assertThat(jobs(Map.of(), ExitCode.REFUSED).err())
        .contains("the API answered 401 Unauthorized: it wants a key. Set RIFFHOOK_API_KEY.");
  }

  @Test
  void shouldRevokeAKeyForGood() throws Exception {
    JsonNode created = JSON.readTree(keys("create", "--owner", "dave", "--json").out());
    String id = created.path("id").asText();
    String key = created.path("key").asText();

    String first = keys("revoke", id).out();
    assertThat(first).startsWith("Key " + id + " of dave is revoked since 20");
    assertThat(keys("revoke", id).out()).isEqualTo(first);
    assertThat(keys("list", "--owner", "dave").out()).contains("revoked");
    Cli refused = jobs(Map.of("RIFFHOOK_API_KEY", key), ExitCode.REFUSED);
    assertThat(refused.err())
        .contains("the API answered 403 Forbidden: the key in RIFFHOOK_API_KEY does not work")
        .doesNotContain(key);
    Cli unknown = new Cli();
    assertThat(unknown.run("keys", "revoke", "0123456789abcdef", "--data", folder.toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(unknown.err()).contains("there is no key 0123456789abcdef");
  }

  @Test
  void shouldRefuseALabelOfTwoLines() {
    Cli cli = new Cli();
    int code =
        cli.run("keys", "create", "--owner", "x", "--label", "a\nb", "--data", folder.toString());

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("a key's label is 1 to 200 characters");
  }

  @Test
  void shouldHaveAKeyOfItsOwnForTheApiThatItServesItself() throws Exception {
    assertThat(backend.api().get("/v1/jobs").has("jobs")).isTrue();

    JsonNode own = JSON.readTree(keys("list", "--owner", "local", "--json").out()).at("/keys/0");
    assertThat(own.path("label").asText()).startsWith("riffhook itself, process ");
    assertThat(own.has("expiresAt")).isTrue();
  }
}
