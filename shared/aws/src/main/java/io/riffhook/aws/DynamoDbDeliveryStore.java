package io.riffhook.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.riffhook.domain.Delivery;
import io.riffhook.domain.DeliveryId;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.Notification;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.UnfinishedWork;
import io.riffhook.json.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Deliveries in the DynamoDB table, those of an endpoint in one partition by time. The table
 * forgets each when it has been {@link #KEPT} long enough. Safe for use by several threads.
 */
public final class DynamoDbDeliveryStore implements DeliveryStore {
  /** When the table forgets an item: seconds since 1970, as its time to live wants them. */
  static final String EXPIRES_AT = "expiresAt";

  static final String NOTIFICATION = "notification";
  static final String ENDPOINT = "endpoint";
  static final String STATE = "state";
  static final String ATTEMPTS = "attempts";
  private static final String LAST_STATUS = "lastStatus";
  private static final String LAST_ERROR = "lastError";
  private static final String LAST_AT = "lastAt";
  static final String NEXT_AT = "nextAt";
  private static final String SEPARATOR = "|";

  /** Sorts after every digit. */
  private static final String LAST = "~";

  private static final JsonTrees JSON = new JsonTrees(new JsonFactory());

  private final DynamoDbClient client;
  private final Table table;

  public DynamoDbDeliveryStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = new Table(client, table);
  }

  private static ItemKey key(Delivery delivery) {
    return ItemKey.of(delivery.notification().owner(), delivery.endpoint(), delivery.id());
  }

  private static AttributeValue expiry(Instant from) {
    return Item.value(from.plus(KEPT).getEpochSecond());
  }

  @Override
  public boolean insert(Delivery delivery) {
    Map<String, AttributeValue> item = new HashMap<>(key(delivery).attributes());
    item.put(NOTIFICATION, Item.value(JSON.text(NotificationJson.write(delivery.notification()))));
    item.put(ENDPOINT, Item.value(delivery.endpoint().value()));
    item.put(STATE, Item.value(delivery.state().value()));
    item.put(ATTEMPTS, Item.value(delivery.attempts()));
    delivery.lastStatus().ifPresent(status -> item.put(LAST_STATUS, Item.value(status)));
    delivery.lastError().ifPresent(error -> item.put(LAST_ERROR, Item.value(error)));
    delivery.lastAt().ifPresent(at -> item.put(LAST_AT, Item.value(at)));
    delivery.nextAt().ifPresent(at -> item.put(NEXT_AT, Item.value(at)));
    item.put(EXPIRES_AT, expiry(delivery.notification().at()));
    return table.insert(item);
  }

  @Override
  public Optional<Delivery> find(Owner owner, EndpointId endpoint, DeliveryId id) {
    return table.find(ItemKey.of(owner, endpoint, id)).map(DynamoDbDeliveryStore::read);
  }

  @Override
  public boolean tried(Delivery after) {
    Update update =
        new Update()
            .whereBelow(Item.value(after.attempts()), ATTEMPTS)
            .set(Item.value(after.attempts()), ATTEMPTS)
            .set(Item.value(after.state().value()), STATE);
    put(update, LAST_STATUS, after.lastStatus().stream().mapToObj(Item::value).findFirst());
    put(update, LAST_ERROR, after.lastError().map(Item::value));
    put(update, LAST_AT, after.lastAt().map(Item::value));
    put(update, NEXT_AT, after.nextAt().map(Item::value));
    return table.apply(key(after), update).isPresent();
  }

  private static void put(Update update, String name, Optional<AttributeValue> value) {
    value.ifPresentOrElse(there -> update.set(there, name), () -> update.remove(name));
  }

  @Override
  public Optional<Delivery> reset(Owner owner, EndpointId endpoint, DeliveryId id, Instant now) {
    Update update =
        new Update()
            .whereExists(STATE)
            .set(Item.value(Delivery.State.PENDING.value()), STATE)
            .set(Item.value(0), ATTEMPTS)
            .set(Item.value(now), NEXT_AT)
            .set(expiry(now), EXPIRES_AT)
            .remove(LAST_STATUS)
            .remove(LAST_ERROR)
            .remove(LAST_AT);
    return table.apply(ItemKey.of(owner, endpoint, id), update).map(DynamoDbDeliveryStore::read);
  }

  @Override
  public Page<Delivery> of(
      Owner owner, EndpointId endpoint, Filter filter, Order order, Page.Request page) {
    String partition = ItemKey.ofDeliveries(owner, endpoint);
    String from = ItemKey.DELIVERY + filter.since().map(DeliveryId::time).orElse("");
    return PagedQuery.page(
        page.limit(),
        page.cursor().map(cursor -> startKey(partition, from, cursor)).orElse(Map.of()),
        (start, wanted) -> read(partition, from, filter.states(), order, start, wanted),
        last -> cursor(partition, last),
        DynamoDbDeliveryStore::read);
  }

  private QueryResponse read(
      String partition,
      String from,
      List<Delivery.State> states,
      Order order,
      Map<String, AttributeValue> start,
      int wanted) {
    Map<String, String> names = new HashMap<>();
    names.put("#endpoint", ItemKey.PARTITION);
    names.put("#key", ItemKey.SORT);
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":endpoint", Item.value(partition));
    values.put(":from", Item.value(from));
    values.put(":to", Item.value(ItemKey.DELIVERY + LAST));
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table.name())
            .keyConditionExpression("#endpoint = :endpoint AND #key BETWEEN :from AND :to")
            .scanIndexForward(order == Order.OLDEST_FIRST)
            .consistentRead(true)
            .limit(wanted);
    if (!states.isEmpty()) {
      names.put("#state", STATE);
      for (int i = 0; i < states.size(); i++) {
        values.put(":state" + i, Item.value(states.get(i).value()));
      }
      query
          .filterExpression(
              IntStream.range(0, states.size())
                  .mapToObj(i -> ":state" + i)
                  .collect(Collectors.joining(", ", "#state IN (", ")")))
          .limit(PagedQuery.FILTERED_READ);
    }
    if (!start.isEmpty()) {
      query.exclusiveStartKey(start);
    }
    return client.query(
        query.expressionAttributeNames(names).expressionAttributeValues(values).build());
  }

  /** The last key that was read. It gives no right: whose it is must be asked for, too. */
  private static String cursor(String partition, Item last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (partition + SEPARATOR + last.text(ItemKey.SORT)).getBytes(StandardCharsets.UTF_8));
  }

  /** The key after which a cursor's page begins. DynamoDB refuses one that its query excludes. */
  private static Map<String, AttributeValue> startKey(
      String partition, String from, String cursor) {
    String head = partition + SEPARATOR;
    String plain = decode(cursor);
    String sort = plain.startsWith(head) ? plain.substring(head.length()) : "";
    if (!sort.startsWith(ItemKey.DELIVERY)
        || DeliveryId.parse(sort.substring(ItemKey.DELIVERY.length()).replaceFirst("#", "."))
            .isEmpty()
        || sort.compareTo(from) < 0) {
      throw new Page.BadCursorException();
    }
    return new ItemKey(partition, sort).attributes();
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Page.BadCursorException();
    }
  }

  private static Delivery read(Item item) {
    return new Delivery(
        notification(item.text(NOTIFICATION)),
        new EndpointId(item.text(ENDPOINT)),
        Delivery.State.of(item.text(STATE))
            .orElseThrow(() -> new IllegalStateException("a delivery has an unknown state")),
        item.integer(ATTEMPTS),
        item.optionalInteger(LAST_STATUS),
        item.optionalText(LAST_ERROR),
        item.optionalInstant(LAST_AT),
        item.optionalInstant(NEXT_AT));
  }

  /** A pending delivery as unfinished work. */
  static UnfinishedWork.Found.OfDelivery unfinished(Item item) {
    Notification notification = notification(item.text(NOTIFICATION));
    return new UnfinishedWork.Found.OfDelivery(
        notification,
        new EndpointId(item.text(ENDPOINT)),
        item.integer(ATTEMPTS),
        item.optionalInstant(NEXT_AT).orElse(notification.at()));
  }

  private static Notification notification(String json) {
    try {
      return NotificationJson.read(JSON.read(json));
    } catch (JsonProcessingException | MalformedMessageException e) {
      throw new IllegalStateException("a delivery's notification cannot be read", e);
    }
  }
}
