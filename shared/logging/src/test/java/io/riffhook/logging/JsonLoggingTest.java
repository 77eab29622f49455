package io.riffhook.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import software.amazon.lambda.powertools.logging.internal.LoggingManagerRegistry;

class JsonLoggingTest {
  private static final Logger LOG = LoggerFactory.getLogger("io.riffhook.test");

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(stdout);
    MDC.clear();
    Levels.root(Level.INFO);
  }

  /** The fields of the one line that was written; those of an object in it after a dot. */
  private Map<String, Object> line() throws IOException {
    String text = written.toString(UTF_8);
    assertThat(text).endsWith("\n");
    assertThat(text.indexOf('\n')).as("one line").isEqualTo(text.length() - 1);
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      String inside = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case START_OBJECT -> inside = json.currentName() == null ? "" : json.currentName() + ".";
          case END_OBJECT -> inside = "";
          case VALUE_STRING -> fields.put(inside + json.currentName(), json.getText());
          case VALUE_TRUE, VALUE_FALSE ->
              fields.put(inside + json.currentName(), json.getBooleanValue());
          default -> {}
        }
      }
    }
    return fields;
  }

  @Test
  void shouldWriteAnObjectWithWhatIsInTheContext() throws IOException {
    MDC.put("jobId", "0197");
    MDC.put("cold_start", "true");
    MDC.put("message", "another");
    LOG.info("{} of {}", "one", 2);

    Map<String, Object> line = line();
    assertThat(Instant.parse((String) line.remove("timestamp"))).isBefore(Instant.MAX);
    assertThat(line)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "level",
                "INFO",
                "message",
                "one of 2",
                "logger",
                "io.riffhook.test",
                "jobId",
                "0197",
                "cold_start",
                true));
  }

  @Test
  void shouldTellAnErrorWithItsStack() throws IOException {
    LOG.error("it broke", new IllegalStateException("why", new IOException("because")));

    assertThat(line())
        .containsEntry("level", "ERROR")
        .containsEntry("error.name", "java.lang.IllegalStateException")
        .containsEntry("error.message", "why")
        .hasEntrySatisfying(
            "error.stack", stack -> assertThat((String) stack).contains("Caused by", "because"));
  }

  @Test
  void shouldKeepWhateverItTellsInItsLine() throws IOException {
    String evil = "a\nb\r\u0085\u2028\u2029\u000b\u007f\u0000\"}{ ä 😀 \ud800";
    LOG.warn("{}", evil);

    assertThat(written.toString(UTF_8).chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f));
    assertThat(line()).containsEntry("message", evil);
  }

  @Test
  void shouldTellOfTheSdkOnlyWarnings() {
    Logger sdk = LoggerFactory.getLogger("software.amazon.awssdk.request");
    sdk.info("a request");
    LOG.debug("a detail");
    LOG.trace("less");
    assertThat(written.toString(UTF_8)).isEmpty();
    assertThat(sdk.isWarnEnabled()).isTrue();
  }

  @Test
  void shouldTakeItsLevelFromPowertools() {
    LoggingManagerRegistry.getLoggingManager().setLogLevel(Level.DEBUG);
    LOG.debug("a detail");
    assertThat(written.toString(UTF_8)).contains("a detail");
    assertThat(LoggingManagerRegistry.getLoggingManager().getLogLevel(LOG)).isEqualTo(Level.DEBUG);
    assertThat(LOG.isTraceEnabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "DEBUG,ERROR,DEBUG",
    "'',error,ERROR",
    "FATAL,'',ERROR",
    "loud,WARN,WARN",
    "'','',INFO",
  })
  void shouldTakeItsLevelFromTheEnvironment(String lambda, String powertools, Level level) {
    assertThat(
            Levels.of(Map.of("AWS_LAMBDA_LOG_LEVEL", lambda, "POWERTOOLS_LOG_LEVEL", powertools)))
        .isEqualTo(level);
  }
}
