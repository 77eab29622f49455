package io.riffhook.aws;

import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongChange;
import io.riffhook.domain.SongId;
import io.riffhook.domain.SongStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Songs in the DynamoDB table, beside their jobs. Safe for use by several threads. */
public final class DynamoDbSongStore implements SongStore {
  private final Table table;
  private final OwnerListing listing;
  private final BatchGet batchGet;

  public DynamoDbSongStore(DynamoDbClient client, String table) {
    this.table = new Table(client, table);
    listing = new OwnerListing(client, table, OwnerIndex.SONG);
    batchGet = new BatchGet(client, table, Backoff.JITTERED);
  }

  @Override
  public boolean insert(Song song) {
    Map<String, AttributeValue> item = new HashMap<>(SongItem.write(song));
    item.putAll(OwnerIndex.SONG.attributes(song.owner(), song.createdAt(), song.id().toString()));
    return table.insert(item);
  }

  @Override
  public Optional<Song> find(SongId id) {
    return table.find(ItemKey.of(id)).map(SongItem::read);
  }

  @Override
  public List<Song> findAll(Collection<SongId> ids) {
    Map<ItemKey, Item> items = batchGet.items(ids.stream().map(ItemKey::of).distinct().toList());
    return ids.stream()
        .flatMap(id -> Stream.ofNullable(items.get(ItemKey.of(id))))
        .map(SongItem::read)
        .toList();
  }

  @Override
  public Optional<Song> apply(SongId id, SongChange change, Instant now) {
    return table.apply(ItemKey.of(id), SongItem.update(change, now)).map(SongItem::read);
  }

  @Override
  public Page<Song> ofOwner(Owner owner, Page.Request page) {
    return listing.page(owner, OwnerListing.Filter.NONE, page, SongItem::read);
  }
}
