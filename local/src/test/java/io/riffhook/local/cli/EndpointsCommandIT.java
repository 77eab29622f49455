package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffhook.local.docs.Receiver;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Endpoints on the command line, against a running system. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointsCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "whsec_[A-Za-z0-9+/]{43}=";

  private final Receiver receiver = new Receiver();
  private final Backend backend =
      Backend.start(
          new CliContext(Path.of("..").toAbsolutePath().normalize(), Map.of(), false, 80),
          0,
          Optional.empty(),
          SimulatorSettings.defaults());
  private final String url = backend.machine().apiUrl().toString();
  private final Wake wake = new Wake();

  EndpointsCommandIT() throws Exception {
    backend.machine().onInvocation(wake);
  }

  @AfterAll
  void close() {
    backend.close();
    receiver.close();
  }

  private String run(String... arguments) {
    Cli cli = new Cli();
    assertThat(cli.run(on(arguments))).as(cli.err()).isEqualTo(ExitCode.OK);
    return cli.out().strip();
  }

  private String[] on(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "endpoints";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--url";
    all[all.length - 1] = url;
    return all;
  }

  private String create(String path, String... more) throws Exception {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "create";
    arguments[1] = receiver.url(path);
    arguments[2] = "--json";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return JSON.readTree(run(arguments)).path("id").asText();
  }

  /** The first delivery in a state, once there is one. */
  private JsonNode delivery(String endpoint, String state) throws Exception {
    while (true) {
      JsonNode page = JSON.readTree(run("deliveries", endpoint, "--state", state, "--json"));
      if (!page.path("deliveries").isEmpty()) {
        return page.at("/deliveries/0");
      }
      wake.await();
      wake.looked();
    }
  }

  @Test
  void shouldPrintTheSecretAloneForAScript() {
    Cli cli = new Cli();
    int code =
        cli.run(
            on(
                "create",
                receiver.url("/ok"),
                "--events",
                "job.ready,job.failed",
                "--label",
                "the shop",
                "--links"));

    assertThat(code).as(cli.err()).isEqualTo(ExitCode.OK);
    assertThat(cli.out().strip().matches(FORM)).as("a secret and nothing else").isTrue();
    assertThat(cli.err()).containsPattern("Endpoint ep_\\w+ is told of job.ready, job.failed\\.");
    assertThat(run("list"))
        .containsPattern("ep_\\w+ +told +2 +" + receiver.url("/ok") + " +the shop")
        .containsPattern("default +signs");
  }

  @Test
  void shouldShowRotateAndDelete() throws Exception {
    String id = create("/ok", "--events", "job.ready");
    String first = run("show", id, "--secret");
    String second = run("rotate", id, "--keep", "0");

    assertThat(first.matches(FORM) && second.matches(FORM) && !first.equals(second)).isTrue();
    assertThat(run("show", id))
        .contains(id + "  told", "URL      " + receiver.url("/ok"), "Events   job.ready")
        .contains("Links    no");
    assertThat(run("delete", id)).isEqualTo("Endpoint " + id + " is deleted.");
    Cli gone = new Cli();
    assertThat(gone.run(on("show", id))).isEqualTo(ExitCode.REFUSED);
    assertThat(gone.err()).contains("riffhook: Not found (404)");
  }

  @Test
  void shouldTestShowDeliveriesAndDeliverAgain() throws Exception {
    String id = create("/ok", "--events", "submission.rejected");
    assertThat(run("deliveries", id)).isEqualTo("No deliveries.");
    assertThat(run("test", id)).startsWith("On its way: ");
    JsonNode delivered = delivery(id, "delivered");
    String delivery = delivered.path("id").asText();

    assertThat(run("deliveries", id, "--since", "2026-11-21T00:00:00Z", "--limit", "5"))
        .containsPattern("endpoint.test +delivered .* 1 +HTTP 204 +" + delivery);
    assertThat(run("redeliver", id, delivery)).isEqualTo("On its way: " + delivery);
    String since = delivered.path("timestamp").asText();
    while (receiver.received(delivered.path("webhookId").asText()) < 2) {
      wake.await();
      wake.looked();
    }
    delivery(id, "delivered");
    assertThat(run("redeliver", id, "--since", since, "--state", "delivered"))
        .isEqualTo("1 on their way");
  }

  @Test
  void shouldSayWhyAnEndpointIsDisabled() throws Exception {
    String id = create("/gone", "--events", "submission.rejected");
    run("test", id);
    delivery(id, "failed");

    assertThat(run("show", id)).contains(id + "  disabled", "Disabled ", "HTTP 410");
    Cli refused = new Cli();
    assertThat(refused.run(on("test", id))).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("It is disabled (endpoint-gone)");
  }
}
