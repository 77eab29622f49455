package io.riffhook.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.aws.AwsHealth;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Settings;
import io.riffhook.lambda.HttpResponse;
import java.util.Locale;
import java.util.Map;

/** How the system and its providers are. */
final class StatusRoutes {
  private final Providers providers;
  private final Settings settings;
  private final AwsHealth health;

  StatusRoutes(Providers providers, Settings settings, AwsHealth health) {
    this.providers = providers;
    this.settings = settings;
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

  HttpResponse providers() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("providers");
    providers.all().forEach(provider -> list.add(provider(provider)));
    return HttpResponse.json(200, body);
  }

  private ObjectNode provider(Provider provider) {
    Capabilities can = provider.capabilities();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", can.provider())
            .put("configured", settings.isSet(can.provider().toUpperCase(Locale.ROOT) + "_TOKEN"))
            .put("signal", can.webhooks() ? "webhook" : "check");
    ArrayNode operations = json.putArray("operations");
    can.operations().keySet().forEach(kind -> operations.add(kind.value()));
    ArrayNode formats = json.putArray("formats");
    can.formats().forEach(format -> formats.add(format.value()));
    ArrayNode models = json.putArray("models");
    can.models().forEach(models::add);
    return json;
  }
}
