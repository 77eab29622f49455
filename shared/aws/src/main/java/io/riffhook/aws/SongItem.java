package io.riffhook.aws;

import io.riffhook.domain.Asset;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongChange;
import io.riffhook.domain.SongId;
import io.riffhook.domain.StoredFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A song as an item. Its assets are a map by name, so that a change can name the one it means. */
final class SongItem {
  private static final String ID = "id";
  private static final String OWNER = "owner";
  private static final String PROVIDER = "provider";
  private static final String PROVIDER_JOB = "providerJob";
  private static final String PROVIDER_SONG = "providerSong";
  private static final String TITLE = "title";
  private static final String INSTRUMENTAL = "instrumental";
  private static final String SOUND = "sound";
  private static final String LYRICS = "lyrics";
  private static final String DURATION = "durationSeconds";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String ASSETS = "assets";

  private static final String KIND = "kind";
  private static final String STATE = "state";
  private static final String STATUS = "status";
  private static final String REASON = "reason";

  /** The number of a pending asset's try; absent for the first. */
  private static final String ATTEMPT = "attempt";

  /** When that try is due, in milliseconds since 1970. A number is shorter than a time in words. */
  private static final String DUE = "due";

  private static final String PENDING = "pending";
  private static final String STORED = "stored";
  private static final String MISSING = "missing";
  private static final String FAILED = "failed";

  private SongItem() {}

  static Map<String, AttributeValue> write(Song song) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.of(song.id()).attributes());
    item.put(ID, Item.value(song.id().toString()));
    item.put(OWNER, Item.value(song.owner().name()));
    item.put(PROVIDER, Item.value(song.provider()));
    item.put(PROVIDER_JOB, Item.value(song.providerJob()));
    item.put(PROVIDER_SONG, Item.value(song.providerSong()));
    item.put(TITLE, Item.value(song.title()));
    item.put(INSTRUMENTAL, Item.value(song.instrumental()));
    song.sound().ifPresent(sound -> item.put(SOUND, Item.value(sound)));
    song.lyrics().ifPresent(lyrics -> item.put(LYRICS, Item.value(lyrics)));
    song.durationSeconds().ifPresent(seconds -> item.put(DURATION, Item.value(seconds)));
    item.put(CREATED_AT, Item.value(song.createdAt()));
    item.put(UPDATED_AT, Item.value(song.updatedAt()));
    Map<String, AttributeValue> assets = new HashMap<>();
    song.assets().forEach(asset -> assets.put(asset.name(), asset(asset.kind(), asset.state())));
    item.put(ASSETS, Item.map(assets));
    return item;
  }

  static Song read(Item item) {
    Item assets = item.map(ASSETS);
    List<Asset> list =
        assets.attributes().keySet().stream().map(name -> asset(name, assets.map(name))).toList();
    return new Song(
        SongId.parse(item.text(ID))
            .orElseThrow(() -> new IllegalStateException("a stored song has no song id")),
        new Owner(item.text(OWNER)),
        item.text(PROVIDER),
        item.text(PROVIDER_JOB),
        item.text(PROVIDER_SONG),
        item.text(TITLE),
        item.flag(INSTRUMENTAL),
        item.optionalText(SOUND),
        item.optionalText(LYRICS),
        item.optionalDecimal(DURATION),
        item.instant(CREATED_AT),
        item.instant(UPDATED_AT),
        list);
  }

  /** The change as one conditional write: what {@link SongChange#apply} says. */
  static Update update(SongChange change, Instant now) {
    Update update = new Update().set(Item.value(now), UPDATED_AT);
    return switch (change) {
      case SongChange.Settled settled ->
          update
              .whereEqual(Item.value(PENDING), ASSETS, settled.name(), STATE, STATUS)
              .set(state(settled.state()), ASSETS, settled.name(), STATE);
      case SongChange.StemsListed listed -> {
        update
            .whereEqual(Item.value(PENDING), ASSETS, Asset.STEMS, STATE, STATUS)
            .remove(ASSETS, Asset.STEMS);
        AttributeValue stem = asset(Asset.Kind.STEM, new Asset.Pending(1, Optional.of(now)));
        listed.stems().forEach(name -> update.setIfAbsent(stem, ASSETS, name));
        yield update;
      }
      case SongChange.TriedAgain again ->
          update
              .whereEqual(Item.value(FAILED), ASSETS, again.name(), STATE, STATUS)
              .set(state(new Asset.Pending()), ASSETS, again.name(), STATE);
      case SongChange.TryPlanned planned ->
          update
              .whereEqual(Item.value(PENDING), ASSETS, planned.name(), STATE, STATUS)
              .whereAbsentOrAtMost(
                  Item.value(planned.attempt()), ASSETS, planned.name(), STATE, ATTEMPT)
              .set(
                  state(new Asset.Pending(planned.attempt(), Optional.of(planned.due()))),
                  ASSETS,
                  planned.name(),
                  STATE);
    };
  }

  private static AttributeValue asset(Asset.Kind kind, Asset.State state) {
    return Item.map(Map.of(KIND, Item.value(kind.name()), STATE, state(state)));
  }

  private static AttributeValue state(Asset.State state) {
    return Item.map(
        switch (state) {
          case Asset.Pending pending -> pending(pending);
          case Asset.Stored stored -> stored(stored.file());
          case Asset.Missing missing -> ended(MISSING, missing.reason());
          case Asset.Failed failed -> ended(FAILED, failed.reason());
        });
  }

  private static Map<String, AttributeValue> pending(Asset.Pending pending) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    attributes.put(STATUS, Item.value(PENDING));
    if (pending.attempt() > 1) {
      attributes.put(ATTEMPT, Item.value(pending.attempt()));
    }
    pending.due().ifPresent(due -> attributes.put(DUE, Item.value(due.toEpochMilli())));
    return attributes;
  }

  private static Map<String, AttributeValue> stored(StoredFile file) {
    Map<String, AttributeValue> attributes = new HashMap<>(FileAttributes.write(file));
    attributes.put(STATUS, Item.value(STORED));
    return attributes;
  }

  private static Map<String, AttributeValue> ended(String status, Reason reason) {
    return Map.of(STATUS, Item.value(status), REASON, Item.value(reason));
  }

  private static Asset asset(String name, Item item) {
    return new Asset(name, Asset.Kind.valueOf(item.text(KIND)), state(item.map(STATE)));
  }

  private static Asset.State state(Item item) {
    String status = item.text(STATUS);
    return switch (status) {
      case PENDING ->
          new Asset.Pending(
              item.optionalInteger(ATTEMPT).orElse(1),
              item.has(DUE) ? Optional.of(Instant.ofEpochMilli(item.wide(DUE))) : Optional.empty());
      case STORED -> new Asset.Stored(FileAttributes.read(item));
      case MISSING -> new Asset.Missing(reason(item));
      case FAILED -> new Asset.Failed(reason(item));
      default -> throw new IllegalStateException("a stored asset is " + status);
    };
  }

  private static Reason reason(Item item) {
    return item.reason(REASON)
        .orElseThrow(() -> new IllegalStateException("a stored asset lacks its reason"));
  }
}
