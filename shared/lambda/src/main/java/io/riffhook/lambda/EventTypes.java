package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.EventType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads which events a caller wants to be told of. */
final class EventTypes {
  private EventTypes() {}

  static Set<EventType> read(FieldReader reader, String field) {
    EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
    Optional<JsonNode> list = reader.field(field);
    if (list.isPresent() && (!list.get().isArray() || list.get().isEmpty())) {
      reader.wrong(field, "must be a list of " + EventType.words());
    }
    for (int i = 0; i < list.map(JsonNode::size).orElse(0); i++) {
      Optional<EventType> type =
          EventType.of(list.get().path(i).asText("")).filter(EventType.CHOICES::contains);
      if (type.isEmpty()) {
        reader.wrongAt("/" + field + "/" + i, "must be one of " + EventType.words());
      }
      type.ifPresent(types::add);
    }
    return types;
  }
}
