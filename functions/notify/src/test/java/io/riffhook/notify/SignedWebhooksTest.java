package io.riffhook.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import io.riffhook.domain.WebhookSecret;
import io.riffhook.domain.Webhooks;
import io.riffhook.providers.http.WebhookCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is really sent is verified by the reference libraries of two languages. The one for
 * JavaScript comes from npm, where there is Node and npm can have it; else its tests are skipped
 * and say why.
 */
class SignedWebhooksTest {
  private static final String JS_VERSION = "1.1.1";
  private static final Duration NPM = Duration.ofMinutes(2);
  private static final Path JS = Path.of("src", "test", "js", "verify.js");
  private static final JsonMapper JSON = new JsonMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String BODY =
      "{\"type\":\"job.ready\",\"data\":{\"title\":\"Käse 🧀 </script> \\u0000\"}}";

  private final String newest = WebhookSecret.generate(RANDOM).value();
  private final String older = WebhookSecret.generate(RANDOM).value();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private record Received(Map<String, List<String>> headers, String body) {}

  /** How a program ended. */
  private record Ended(int status, String out, String err) {}

  SignedWebhooksTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, List<String>> headers = new TreeMap<>();
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(new Received(headers, body));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Received send(InstantSource clock, String... secrets) {
    Webhooks calls = new WebhookCalls(true, new StandardSigner(), clock);
    Webhooks.Answer answer =
        calls.send(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks"),
            "evt_order-1_4",
            List.of(secrets),
            BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(answer).isEqualTo(new Webhooks.Answer.Answered(204, Optional.empty()));
    return received.getLast();
  }

  private Received send(String... secrets) {
    return send(InstantSource.system(), secrets);
  }

  @Test
  void shouldBeVerifiedByTheReferenceLibraryForJava() {
    Received sent = send(newest);

    assertThat(sent.headers().get("webhook-id")).containsExactly("evt_order-1_4");
    assertThatCode(() -> new Webhook(newest).verify(sent.body(), sent.headers()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Webhook(older).verify(sent.body(), sent.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> new Webhook(newest).verify(sent.body() + " ", sent.headers()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void shouldBeVerifiedByEitherSecretWhileOneTakesTheOthersPlace() {
    Received sent = send(newest, older);

    assertThat(sent.headers().get("webhook-signature"))
        .singleElement()
        .satisfies(signatures -> assertThat(signatures).matches("v1,[^ ]+ v1,[^ ]+"));
    for (String secret : List.of(newest, older)) {
      assertThatCode(() -> new Webhook(secret).verify(sent.body(), sent.headers()))
          .doesNotThrowAnyException();
    }
  }

  /** The libraries refuse what is older than five minutes; a repeat is signed anew. */
  @Test
  void shouldBeRefusedWhereItIsReplayed() {
    InstantSource past = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-6));
    Received sent = send(past, newest);

    assertThatThrownBy(() -> new Webhook(newest).verify(sent.body(), sent.headers()))
        .isInstanceOf(WebhookVerificationException.class)
        .hasMessageContaining("timestamp");
  }

  @Test
  void shouldBeVerifiedByTheReferenceLibraryForJavaScript() throws Exception {
    Path modules = javaScriptLibrary();
    Received sent = send(newest, older);

    for (String secret : List.of(newest, older)) {
      Ended verified = verify(modules, secret, sent, sent.body());
      assertThat(verified.status()).as(verified.err()).isZero();
      assertThat(JSON.readTree(verified.out())).isEqualTo(JSON.readTree(BODY));
    }
    Ended foreign = verify(modules, WebhookSecret.generate(RANDOM).value(), sent, sent.body());
    assertThat(foreign.status()).isEqualTo(1);
    assertThat(foreign.err()).isEqualTo("No matching signature found");
    Ended changed = verify(modules, newest, sent, sent.body().replace("Käse", "Wurst"));
    assertThat(changed.status()).isEqualTo(1);
    assertThat(changed.err()).isEqualTo("No matching signature found");
  }

  private static Ended verify(Path modules, String secret, Received sent, String body)
      throws Exception {
    ObjectNode input = JSON.createObjectNode().put("secret", secret).put("body", body);
    ObjectNode headers = input.putObject("headers");
    sent.headers().forEach((name, values) -> headers.put(name, values.getFirst()));
    ProcessBuilder node = new ProcessBuilder("node", JS.toAbsolutePath().toString());
    node.environment().put("NODE_PATH", modules.toAbsolutePath().toString());
    return run(node, input);
  }

  /** Where the library is; the test is skipped where it cannot be had. */
  private static Path javaScriptLibrary() throws Exception {
    assumeTrue(isThere("node", "--version"), "skipped: there is no Node on this machine");
    assumeTrue(isThere("npm", "--version"), "skipped: there is no npm on this machine");
    Path folder = Files.createDirectories(Path.of("target", "npm"));
    Path modules = folder.resolve("node_modules");
    if (!Files.exists(modules.resolve("standardwebhooks"))) {
      Ended install =
          run(
              new ProcessBuilder(
                  "npm",
                  "install",
                  "--prefix",
                  folder.toString(),
                  "--no-audit",
                  "--no-fund",
                  "--ignore-scripts",
                  "standardwebhooks@" + JS_VERSION),
              JSON.createObjectNode());
      assumeTrue(install.status() == 0, "skipped: npm cannot have standardwebhooks " + JS_VERSION);
    }
    return modules;
  }

  private static boolean isThere(String... command) throws Exception {
    try {
      return run(new ProcessBuilder(command), JSON.createObjectNode()).status() == 0;
    } catch (IOException _) {
      // The JDK's way to say that there is no such program.
      return false;
    }
  }

  private static Ended run(ProcessBuilder program, JsonNode input) throws Exception {
    Path out = Files.createTempFile(Files.createDirectories(Path.of("target")), "out", ".txt");
    Path err = Files.createTempFile(Path.of("target"), "err", ".txt");
    Path in = Files.createTempFile(Path.of("target"), "in", ".json");
    List<Path> files = new ArrayList<>(List.of(out, err, in));
    try {
      Files.write(in, JSON.writeValueAsBytes(input));
      Process process =
          program
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(NPM.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Ended(-1, "", "it took too long");
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
