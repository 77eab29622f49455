package io.riffhook.bench.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;

/** A running execution environment of a function, whatever it is written in. */
interface Stage extends AutoCloseable {
  Duration PATIENCE = Duration.ofMinutes(2);

  /** Waits until it asks for its first event. */
  void awaitReady() throws Exception;

  /** Has an event handled. */
  byte[] invoke(byte[] event) throws Exception;

  /** The process's id. */
  long pid();

  @Override
  void close();

  /** Whether an answer says that all went well: a status below 300, or no failed message. */
  static void check(String contender, byte[] answer) throws IOException {
    JsonNode json = new JsonMapper().readTree(answer);
    boolean well =
        json.has("statusCode")
            ? json.path("statusCode").asInt() < 300
            : json.path("batchItemFailures").isEmpty();
    if (!well) {
      throw new IllegalStateException(contender + " answered " + json);
    }
  }
}
