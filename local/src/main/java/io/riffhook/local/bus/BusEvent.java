package io.riffhook.local.bus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An event on a bus.
 *
 * @param time when it happened; EventBridge keeps whole seconds of it
 * @param resources ARNs of what it is about
 */
record BusEvent(
    String id,
    String detailType,
    String source,
    Instant time,
    List<String> resources,
    ObjectNode detail) {

  BusEvent {
    resources = List.copyOf(resources);
  }

  /** As rules and targets see it. */
  ObjectNode envelope(String account, String region) {
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("version", "0");
    envelope.put("id", id);
    envelope.put("detail-type", detailType);
    envelope.put("source", source);
    envelope.put("account", account);
    envelope.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    envelope.put("region", region);
    ArrayNode named = envelope.putArray("resources");
    resources.forEach(named::add);
    envelope.set("detail", detail);
    return envelope;
  }
}
