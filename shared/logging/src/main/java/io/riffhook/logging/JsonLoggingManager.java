package io.riffhook.logging;

import org.slf4j.Logger;
import org.slf4j.event.Level;
import software.amazon.lambda.powertools.logging.internal.LoggingManager;

/** By which Powertools sets the level; found by its name in {@code META-INF/services}. */
public final class JsonLoggingManager implements LoggingManager {
  @Override
  public void setLogLevel(Level level) {
    Levels.root(level);
  }

  @Override
  public Level getLogLevel(Logger logger) {
    return Levels.root();
  }
}
