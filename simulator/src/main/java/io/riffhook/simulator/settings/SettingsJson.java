package io.riffhook.simulator.settings;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Settings as JSON. Durations are ISO 8601 text ({@code "PT0.5S"}) or a number of milliseconds. */
public final class SettingsJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new DurationWriter())
                  .addDeserializer(Duration.class, new DurationReader()))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private SettingsJson() {}

  public static JsonNode write(SimulatorSettings settings) {
    return MAPPER.valueToTree(settings);
  }

  /**
   * These settings with those that {@code changes} names changed; the others stay.
   *
   * @throws IllegalArgumentException when there is no such setting, or it has no such value
   */
  public static SimulatorSettings merge(SimulatorSettings settings, ObjectNode changes) {
    ObjectNode merged = MAPPER.valueToTree(settings);
    overlay(merged, changes);
    try {
      return MAPPER.treeToValue(merged, SimulatorSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static void overlay(ObjectNode onto, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            change -> {
              if (change.getValue() instanceof ObjectNode inner
                  && onto.get(change.getKey()) instanceof ObjectNode under) {
                overlay(under, inner);
              } else {
                onto.set(change.getKey(), change.getValue());
              }
            });
  }

  private static final class DurationWriter extends StdScalarSerializer<Duration> {
    DurationWriter() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String text = json.getText();
      try {
        return json.currentToken().isNumeric()
            ? Duration.ofMillis(json.getLongValue())
            : Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(text, Duration.class, "not an ISO 8601 duration");
      }
    }
  }
}
