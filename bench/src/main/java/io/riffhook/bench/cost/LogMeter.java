package io.riffhook.bench.cost;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/**
 * How many bytes the functions log, in the layout that they have on Lambda. Nothing of it is shown.
 */
final class LogMeter implements AutoCloseable {
  private static final String OURS = "io.riffhook";

  /** A log event of Lambda's is billed with so many bytes more. */
  private static final int EVENT = 26;

  private final Map<String, Long> bytes = new ConcurrentHashMap<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig before = context.getConfiguration().getLoggerConfig(OURS);
  private final boolean existed = before.getName().equals(OURS);
  private final Counter counter;

  LogMeter() {
    Configuration configuration = context.getConfiguration();
    counter = new Counter(configuration);
    counter.start();
    LoggerConfig ours = new LoggerConfig(OURS, Level.INFO, false);
    ours.addAppender(counter, Level.INFO, null);
    configuration.removeLogger(OURS);
    configuration.addLogger(OURS, ours);
    context.updateLoggers();
  }

  /** Bytes by function since the last {@link #forget}. */
  Map<String, Long> bytes() {
    return Map.copyOf(bytes);
  }

  void forget() {
    bytes.clear();
  }

  @Override
  public void close() {
    Configuration configuration = context.getConfiguration();
    configuration.removeLogger(OURS);
    if (existed) {
      configuration.addLogger(OURS, before);
    }
    context.updateLoggers();
    counter.stop();
  }

  private final class Counter extends AbstractAppender {
    private Counter(Configuration configuration) {
      super(
          "bytes",
          null,
          JsonTemplateLayout.newBuilder()
              .setConfiguration(configuration)
              .setEventTemplateUri("classpath:LambdaJsonLayout.json")
              .build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      // The host names an invocation's thread by its function.
      String thread = event.getThreadName();
      int end = thread.indexOf("Function-");
      if (end > 0) {
        long length = getLayout().toByteArray(event).length + (long) EVENT;
        bytes.merge(thread.substring(0, end) + "Function", length, Long::sum);
      }
    }
  }
}
