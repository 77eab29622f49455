package io.riffhook.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.callback.CallbackStage;
import io.riffhook.domain.Reason;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.lambda.Telemetry;
import io.riffhook.submit.SubmitStage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Texts from outside that want to be log lines of their own, in the layout that is deployed. */
final class LogInjectionTest {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final PrintStream STDOUT = System.out;
  private static final ByteArrayOutputStream WRITTEN = new ByteArrayOutputStream();

  /** Lambda's log is what goes to standard output. */
  @BeforeAll
  static void capture() {
    System.setOut(new PrintStream(WRITTEN, true, UTF_8));
  }

  @AfterAll
  static void release() {
    System.setOut(STDOUT);
  }

  @BeforeEach
  void forget() {
    WRITTEN.reset();
  }

  /** Each line, which is one object. */
  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    String text = WRITTEN.toString(UTF_8);
    assertThat(text).endsWith("\n");
    // Whatever some reader takes for the end of a line must not be in one.
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      assertThat(line.chars()).as(line).allMatch(c -> c >= ' ' && c != 0x7f);
      JsonNode object = STRICT.readTree(line);
      assertThat(object.isObject()).as(line).isTrue();
      assertThat(object.has("evil")).as(line).isFalse();
      lines.add(object);
    }
    return lines;
  }

  private static String json(String text) throws IOException {
    return STRICT.writeValueAsString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n{\"level\":\"ERROR\",\"message\":\"all is lost\",\"evil\":1}",
        "x\r\n2026-11-21 ERROR all is lost",
        "\",\"evil\":1,\"x\":\"",
        "\\\",\"evil\":1,\"x\":\"",
        "\"}\n{\"evil\":1}",
        "${jndi:ldap://127.0.0.1:1/evil}",
        "${env:PATH} ${sys:user.home} ${ctx:jobId} %d{HH} {} %n",
        "\u001b[2J\u001b[31mred\u0007",
        "\u0085next\u2028line\u2029paragraph\u000bvertical\fform",
        "\u202egnp.exe\u0000\ud800"
      })
  void shouldKeepEachLineOneObjectWhateverItTells(String evil) throws Exception {
    // A provider's words, in the reason why a call bought nothing.
    SubmitStage submit = new SubmitStage();
    submit.studio.provider.submits(
        new SubmitOutcome.TryLater(new Reason("provider-busy", evil), Optional.empty()));
    String body =
        "{\"prompt\":%s,\"reference\":%s,\"%s\":1}".formatted(json(evil), json(evil), "x");
    submit.answer(new Call("POST /v1/jobs", Map.of(), body));
    submit.answer(
        new Call(
            "POST /v1/jobs",
            Map.of(),
            "{\"prompt\":%s}".formatted(json("x" + evil.replace("\ud800", "")))));
    int sent = lines().size();

    // A callback's words: what it names, its path, its headers.
    CallbackStage callback = new CallbackStage();
    String done = "{\"status\":\"completed\",\"job_id\":%s}".formatted(json(evil));
    callback.answer(new Call(CallbackStage.ROUTE, callback.path("useapi"), done));
    Map<String, String> path = new HashMap<>(callback.path("useapi"));
    for (String variable : List.of("provider", "jobId", "token")) {
      path.put(variable, evil);
      callback.answer(
          new Call(CallbackStage.ROUTE, path, done).with(Map.of("x-amzn-trace-id", evil)));
    }

    // An error's words, and those that a line is said to be about.
    Telemetry.about(evil);
    LoggerFactory.getLogger("test")
        .error("failed: {}", evil, new IllegalStateException(evil, new IOException(evil)));
    Telemetry.aboutNothing();

    List<JsonNode> lines = lines();
    assertThat(sent).isPositive();
    assertThat(lines.size()).isGreaterThanOrEqualTo(sent + 5);
    assertThat(lines.getLast().path("message").asText())
        .as("told as it is, and nothing looked up")
        .isEqualTo("failed: " + evil);
    assertThat(lines)
        .extracting(line -> line.path("message").asText())
        .filteredOn(message -> message.startsWith("final callback of"))
        .containsExactly("final callback of provider job " + evil.replace('\ud800', '?'));
  }
}
