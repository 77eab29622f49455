package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Delivery;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.Endpoint;
import io.riffhook.domain.EndpointChange;
import io.riffhook.domain.Endpoints;
import io.riffhook.domain.EventType;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Notification;
import io.riffhook.domain.WebhookSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Endpoints and deliveries as callers give and see them. A secret is shown only where it was asked
 * for.
 */
public final class EndpointJson {
  private static final int MAX_URL = 2_048;
  private static final int MAX_LABEL = 100;
  private static final int MAX_CURSOR = 2_048;
  private static final int MAX_TIME = 64;
  private static final Duration DEFAULT_KEEP = Duration.ofHours(24);
  private static final String URL = "url";
  private static final String EVENTS = "events";
  private static final String LABEL = "label";
  private static final String LINKS = "links";
  private static final String KEEP_HOURS = "keepHours";
  private static final String SINCE = "since";
  private static final String STATE = "state";
  private static final String CURSOR = "cursor";
  private static final String TIME_RULE = "must be an RFC 3339 time, such as 2026-11-21T02:25:14Z";

  /** RFC 3339 has years of four digits. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private EndpointJson() {}

  /** What a body came to. */
  public sealed interface Result<T> {
    /** What it says. */
    record Good<T>(T value) implements Result<T> {}

    /**
     * Not one JSON object in whole characters.
     *
     * @param errors the texts that lost characters
     */
    record Malformed<T>(String detail, List<FieldError> errors) implements Result<T> {}

    /** Some fields break a rule. */
    record Bad<T>(List<FieldError> errors) implements Result<T> {
      public Bad {
        errors = List.copyOf(errors);
      }
    }
  }

  /** What is to be delivered again. */
  public record Missed(DeliveryStore.Filter filter, Optional<String> cursor) {}

  /** Reads the body of {@code POST /v1/endpoints}. */
  public static Result<Endpoints.Draft> draft(byte[] body) {
    return read(
        body,
        reader -> {
          if (reader.field(URL).isEmpty()) {
            reader.wrong(URL, "is required");
          }
          Optional<URI> url = url(reader);
          Optional<String> label = reader.line(LABEL, MAX_LABEL);
          Set<EventType> types = types(reader);
          boolean links = reader.flag(LINKS);
          reader.nothingElse("is not a field of an endpoint");
          return url.map(known -> new Endpoints.Draft(known, label, types, links));
        });
  }

  /** Reads the body of {@code PATCH /v1/endpoints/{id}}, a JSON merge patch (RFC 7396). */
  public static Result<EndpointChange.Edited> patch(byte[] body) {
    return read(
        body,
        reader -> {
          if (reader.isNull(URL)) {
            reader.wrong(URL, "cannot be taken away");
          }
          Optional<URI> url = url(reader);
          Optional<String> text = reader.line(LABEL, MAX_LABEL);
          Optional<EndpointChange.Label> label =
              text.isPresent() || reader.isNull(LABEL)
                  ? Optional.of(new EndpointChange.Label(text))
                  : Optional.empty();
          Set<EventType> types = types(reader);
          boolean links = reader.flag(LINKS);
          reader.nothingElse("is nothing of an endpoint that can be changed");
          return Optional.of(
              new EndpointChange.Edited(
                  url,
                  label,
                  reader.has(EVENTS) ? Optional.of(types) : Optional.empty(),
                  reader.has(LINKS) ? Optional.of(links) : Optional.empty()));
        });
  }

  /** Reads the body of {@code POST /v1/endpoints/{id}/rotate-secret}, which may be left out. */
  public static Result<Duration> rotation(byte[] body) {
    if (body.length == 0) {
      return new Result.Good<>(DEFAULT_KEEP);
    }
    return read(
        body,
        reader -> {
          Duration keep =
              reader.field(KEEP_HOURS).map(hours -> keep(reader, hours)).orElse(DEFAULT_KEEP);
          reader.nothingElse("is not a field of a rotation");
          return Optional.of(keep);
        });
  }

  private static Duration keep(FieldReader reader, JsonNode hours) {
    long most = Endpoints.LONGEST_KEEP.toHours();
    if (!hours.isIntegralNumber()
        || !hours.canConvertToInt()
        || hours.intValue() < 0
        || hours.intValue() > most) {
      reader.wrong(KEEP_HOURS, "must be a whole number from 0 to " + most);
      return DEFAULT_KEEP;
    }
    return Duration.ofHours(hours.intValue());
  }

