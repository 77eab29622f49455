package io.riffhook.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsHealth;
import io.riffhook.lambda.HttpResponse;
import java.util.Map;

/** How the system is. */
final class StatusRoutes {
  private final AwsHealth health;

  StatusRoutes(AwsHealth health) {
    this.health = health;
  }

  HttpResponse health() {
    Map<String, Boolean> parts = health.probe();
    boolean up = !parts.containsValue(false);
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", up ? "up" : "down");
    ObjectNode each = body.putObject("parts");
    parts.forEach((part, answers) -> each.put(part, answers ? "up" : "down"));
    return HttpResponse.json(up ? 200 : 503, body);
  }
}
