package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Form;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the fields of a request and refuses what is out of range. A form's fields are text, so
 * numbers may come as text.
 */
final class Fields {
  /** "Maximum length 1024 characters." */
  private static final int LONGEST_REPLY = 1024;

  private final ObjectNode fields;

  private Fields(ObjectNode fields) {
    this.fields = fields;
  }

  static Fields of(Call call) {
    return new Fields(
        Form.read(call)
            .orElseThrow(() -> new BadRequest("Request body must be JSON or multipart/form-data")));
  }

  Optional<String> text(String name) {
    JsonNode node = fields.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw new BadRequest("Parameter " + name + " must be a string");
    }
    return Optional.of(node.textValue()).filter(text -> !text.isBlank());
  }

  String required(String name) {
    return text(name).orElseThrow(() -> new BadRequest("Parameter " + name + " is required"));
  }

  boolean flag(String name) {
    JsonNode node = fields.path(name);
    return switch (node.asText()) {
      case "true" -> true;
      case "false", "", "null" -> false;
      default -> throw new BadRequest("Parameter " + name + " must be true or false");
    };
  }

  OptionalInt number(String name, int least, int most) {
    JsonNode node = fields.path(name);
    if (node.isMissingNode() || node.isNull() || node.asText().isBlank()) {
      return OptionalInt.empty();
    }
    if (!node.asText().matches("-?\\d{1,9}")) {
      throw new BadRequest("Parameter " + name + " must be an integer");
    }
    int value = Integer.parseInt(node.asText());
    if (value < least || value > most) {
      throw new BadRequest("Parameter %s must be in range %d…%d".formatted(name, least, most));
    }
    return OptionalInt.of(value);
  }

  String replyRef() {
    return shortText("replyRef");
  }

  /** The URL to call back, or empty. */
  String replyUrl() {
    String url = shortText("replyUrl");
    if (!url.isEmpty() && !isHttp(url)) {
      throw new BadRequest("Parameter replyUrl is not a valid URL");
    }
    return url;
  }

  /** "Supported values: FUZZ-0.8 (default)". */
  void checkModel() {
    if (!text("model").orElse("FUZZ-0.8").equals("FUZZ-0.8")) {
      throw new BadRequest("Parameter model has unsupported value, supported values: FUZZ-0.8");
    }
  }

  private String shortText(String name) {
    String text = text(name).orElse("");
    if (text.length() > LONGEST_REPLY) {
      throw new BadRequest(name + " is too long");
    }
    return text;
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
