package io.riffhook.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Notification;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;

/** What an owner is told, as it stands in our messages and items. */
final class NotificationJson {
  private static final String ID = "id";
  private static final String TYPE = "type";
  private static final String AT = "at";
  private static final String SEQUENCE = "sequence";
  private static final String OWNER = "owner";
  private static final String SONG = "song";
  private static final String DATA = "data";
  private static final String ENDPOINT = "endpointId";
  private static final String URL = "url";
  private static final String CODE = "code";
  private static final String DETAIL = "detail";

  private NotificationJson() {}

  static ObjectNode write(Notification notification) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put(ID, notification.id())
            .put(TYPE, notification.type().value())
            .put(AT, notification.at().toString())
            .put(SEQUENCE, notification.sequence())
            .put(OWNER, notification.owner().name());
    switch (notification.subject()) {
      case Notification.Subject.OfJob of -> {
        node.put(Messages.JOB, of.job().value());
        of.song().ifPresent(song -> node.put(SONG, song));
      }
      case Notification.Subject.OfEndpoint of -> {
        node.put(ENDPOINT, of.endpoint().value());
        of.url().ifPresent(url -> node.put(URL, url.toString()));
        node.put(CODE, of.reason().code()).put(DETAIL, of.reason().detail());
      }
      case Notification.Subject.Data data -> node.put(DATA, data.json());
    }
    return node;
  }

  static Notification read(JsonNode node) throws MalformedMessageException {
    String owner = Messages.text(node, OWNER);
    if (!Owner.isValid(owner)) {
      throw Messages.invalid(OWNER);
    }
    return new Notification(
        Messages.text(node, ID),
        EventType.of(Messages.text(node, TYPE)).orElseThrow(() -> Messages.invalid(TYPE)),
        time(node, AT),
        node.path(SEQUENCE).longValue(),
        new Owner(owner),
        subject(node));
  }

  private static Notification.Subject subject(JsonNode node) throws MalformedMessageException {
    if (node.has(DATA)) {
      return new Notification.Subject.Data(Messages.text(node, DATA));
    }
    if (node.has(ENDPOINT)) {
      return new Notification.Subject.OfEndpoint(
          Messages.endpoint(node),
          node.has(URL) ? Optional.of(url(node)) : Optional.empty(),
          new Reason(Messages.text(node, CODE), Messages.text(node, DETAIL)));
    }
    JsonNode song = node.path(SONG);
    return new Notification.Subject.OfJob(
        Messages.job(node), song.isInt() ? OptionalInt.of(song.intValue()) : OptionalInt.empty());
  }

  private static URI url(JsonNode node) throws MalformedMessageException {
    try {
      return new URI(Messages.text(node, URL));
    } catch (URISyntaxException _) {
      throw Messages.invalid(URL);
    }
  }

  static Instant time(JsonNode node, String name) throws MalformedMessageException {
    try {
      return Instant.parse(Messages.text(node, name));
    } catch (DateTimeParseException _) {
      throw Messages.invalid(name);
    }
  }
}
