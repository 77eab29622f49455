package io.riffhook.simulator.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Form;
import io.riffhook.simulator.http.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the fields of a request and refuses, with a {@link BadRequest}, what is of another type or
 * out of range. In JSON numbers and booleans must be such; a form has nothing but text. Null and
 * blank text count as absent.
 */
public final class Fields {
  private final ObjectNode fields;

  /** Whether numbers and booleans may come as text. */
  private final boolean form;

  private Fields(ObjectNode fields, boolean form) {
    this.fields = fields;
    this.form = form;
  }

  /** The fields of a JSON body or a form. */
  public static Fields of(Call call) {
    ObjectNode fields =
        Form.read(call)
            .orElseThrow(() -> new BadRequest("Request body must be JSON or multipart/form-data"));
    return new Fields(fields, Form.isMultipart(call));
  }

  /** The fields of a JSON body; a form is refused. */
  public static Fields json(Call call) {
    return new Fields(
        Json.parseObject(call.body())
            .orElseThrow(() -> new BadRequest("Request body must be a JSON object")),
        false);
  }

  /** Refuses fields that the API doesn't know: a client that sends them expects something. */
  public void only(Set<String> known) {
    fields
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new BadRequest("Parameter " + name + " is not supported");
              }
            });
  }

  public boolean has(String name) {
    return fields.hasNonNull(name);
  }

  public Optional<String> text(String name) {
    JsonNode node = fields.path(name);
    if (absent(node)) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw new BadRequest("Parameter " + name + " must be a string");
    }
    return Optional.of(node.textValue()).filter(text -> !text.isBlank());
  }

  /** Text of at most so many characters. */
  public Optional<String> text(String name, int longest) {
    Optional<String> text = text(name);
    if (text.orElse("").length() > longest) {
      throw new BadRequest(name + " is too long");
    }
    return text;
  }

  public String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** Text of at most so many characters that must be there. */
  public String required(String name, int longest) {
    return text(name, longest).orElseThrow(() -> missing(name));
  }

  /** Text that must be one of some, when it is there. */
  public Optional<String> oneOf(String name, List<String> values) {
    Optional<String> text = text(name);
    if (text.isPresent() && !values.contains(text.get())) {
      throw new BadRequest(
          "Parameter %s has unsupported value, supported values: %s"
              .formatted(name, String.join(", ", values)));
    }
    return text;
  }

  /** An http or https URL of at most so many characters. */
  public Optional<String> url(String name, int longest) {
    Optional<String> url = text(name, longest);
    if (url.isPresent() && !isHttp(url.get())) {
      throw new BadRequest("Parameter " + name + " is not a valid URL");
    }
    return url;
  }

  /** A boolean, false when absent. */
  public boolean flag(String name) {
    return flagIfAny(name).orElse(false);
  }

  public Optional<Boolean> flagIfAny(String name) {
    JsonNode node = fields.path(name);
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (absent(node)) {
      return Optional.empty();
    }
    return switch (form ? node.asText() : "not a boolean") {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw new BadRequest("Parameter " + name + " must be true or false");
    };
  }

  /** A boolean that must be there. */
  public boolean requiredFlag(String name) {
    return flagIfAny(name).orElseThrow(() -> missing(name));
  }

  /** A whole number. */
  public OptionalInt number(String name, int least, int most) {
    JsonNode node = fields.path(name);
    if (absent(node)) {
      return OptionalInt.empty();
    }
    if (!(node.isNumber() || form) || !node.asText().matches("-?\\d{1,9}")) {
      throw new BadRequest("Parameter " + name + " must be an integer");
    }
    int value = Integer.parseInt(node.asText());
    if (value < least || value > most) {
      throw new BadRequest("Parameter %s must be in range %d…%d".formatted(name, least, most));
    }
    return OptionalInt.of(value);
  }

  /** A number, whole or not. */
  public OptionalDouble decimal(String name, double least, double most) {
    JsonNode node = fields.path(name);
    if (absent(node)) {
      return OptionalDouble.empty();
    }
    double value = node.asDouble(Double.NaN);
    if (!(node.isNumber() || form) || Double.isNaN(value)) {
      throw new BadRequest("Parameter " + name + " must be a number");
    }
    if (value < least || value > most) {
      throw new BadRequest("Parameter %s must be in range %s…%s".formatted(name, least, most));
    }
    return OptionalDouble.of(value);
  }

  /** A number that must be there. */
  public double requiredDecimal(String name, double least, double most) {
    return decimal(name, least, most).orElseThrow(() -> missing(name));
  }

  /** The fields of an object among the fields. */
  public Optional<Fields> object(String name) {
    JsonNode node = fields.path(name);
    if (absent(node)) {
      return Optional.empty();
    }
    if (!(node instanceof ObjectNode object)) {
      throw new BadRequest("Parameter " + name + " must be an object");
    }
    return Optional.of(new Fields(object, form));
  }

  /** The fields as they came, for answers that echo them. */
  public ObjectNode echo() {
    return fields.deepCopy();
  }

  private static BadRequest missing(String name) {
    return new BadRequest("Parameter " + name + " is required");
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isBlank());
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
