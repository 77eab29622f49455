package io.riffhook.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The call PutEvents of EventBridge, with its limits: 10 entries, and 262,144 bytes of sources,
 * types, details, resources and times in all of them together.
 */
public final class PutEvents {
  private static final Logger LOG = LoggerFactory.getLogger(PutEvents.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_ENTRIES = 10;
  private static final int MOST_BYTES = 262_144;

  /** How EventBridge counts a time that is given. */
  private static final int BYTES_OF_TIME = 14;

  private static final int LONGEST_TYPE = 128;

  private final Buses buses;
  private final InstantSource clock;

  public PutEvents(Buses buses) {
    this(buses, InstantSource.system());
  }

  PutEvents(Buses buses, InstantSource clock) {
    this.buses = buses;
    this.clock = clock;
  }

  /** What the call is answered with: all in one, or what is wrong with the call as a whole. */
  public sealed interface Answer {
    /** Each entry has its own result. */
    record Done(ObjectNode body) implements Answer {}

    /** Nothing was put. */
    record Refused(String type, String message) implements Answer {}
  }

  /** Puts the events of a request's body. */
  public Answer answer(byte[] request) {
    JsonNode entries;
    try {
      entries = JSON.readTree(request).path("Entries");
    } catch (IOException e) {
      return new Answer.Refused("SerializationException", "the body is no JSON");
    }
    if (!entries.isArray() || entries.isEmpty()) {
      return invalid("entries must have length greater than or equal to 1");
    }
    if (entries.size() > MOST_ENTRIES) {
      return invalid("entries must have length less than or equal to " + MOST_ENTRIES);
    }
    if (entries.valueStream().mapToLong(PutEvents::size).sum() > MOST_BYTES) {
      return invalid("Total size of the entries in the request is over the limit.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    int failed = 0;
    for (JsonNode entry : entries) {
      ObjectNode result = results.addObject();
      try {
        result.put("EventId", put(entry));
      } catch (BadEntryException e) {
        failed++;
        result.put("ErrorCode", e.code).put("ErrorMessage", e.getMessage());
      } catch (SdkException e) {
        LOG.warn("an event was not delivered: {}", e.getMessage());
        failed++;
        result.put("ErrorCode", "InternalFailure").put("ErrorMessage", "Not delivered; try again.");
      }
    }
    answer.put("FailedEntryCount", failed);
    answer.set("Entries", results);
    return new Answer.Done(answer);
  }

  private static Answer invalid(String message) {
    return new Answer.Refused("ValidationException", message);
  }

  /** As EventBridge counts: the texts in UTF-8, and 14 for a time. */
  private static long size(JsonNode entry) {
    long texts = bytes(entry, "Source") + bytes(entry, "DetailType") + bytes(entry, "Detail");
    long resources =
        entry
            .path("Resources")
            .valueStream()
            .mapToLong(each -> each.asText().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    return texts + resources + (entry.hasNonNull("Time") ? BYTES_OF_TIME : 0);
  }

  private static long bytes(JsonNode entry, String field) {
    return entry.path(field).asText().getBytes(StandardCharsets.UTF_8).length;
  }

  private String put(JsonNode entry) {
    String source = required(entry, "Source");
    String type = required(entry, "DetailType");
    String detail = required(entry, "Detail");
    if (type.length() > LONGEST_TYPE) {
      throw invalidArgument("DetailType", "DetailType has more than 128 characters.");
    }
    if (source.startsWith("aws.")) {
      throw new BadEntryException(
          "NotAuthorizedForSourceException", "Not authorized for the source.");
    }
    BusEvent event =
        new BusEvent(
            UUID.randomUUID().toString(),
            type,
            source,
            time(entry.path("Time")),
            entry.path("Resources").valueStream().map(JsonNode::asText).toList(),
            detail(detail));
    String name = entry.path("EventBusName").asText("default");
    Optional<Buses.Bus> bus = buses.find(name);
    if (bus.isEmpty()) {
      // As on AWS: the caller is told that all is well, and the event goes nowhere.
      LOG.warn("an event was put on {}, which is no bus here", name);
    }
    bus.ifPresent(found -> found.put(event));
    return event.id();
  }

  private static String required(JsonNode entry, String field) {
    String value = entry.path(field).asText("");
    if (value.isEmpty()) {
      throw invalidArgument(field, field + " is a required argument.");
    }
    return value;
  }

  private static ObjectNode detail(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new BadEntryException("MalformedDetail", "Detail is malformed.");
    }
    throw new BadEntryException("MalformedDetail", "Detail is malformed.");
  }

  /** Seconds since 1970 by the protocol, with a fraction perhaps; a text as RFC 3339 has it. */
  private Instant time(JsonNode time) {
    if (time.isMissingNode() || time.isNull()) {
      return clock.instant();
    }
    try {
      if (time.isNumber()) {
        BigDecimal millis = time.decimalValue().movePointRight(3);
        return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.DOWN).longValueExact());
      }
      return OffsetDateTime.parse(time.asText()).toInstant();
    } catch (ArithmeticException | DateTimeException e) {
      throw invalidArgument("Time", "Time is no time.");
    }
  }

  private static BadEntryException invalidArgument(String field, String reason) {
    return new BadEntryException(
        "InvalidArgument", "Parameter %s is not valid. Reason: %s".formatted(field, reason));
  }

  /** An entry that EventBridge does not take. */
  private static final class BadEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    BadEntryException(String code, String message) {
      super(message);
      this.code = code;
    }
  }
}
