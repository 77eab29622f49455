package io.riffhook.local.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.template.EventPath;
import io.riffhook.local.template.Pipe;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/** Moves messages of a pipe's queue to its bus. */
public final class PipeRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipeRun.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_TYPE = 128;

  private final Pipe pipe;
  private final Buses.Bus bus;
  private final InstantSource clock;

  public PipeRun(Pipe pipe, Buses buses) {
    this(pipe, buses, InstantSource.system());
  }

  PipeRun(Pipe pipe, Buses buses, InstantSource clock) {
    this.pipe = pipe;
    this.bus = buses.declared(pipe.bus());
    this.clock = clock;
  }

  /** Moves messages and answers those that were moved; the others are to come again. */
  public List<Message> move(List<Message> messages) {
    List<Message> moved = new ArrayList<>();
    for (Message message : messages) {
      try {
        bus.put(event(message));
        moved.add(message);
      } catch (NoEventException | SdkException e) {
        LOG.warn(
            "{}: message {} comes again: {}", pipe.name(), message.messageId(), e.getMessage());
      }
    }
    return List.copyOf(moved);
  }

  /** Visible for tests, which want to know why. */
  BusEvent event(Message message) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("messageId", message.messageId());
    record.set("body", body(message));
    return new BusEvent(
        UUID.randomUUID().toString(),
        type(record),
        pipe.source(),
        pipe.time().map(path -> time(record, path)).orElseGet(clock::instant),
        List.of(),
        detail(record));
  }

  private static JsonNode body(Message message) {
    try {
      return JSON.readTree(message.body());
    } catch (JsonProcessingException e) {
      throw new NoEventException("its body is no JSON");
    }
  }

  private String type(ObjectNode record) {
    return text(record, pipe.detailType())
        .filter(type -> !type.isEmpty() && type.length() <= LONGEST_TYPE)
        .orElseThrow(
            () ->
                new NoEventException(
                    "%s is no text of 1 to %d characters"
                        .formatted(words(pipe.detailType()), LONGEST_TYPE)));
  }

  private static Instant time(ObjectNode record, EventPath path) {
    try {
      return text(record, path)
          .map(text -> OffsetDateTime.parse(text).toInstant())
          .orElseThrow(() -> new NoEventException(words(path) + " is no time"));
    } catch (DateTimeException e) {
      throw new NoEventException(words(path) + " is no time");
    }
  }

  private ObjectNode detail(ObjectNode record) {
    return Buses.at(record, pipe.detail())
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .orElseThrow(() -> new NoEventException(words(pipe.detail()) + " is no object"));
  }

  private static Optional<String> text(ObjectNode record, EventPath path) {
    return Buses.at(record, path).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static String words(EventPath path) {
    return "$." + String.join(".", path.fields());
  }

  /** A message that the bus would not take. */
  private static final class NoEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoEventException(String message) {
      super(message);
    }
  }
}
