package io.riffhook.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;

/**
 * Writes each event as one line to standard output, which Lambda takes for the log: a JSON object
 * with the fields that Powertools has in its own layout, and all that is in the log context.
 * Whatever a text holds, it stays in its line: all but printable ASCII is escaped.
 */
final class JsonLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LAST_PRINTABLE = '~';

  private final transient MDCAdapter context;

  JsonLogger(String name, MDCAdapter context) {
    this.name = name;
    this.context = context;
  }

  @Override
  public boolean isTraceEnabled() {
    return Levels.show(name, Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return Levels.show(name, Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return Levels.show(name, Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return Levels.show(name, Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return Levels.show(name, Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null; // nobody asks where a line was written
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    String message =
        arguments == null ? pattern : MessageFormatter.basicArrayFormat(pattern, arguments);
    String line = line(level, message, error);
    // One call, so that lines of several threads do not mix.
    System.out.print(line);
    System.out.flush();
  }

  private String line(Level level, String message, @Nullable Throwable error) {
    StringWriter line = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.setHighestNonEscapedChar(LAST_PRINTABLE);
      json.writeStartObject();
      json.writeStringField("level", level.name());
      json.writeStringField("message", message);
      if (error != null) {
        error(json, error);
      }
      json.writeStringField("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
      json.writeStringField("logger", name);
      context(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text can always be written", e);
    }
    return line.append('\n').toString();
  }

  private static void error(JsonGenerator json, Throwable error) throws IOException {
    StringWriter stack = new StringWriter();
    error.printStackTrace(new PrintWriter(stack));
    json.writeObjectFieldStart("error");
    json.writeStringField("name", error.getClass().getName());
    json.writeStringField("message", String.valueOf(error.getMessage()));
    json.writeStringField("stack", stack.toString());
    json.writeEndObject();
  }

  private void context(JsonGenerator json) throws IOException {
    Map<String, String> fields = context.getCopyOfContextMap();
    if (fields == null) {
      return;
    }
    for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
      String value = field.getValue();
      switch (field.getKey()) {
        case "level", "message", "error", "timestamp", "logger" -> {
          // A field of ours is not there twice, whoever put its name in the context.
        }
        case "cold_start" -> json.writeBooleanField("cold_start", Boolean.parseBoolean(value));
        default -> json.writeStringField(field.getKey(), value);
      }
    }
  }
}
