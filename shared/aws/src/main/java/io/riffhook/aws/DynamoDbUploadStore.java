package io.riffhook.aws;

import io.riffhook.domain.Owner;
import io.riffhook.domain.Upload;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.UploadStore;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Uploads in the DynamoDB table. Safe for use by several threads. */
public final class DynamoDbUploadStore implements UploadStore {
  private static final String ID = "id";
  private static final String OWNER = "owner";
  private static final String URL = "url";
  private static final String STATUS = "status";
  private static final String FILE = "file";
  private static final String REASON = "reason";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String PENDING = "pending";
  private static final String STORED = "stored";
  private static final String FAILED = "failed";

  private final Table table;

  public DynamoDbUploadStore(DynamoDbClient client, String table) {
    this.table = new Table(client, table);
  }

  @Override
  public void insert(Upload upload) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.of(upload.id()).attributes());
    item.put(ID, Item.value(upload.id().value()));
    item.put(OWNER, Item.value(upload.owner().name()));
    item.put(URL, Item.value(upload.url().toString()));
    item.put(STATUS, Item.value(PENDING));
    item.put(CREATED_AT, Item.value(upload.createdAt()));
    item.put(UPDATED_AT, Item.value(upload.updatedAt()));
    if (!table.insert(item)) {
      throw new IllegalStateException("an upload with this id exists");
    }
  }

  @Override
  public Optional<Upload> find(UploadId id) {
    return table
        .find(ItemKey.of(id))
        .map(
            item ->
                new Upload(
                    new UploadId(item.text(ID)),
                    new Owner(item.text(OWNER)),
                    URI.create(item.text(URL)),
                    state(item),
                    item.instant(CREATED_AT),
                    item.instant(UPDATED_AT)));
  }

  private static Upload.State state(Item item) {
    return switch (item.text(STATUS)) {
      case STORED -> new Upload.Stored(FileAttributes.read(item.map(FILE)));
      case FAILED -> new Upload.Failed(item.reason(REASON).orElseThrow());
      default -> new Upload.Pending();
    };
  }

  @Override
  public void settle(UploadId id, Upload.State state, Instant now) {
    Update update =
        new Update()
            .whereEqual(Item.value(PENDING), STATUS)
            .set(Item.value(now), UPDATED_AT)
            .set(Item.value(state.value()), STATUS);
    switch (state) {
      case Upload.Stored stored -> update.set(Item.map(FileAttributes.write(stored.file())), FILE);
      case Upload.Failed failed -> update.set(Item.value(failed.reason()), REASON);
      case Upload.Pending _ -> throw new IllegalArgumentException("pending settles nothing");
    }
    table.apply(ItemKey.of(id), update);
  }
}
