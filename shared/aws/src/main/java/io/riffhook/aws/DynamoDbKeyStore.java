package io.riffhook.aws;

import io.riffhook.domain.ApiKey;
import io.riffhook.domain.ApiKeyHash;
import io.riffhook.domain.KeyStore;
import io.riffhook.domain.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * API keys in the DynamoDB table, found by their hash alone. All of them stand in one partition of
 * the index, for lists; no call of a caller reads that. Safe for use by several threads.
 */
public final class DynamoDbKeyStore implements KeyStore {
  private static final String ALL = "KEYS";
  private static final String HASH = "hash";
  private static final String OWNER = "owner";
  private static final String LABEL = "label";
  private static final String CREATED_AT = "createdAt";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String REVOKED_AT = "revokedAt";
  private static final String LAST_USED_AT = "lastUsedAt";

  /** Somebody's call waits for this write, which it does not need. */
  private static final Duration NOTING = Duration.ofSeconds(1);

  private final DynamoDbClient client;
  private final Table table;

  public DynamoDbKeyStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = new Table(client, table);
  }

  @Override
  public void insert(ApiKey key) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.of(key.hash()).attributes());
    item.put(OwnerIndex.PARTITION, Item.value(ALL));
    item.put(
        OwnerIndex.SORT, Item.value(OwnerIndex.sort(key.createdAt(), key.hash().id().value())));
    item.put(HASH, Item.value(key.hash().hex()));
    item.put(OWNER, Item.value(key.owner().name()));
    key.label().ifPresent(label -> item.put(LABEL, Item.value(label)));
    item.put(CREATED_AT, Item.value(key.createdAt()));
    key.expiresAt().ifPresent(at -> item.put(EXPIRES_AT, Item.value(at)));
    key.revokedAt().ifPresent(at -> item.put(REVOKED_AT, Item.value(at)));
    key.lastUsedAt().ifPresent(at -> item.put(LAST_USED_AT, Item.value(at)));
    if (!table.insert(item)) {
      throw new IllegalStateException("a key with this hash exists");
    }
  }

  @Override
  public Optional<ApiKey> find(ApiKeyHash hash) {
    return table.find(ItemKey.of(hash)).map(DynamoDbKeyStore::read);
  }

  @Override
  public List<ApiKey> all() {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table.name())
                    .indexName(OwnerIndex.NAME)
                    .keyConditionExpression("#all = :all")
                    .expressionAttributeNames(Map.of("#all", OwnerIndex.PARTITION))
                    .expressionAttributeValues(Map.of(":all", Item.value(ALL)))
                    .scanIndexForward(false))
        .items()
        .stream()
        .map(Item::new)
        .map(DynamoDbKeyStore::read)
        .toList();
  }

  @Override
  public Optional<ApiKey> revoke(ApiKeyHash hash, Instant now) {
    Update update =
        new Update()
            .whereEqual(Item.value(hash.hex()), HASH)
            .whereAbsent(REVOKED_AT)
            .set(Item.value(now), REVOKED_AT);
    return table
        .apply(ItemKey.of(hash), update)
        .map(DynamoDbKeyStore::read)
        .or(() -> find(hash)); // revoked before, or not there
  }

  @Override
  public void used(ApiKey key, Instant now) {
    Update update =
        new Update()
            .whereEqual(Item.value(key.hash().hex()), HASH)
            .set(Item.value(now), LAST_USED_AT);
    key.lastUsedAt()
        .ifPresentOrElse(
            last -> update.whereEqual(Item.value(last), LAST_USED_AT),
            () -> update.whereAbsent(LAST_USED_AT));
    table.apply(ItemKey.of(key.hash()), update, NOTING);
  }

  private static ApiKey read(Item item) {
    return new ApiKey(
        new ApiKeyHash(item.text(HASH)),
        new Owner(item.text(OWNER)),
        item.optionalText(LABEL),
        item.instant(CREATED_AT),
        item.optionalInstant(EXPIRES_AT),
        item.optionalInstant(REVOKED_AT),
        item.optionalInstant(LAST_USED_AT));
  }
}
