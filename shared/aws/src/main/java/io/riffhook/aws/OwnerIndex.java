package io.riffhook.aws;

import io.riffhook.domain.BatchId;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.SongId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an owner has, by time: the keys of the index, and the cursors of its pages.
 *
 * <p>A cursor is the last key that was read: which listing, whose, when and which item. It is not a
 * secret and gives no right: the owner in it must be the one who asks, and the key is built anew
 * from its parts, so a forged one reads nothing of anybody else's.
 */
enum OwnerIndex {
  JOB,
  SONG,
  BATCH;

  static final String NAME = "GSI1";
  static final String PARTITION = "GSI1PK";
  static final String SORT = "GSI1SK";

  private static final String SEPARATOR = "|";

  /** All nine digits, so that the order of the texts is the order of the times. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  String partition(Owner owner) {
    return "OWNER#" + owner + "#" + name();
  }

  /** The attributes that put an item into the index. */
  Map<String, AttributeValue> attributes(Owner owner, Instant createdAt, String id) {
    return Map.of(PARTITION, Item.value(partition(owner)), SORT, Item.value(sort(createdAt, id)));
  }

  /** A sort key by which items stand in the order of their times. */
  static String sort(Instant createdAt, String id) {
    return TIME.format(createdAt) + "#" + id;
  }

  /** The cursor of the page that begins after an item. */
  String cursor(Owner owner, Item last) {
    String plain = String.join(SEPARATOR, name(), owner.name(), last.text(SORT));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /** The key after which the cursor's page begins. */
  Map<String, AttributeValue> startKey(Owner owner, String cursor) {
    String head = name() + SEPARATOR + owner.name() + SEPARATOR;
    String plain = decode(cursor);
    String sort = plain.startsWith(head) ? plain.substring(head.length()) : "";
    int hash = sort.indexOf('#');
    if (hash < 0) {
      throw new Page.BadCursorException();
    }
    String id = sort.substring(hash + 1);
    ItemKey key = key(id).orElseThrow(Page.BadCursorException::new);
    Map<String, AttributeValue> start = new HashMap<>(key.attributes());
    start.putAll(attributes(owner, time(sort.substring(0, hash)), id));
    return start;
  }

  private Optional<ItemKey> key(String id) {
    return switch (this) {
      case JOB -> JobId.isValid(id) ? Optional.of(ItemKey.of(new JobId(id))) : Optional.empty();
      case SONG -> SongId.parse(id).map(ItemKey::of);
      case BATCH ->
          BatchId.isValid(id) ? Optional.of(ItemKey.of(new BatchId(id))) : Optional.empty();
    };
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Page.BadCursorException();
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.from(TIME.parse(text));
    } catch (DateTimeException _) {
      throw new Page.BadCursorException();
    }
  }
}