  /** Reads the body of {@code POST /v1/endpoints/{id}/redeliver}. */
  public static Result<Missed> missed(byte[] body) {
    return read(
        body,
        reader -> {
          String text = reader.required(SINCE, MAX_TIME);
          Optional<Instant> since = text.isEmpty() ? Optional.empty() : time(text);
          if (!text.isEmpty() && since.isEmpty()) {
            reader.wrong(SINCE, TIME_RULE);
          }
          Optional<String> state = reader.line(STATE, MAX_TIME);
          Optional<Delivery.State> known = state.flatMap(Delivery.State::of);
          if (state.isPresent() && known.isEmpty()) {
            reader.wrong(STATE, "must be one of " + Delivery.State.words());
          }
          Optional<String> cursor = reader.line(CURSOR, MAX_CURSOR);
          reader.nothingElse("is not a field of a redelivery");
          List<Delivery.State> states =
              known.map(List::of).orElse(List.of(Delivery.State.PENDING, Delivery.State.FAILED));
          return since.map(
              at -> new Missed(new DeliveryStore.Filter(states, Optional.of(at)), cursor));
        });
  }

  /** The time that a text is. */
  public static Optional<Instant> time(String text) {
    try {
      Instant time = Instant.parse(text);
      return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)
          ? Optional.empty()
          : Optional.of(time);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** What must hold for {@link #time}, in words that go after a name. */
  public static String timeRule() {
    return TIME_RULE;
  }

  private static <T> Result<T> read(byte[] body, Function<FieldReader, Optional<T>> fields) {
    JsonNode object;
    try {
      object = Json.body(body);
    } catch (Json.UnreadableException e) {
      return new Result.Malformed<>(e.sentence(), e.errors());
    }
    List<FieldError> errors = FieldReader.noErrors();
    Optional<T> value = fields.apply(new FieldReader(object, "", errors));
    return errors.isEmpty() ? new Result.Good<>(value.orElseThrow()) : new Result.Bad<>(errors);
  }

  private static Optional<URI> url(FieldReader reader) {
    Optional<String> text = reader.line(URL, MAX_URL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Urls.read(reader, URL, text.get());
  }

  private static Set<EventType> types(FieldReader reader) {
    return reader.field(EVENTS).isPresent() ? EventTypes.read(reader, EVENTS) : EventType.DEFAULT;
  }

  /** An endpoint, without its secret. */
  public static ObjectNode endpoint(Endpoint endpoint) {
    ObjectNode json = Json.object().put("id", endpoint.id().value());
    endpoint.url().ifPresent(url -> json.put(URL, url.toString()));
    endpoint.label().ifPresent(label -> json.put(LABEL, label));
    ArrayNode events = json.putArray(EVENTS);
    endpoint.types().forEach(type -> events.add(type.value()));
    json.put(LINKS, endpoint.links());
    json.put("createdAt", JobJson.time(endpoint.createdAt()));
    endpoint.failingSince().ifPresent(at -> json.put("failingSince", JobJson.time(at)));
    endpoint
        .disabled()
        .ifPresent(
            disabled ->
                JobJson.reason(
                    json.putObject("disabled").put("at", JobJson.time(disabled.at())),
                    disabled.reason()));
    return json;
  }

  /** An owner's endpoints. */
  public static ObjectNode list(List<Endpoint> endpoints) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("endpoints");
    endpoints.forEach(endpoint -> list.add(endpoint(endpoint)));
    return json;
  }

  /** An endpoint with its secret, for the calls that answer with one. */
  public static ObjectNode withSecret(Endpoint endpoint) {
    ObjectNode json = endpoint(endpoint);
    json.setAll(secret(endpoint));
    return json;
  }

  /**
   * The secret of an endpoint, and until when the one before signs, too.
   *
   * @throws java.util.NoSuchElementException where it has none, as a single job's webhook
   */
  public static ObjectNode secret(Endpoint endpoint) {
    ObjectNode json = Json.object().put("secret", endpoint.secrets().getFirst().value());
    endpoint.secrets().stream()
        .skip(1)
        .findFirst()
        .flatMap(WebhookSecret::until)
        .ifPresent(until -> json.put("previousUntil", JobJson.time(until)));
    return json;
  }

  /** A delivery. */
  public static ObjectNode delivery(Delivery delivery) {
    Notification notification = delivery.notification();
    ObjectNode json =
        Json.object()
            .put("id", delivery.id().toString())
            .put("webhookId", notification.id())
            .put("type", notification.type().value())
            .put("timestamp", JobJson.time(notification.at()));
    if (notification.subject() instanceof Notification.Subject.OfJob of) {
      json.put("jobId", of.job().value());
    }
    json.put(STATE, delivery.state().value()).put("attempts", delivery.attempts());
    delivery.lastStatus().ifPresent(status -> json.put("lastStatus", status));
    delivery.lastError().ifPresent(error -> json.put("lastError", error));
    delivery.lastAt().ifPresent(at -> json.put("lastAt", JobJson.time(at)));
    delivery.nextAt().ifPresent(at -> json.put("nextAt", JobJson.time(at)));
    return json;
  }

  /** How many are delivered again. */
  public static ObjectNode sent(Endpoints.Missed.Sent sent) {
    ObjectNode json = Json.object().put("redelivered", sent.count());
    sent.next().ifPresent(next -> json.put("next", next));
    return json;
  }
}
