package io.riffhook.aws;

import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchChange;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Batches in the DynamoDB table. Safe for use by several threads.
 *
 * <p>The numbers of the lines that have ended are one set in the batch's own item: a thousand of
 * them take 6 kB, and whoever hands out lines must read them all.
 */
public final class DynamoDbBatchStore implements BatchStore {
  private static final String ID = "id";
  private static final String OWNER = "owner";
  private static final String FILE = "file";
  private static final String DIGEST = "digest";
  private static final String TOTAL = "total";
  private static final String CONCURRENCY = "concurrency";
  private static final String STARTED = "started";
  private static final String ENDED = "ended";
  private static final String CANCELLED = "cancelled";
  private static final String ENDED_AT = "endedAt";
  private static final String COUNTS = "counts";
  private static final String TOLD = "told";
  private static final String CHECKS = "checks";
  private static final String WATCHED = "watched";
  private static final String CREATED_AT = "createdAt";
  private static final String UPDATED_AT = "updatedAt";
  private static final String LINE = "line";
  private static final String REASON = "reason";

  private final DynamoDbClient client;
  private final Table table;
  private final OwnerListing listing;

  public DynamoDbBatchStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = new Table(client, table);
    listing = new OwnerListing(client, table, OwnerIndex.BATCH);
  }

  @Override
  public boolean insert(Batch batch) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.of(batch.id()).attributes());
    item.putAll(OwnerIndex.BATCH.attributes(batch.owner(), batch.createdAt(), batch.id().value()));
    item.put(ID, Item.value(batch.id().value()));
    item.put(OWNER, Item.value(batch.owner().name()));
    batch.file().ifPresent(file -> item.put(FILE, Item.value(file)));
    item.put(DIGEST, Item.value(batch.digest()));
    item.put(TOTAL, Item.value(batch.total()));
    item.put(CONCURRENCY, Item.value(batch.concurrency()));
    item.put(STARTED, Item.value(batch.started()));
    if (!batch.ended().isEmpty()) {
      item.put(ENDED, Item.integerSet(batch.ended()));
    }
    item.put(CANCELLED, Item.value(batch.cancelled()));
    batch
        .outcome()
        .ifPresent(
            outcome -> {
              item.put(ENDED_AT, Item.value(outcome.at()));
              item.put(COUNTS, counts(outcome.counts()));
            });
    item.put(TOLD, Item.value(batch.told()));
    item.put(CHECKS, Item.value(batch.checks()));
    item.put(WATCHED, Item.value(batch.watched()));
    item.put(CREATED_AT, Item.value(batch.createdAt()));
    item.put(UPDATED_AT, Item.value(batch.updatedAt()));
    return table.insert(item);
  }

  @Override
  public Optional<Batch> find(BatchId id) {
    return table.find(ItemKey.of(id)).map(DynamoDbBatchStore::read);
  }

  @Override
  public Optional<Batch> apply(BatchId id, BatchChange change, Instant now) {
    return table.apply(ItemKey.of(id), update(change, now)).map(DynamoDbBatchStore::read);
  }

  private static Update update(BatchChange change, Instant now) {
    return switch (change) {
      case BatchChange.HandedOut more ->
          running(now)
              .whereEqual(Item.value(false), CANCELLED)
              .whereEqual(Item.value(more.known()), STARTED)
              .set(Item.value(more.upTo()), STARTED);
      case BatchChange.LinesEnded lines -> running(now).add(Item.integerSet(lines.lines()), ENDED);
      case BatchChange.Cancelled _ -> running(now).set(Item.value(true), CANCELLED);
      case BatchChange.Finished finished ->
          running(now)
              .set(Item.value(finished.at()), ENDED_AT)
              .set(counts(finished.counts()), COUNTS);
      case BatchChange.Told _ -> new Update().whereExists(ENDED_AT).set(Item.value(true), TOLD);
      case BatchChange.CheckSent sent ->
          new Update()
              .whereBelow(Item.value(sent.number()), CHECKS)
              .set(Item.value(sent.number()), CHECKS)
              .set(Item.value(sent.watched()), WATCHED);
    };
  }

  /** A change of a batch that is there and has not ended. */
  private static Update running(Instant now) {
    return new Update()
        .whereExists(ItemKey.PARTITION)
        .whereAbsent(ENDED_AT)
        .set(Item.value(now), UPDATED_AT);
  }

  @Override
  public Page<Batch> ofOwner(Owner owner, Page.Request page) {
    return listing.page(owner, OwnerListing.Filter.NONE, page, DynamoDbBatchStore::read);
  }

  @Override
  public void refuse(BatchLine line, Reason reason) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.ofRefusal(line).attributes());
    item.put(LINE, Item.value(line.number()));
    item.put(REASON, Item.value(reason));
    table.insert(item);
  }

  @Override
  public Map<Integer, Reason> refusals(BatchId id) {
    return client
        .queryPaginator(
            QueryRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .keyConditionExpression("#key = :key AND begins_with(#sort, :refused)")
                .expressionAttributeNames(Map.of("#key", ItemKey.PARTITION, "#sort", ItemKey.SORT))
                .expressionAttributeValues(
                    Map.of(
                        ":key", Item.value(ItemKey.partition(id)),
                        ":refused", Item.value(ItemKey.REFUSED)))
                .build())
        .items()
        .stream()
        .map(Item::new)
        .collect(
            Collectors.toMap(
                item -> item.integer(LINE), item -> item.reason(REASON).orElseThrow()));
  }

  private static Batch read(Item item) {
    return new Batch(
        new BatchId(item.text(ID)),
        new Owner(item.text(OWNER)),
        item.optionalText(FILE),
        item.text(DIGEST),
        item.integer(TOTAL),
        item.integer(CONCURRENCY),
        item.integer(STARTED),
        item.integerSet(ENDED),
        item.flag(CANCELLED),
        item.optionalInstant(ENDED_AT).map(at -> new Batch.Outcome(at, counts(item.map(COUNTS)))),
        item.flag(TOLD),
        item.integer(CHECKS),
        item.integer(WATCHED),
        item.instant(CREATED_AT),
        item.instant(UPDATED_AT));
  }

  private static AttributeValue counts(Map<String, Integer> counts) {
    Map<String, AttributeValue> map = new HashMap<>();
    counts.forEach((status, count) -> map.put(status, Item.value(count)));
    return Item.map(map);
  }

  private static Map<String, Integer> counts(Item map) {
    return map.attributes().keySet().stream().collect(Collectors.toMap(key -> key, map::integer));
  }
}
