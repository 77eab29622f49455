package io.riffhook.aws;

import io.riffhook.domain.HealthStore;
import io.riffhook.domain.Trouble;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Providers' troubles in the DynamoDB table, one item each. Safe for use by several threads. */
public final class DynamoDbHealthStore implements HealthStore {
  private static final String PROVIDER = "provider";
  private static final String ACCOUNT = "account";
  private static final String REASON = "reason";
  private static final String AT = "at";
  private static final String UNTIL = "until";

  private final Table table;
  private final BatchGet batchGet;

  public DynamoDbHealthStore(DynamoDbClient client, String table) {
    this.table = new Table(client, table);
    this.batchGet = new BatchGet(client, table, Backoff.JITTERED);
  }

  @Override
  public void report(Trouble trouble) {
    Map<String, AttributeValue> item =
        new HashMap<>(ItemKey.ofTrouble(trouble.provider(), trouble.account()).attributes());
    item.put(PROVIDER, Item.value(trouble.provider()));
    trouble.account().ifPresent(account -> item.put(ACCOUNT, Item.value(account)));
    item.put(REASON, Item.value(trouble.reason()));
    item.put(AT, Item.value(trouble.at()));
    item.put(UNTIL, Item.value(trouble.until()));
    table.put(item);
  }

  @Override
  public Set<String> inTrouble(Collection<String> providers, Instant now) {
    List<ItemKey> keys = providers.stream().distinct().map(ItemKey::ofTrouble).toList();
    return batchGet.items(keys).values().stream()
        .map(DynamoDbHealthStore::read)
        .filter(trouble -> trouble.until().isAfter(now))
        .map(Trouble::provider)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Trouble> troubles(String provider) {
    return table.partition(ItemKey.ofTrouble(provider).partition()).stream()
        .map(DynamoDbHealthStore::read)
        .toList();
  }

  private static Trouble read(Item item) {
    return new Trouble(
        item.text(PROVIDER),
        item.optionalText(ACCOUNT),
        item.reason(REASON).orElseThrow(),
        item.instant(AT),
        item.instant(UNTIL));
  }
}
