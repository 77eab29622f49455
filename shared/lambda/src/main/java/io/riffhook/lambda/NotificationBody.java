package io.riffhook.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.riffhook.domain.Asset;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.Notification;
import io.riffhook.domain.NotificationDocument;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.Song;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a notification says, the same to a webhook and to the bus: {@code id}, {@code type}, {@code
 * timestamp}, {@code owner}, {@code sequence} and {@code data}.
 *
 * <p>It never has more than 20 kB. What doesn't fit goes in this order: the links, the assets of
 * songs, the ends of long texts, the songs, everything but ids; and {@code truncated} is true.
 */
public final class NotificationBody implements NotificationDocument {
  /** As much as the Standard Webhooks specification advises, in bytes of UTF-8. */
  public static final int MAX_BYTES = 20_000;

  /** Long enough to start a download when told, too short for a link that somebody finds later. */
  private static final Duration LINK_LIFE = Duration.ofMinutes(15);

  private static final int SHORT_TEXT = 200;

  private final AssetStore assets;

  /**
   * @param assets makes the links
   */
  public NotificationBody(AssetStore assets) {
    this.assets = assets;
  }

  /** How much is left out. */
  private enum Cut {
    NOTHING,
    ASSETS,
    TEXTS,
    SONGS,
    ALL_BUT_IDS
  }

  @Override
  public String of(Notification notification, Optional<ReadJobs.View> job, boolean links) {
    if (links) {
      String whole = text(document(notification, job, true, Cut.NOTHING));
      if (fits(whole)) {
        return whole;
      }
    }
    for (Cut cut : Cut.values()) {
      ObjectNode document = document(notification, job, false, cut);
      if (links || cut != Cut.NOTHING) {
        document.put("truncated", true);
      }
      String text = text(document);
      if (fits(text)) {
        return text;
      }
    }
    throw new IllegalStateException("ids are short");
  }

  private static boolean fits(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }

  private static String text(JsonNode document) {
    return new String(Json.bytes(document), StandardCharsets.UTF_8);
  }

  private ObjectNode document(
      Notification notification, Optional<ReadJobs.View> job, boolean links, Cut cut) {
    ObjectNode document =
        Json.object()
            .put("id", notification.id())
            .put("type", notification.type().value())
            .put("timestamp", JobJson.time(notification.at()))
            .put("owner", notification.owner().name())
            .put("sequence", notification.sequence());
    ObjectNode data = data(notification, job, links, cut);
    if (cut.compareTo(Cut.TEXTS) >= 0) {
      shorten(data);
    }
    document.set("data", data);
    return document;
  }

  private ObjectNode data(
      Notification notification, Optional<ReadJobs.View> job, boolean links, Cut cut) {
    return switch (notification.subject()) {
      case Notification.Subject.OfJob of -> ofJob(of, job, links, cut);
      case Notification.Subject.OfEndpoint of -> {
        ObjectNode data = Json.object();
        ObjectNode endpoint = data.putObject("endpoint").put("id", of.endpoint().value());
        of.url()
            .filter(_ -> cut != Cut.ALL_BUT_IDS)
            .ifPresent(url -> endpoint.put("url", url.toString()));
        JobJson.reason(endpoint, of.reason());
        yield data;
      }
      case Notification.Subject.Data data ->
          cut == Cut.ALL_BUT_IDS ? Json.object() : object(data.json());
    };
  }

  private ObjectNode ofJob(
      Notification.Subject.OfJob of, Optional<ReadJobs.View> view, boolean links, Cut cut) {
    ObjectNode data = Json.object();
    if (view.isEmpty() || cut == Cut.ALL_BUT_IDS) {
      data.putObject("job").put("id", of.job().value());
      return data;
    }
    List<Song> songs = view.get().songs();
    ObjectNode job =
        JobJson.job(view.get().job(), cut.compareTo(Cut.SONGS) < 0 ? songs : List.of());
    if (job.path("songs") instanceof ArrayNode list) {
      for (int i = 0; i < songs.size(); i++) {
        // A link has a kilobyte and more, so where one song is told of only that one has them.
        boolean linked = links && of.song().isEmpty();
        finish((ObjectNode) list.get(i), songs.get(i), linked, cut);
      }
    }
    data.set("job", job);
    song(of.song(), songs)
        .ifPresent(song -> data.set("song", finish(JobJson.song(song), song, links, cut)));
    return data;
  }

  private static Optional<Song> song(OptionalInt number, List<Song> songs) {
    return songs.stream()
        .filter(song -> number.isPresent() && song.id().number() == number.getAsInt())
        .findFirst();
  }

  private ObjectNode finish(ObjectNode json, Song song, boolean links, Cut cut) {
    if (cut.compareTo(Cut.ASSETS) >= 0) {
      json.remove("assets");
    } else if (links) {
      for (int i = 0; i < song.assets().size(); i++) {
        Asset asset = song.assets().get(i);
        if (asset.file().isPresent()) {
          ((ObjectNode) json.path("assets").get(i))
              .put("url", assets.link(song.key(asset.name()), LINK_LIFE).toString());
        }
      }
    }
    return json;
  }

  private static ObjectNode object(String json) {
    try {
      if (Json.read(json.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException _) {
      // Said below; its text would quote what may be a caller's words.
    }
    throw new IllegalArgumentException("the data of a notification must be a JSON object");
  }

  /** Cuts long texts. In place, for a tree is read once only. */
  private static void shorten(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
        if (isLong(field.getValue())) {
          object.put(field.getKey(), cut(field.getValue().textValue()));
        } else {
          shorten(field.getValue());
        }
      }
    } else if (node instanceof ArrayNode list) {
      List<JsonNode> items = new ArrayList<>();
      for (JsonNode item : list) {
        shorten(item);
        items.add(isLong(item) ? TextNode.valueOf(cut(item.textValue())) : item);
      }
      list.removeAll().addAll(items);
    }
  }

  private static boolean isLong(JsonNode node) {
    return node.isTextual() && node.textValue().length() > SHORT_TEXT;
  }

  /** Never in the middle of a character. */
  private static String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(SHORT_TEXT - 1)) ? SHORT_TEXT - 1 : SHORT_TEXT;
    return text.substring(0, end) + "…";
  }
}
