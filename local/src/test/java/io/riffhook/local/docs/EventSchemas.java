package io.riffhook.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas of docs/events. */
public final class EventSchemas {
  static final Path FOLDER = Repository.ROOT.resolve("docs").resolve("events");

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private EventSchemas() {}

  /** What is wrong with the detail of an event, by the schema of its type. */
  public static List<String> errors(JsonNode detail) {
    Path schema = FOLDER.resolve(detail.path("type").asText() + ".json");
    if (!Files.exists(schema)) {
      return List.of("there is no schema " + schema);
    }
    return FACTORY
        .getSchema(SchemaLocation.of(schema.toAbsolutePath().normalize().toUri().toString()))
        .validate(detail, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
