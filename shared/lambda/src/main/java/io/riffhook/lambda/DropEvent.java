package io.riffhook.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Drop;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What S3 tells of new objects
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
public final class DropEvent {
  private DropEvent() {}

  /**
   * The new objects that a message tells of; empty where it is none of S3's. S3 tests a new
   * configuration with a message that tells of none.
   */
  public static Optional<List<Drop>> read(String message) {
    JsonNode event;
    try {
      event = Json.read(message.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
    if (event.path("Event").asText().equals("s3:TestEvent")) {
      return Optional.of(List.of());
    }
    List<Drop> drops = new ArrayList<>();
    for (JsonNode record : event.path("Records")) {
      JsonNode object = record.path("s3").path("object");
      if (record.path("eventSource").asText().equals("aws:s3") && object.path("key").isTextual()) {
        drops.add(
            new Drop(
                // As in the query of a URL: with a plus for a space.
                URLDecoder.decode(object.path("key").textValue(), StandardCharsets.UTF_8),
                object.path("eTag").asText(),
                object.path("size").asLong()));
      }
    }
    return drops.isEmpty() ? Optional.empty() : Optional.of(drops);
  }
}
