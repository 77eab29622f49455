package io.riffhook.simulator.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A callback to be sent.
 *
 * @param url where to, or empty when nobody is to be called
 * @param body what the JSON body holds
 */
public record Post(String url, JsonNode body) {
  /** The headers that go with a body, made of its exact text. */
  @FunctionalInterface
  public interface Headers {
    /** Headers by name; none of a provider that signs nothing. */
    Map<String, String> of(String body);
  }
}
