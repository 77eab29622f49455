package io.riffhook.aws;

import io.riffhook.domain.Endpoint;
import io.riffhook.domain.EndpointChange;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.EndpointStore;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Owner;
import io.riffhook.domain.WebhookSecret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Endpoints in the DynamoDB table: an owner's in one partition, and a single job's webhook beside
 * its job, for it is remembered as long. Safe for use by several threads.
 */
public final class DynamoDbEndpointStore implements EndpointStore {
  private static final String ID = "id";
  private static final String OWNER = "owner";
  private static final String URL = "url";
  private static final String LABEL = "label";
  private static final String TYPES = "types";
  private static final String LINKS = "links";
  private static final String SECRET = "secret";
  private static final String OLDER_SECRETS = "olderSecrets";
  private static final String VALUE = "value";
  private static final String UNTIL = "until";
  private static final String CREATED_AT = "createdAt";
  private static final String DISABLED_AT = "disabledAt";
  private static final String DISABLED = "disabled";
  private static final String FAILING_SINCE = "failingSince";

  private final DynamoDbClient client;
  private final Table table;

  public DynamoDbEndpointStore(DynamoDbClient client, String table) {
    this.client = client;
    this.table = new Table(client, table);
  }

  @Override
  public boolean insert(Endpoint endpoint) {
    Map<String, AttributeValue> item =
        new HashMap<>(ItemKey.of(endpoint.owner(), endpoint.id()).attributes());
    item.put(ID, Item.value(endpoint.id().value()));
    item.put(OWNER, Item.value(endpoint.owner().name()));
    endpoint.url().ifPresent(url -> item.put(URL, Item.value(url.toString())));
    endpoint.label().ifPresent(label -> item.put(LABEL, Item.value(label)));
    item.put(TYPES, types(endpoint.types()));
    item.put(LINKS, Item.value(endpoint.links()));
    List<WebhookSecret> secrets = endpoint.secrets();
    if (!secrets.isEmpty()) {
      item.put(SECRET, secret(secrets.getFirst()));
      item.put(OLDER_SECRETS, secrets(secrets.subList(1, secrets.size())));
    }
    item.put(CREATED_AT, Item.value(endpoint.createdAt()));
    endpoint
        .disabled()
        .ifPresent(
            disabled -> {
              item.put(DISABLED_AT, Item.value(disabled.at()));
              item.put(DISABLED, Item.value(disabled.reason()));
            });
    endpoint.failingSince().ifPresent(since -> item.put(FAILING_SINCE, Item.value(since)));
    return table.insert(item);
  }

  @Override
  public Optional<Endpoint> find(Owner owner, EndpointId id) {
    return table
        .find(ItemKey.of(owner, id))
        .map(DynamoDbEndpointStore::read)
        .filter(endpoint -> endpoint.owner().equals(owner));
  }

  @Override
  public List<Endpoint> ofOwner(Owner owner) {
    return client
        .queryPaginator(
            query ->
                query
                    .tableName(table.name())
                    .keyConditionExpression("#owner = :owner AND begins_with(#key, :endpoint)")
                    .expressionAttributeNames(
                        Map.of("#owner", ItemKey.PARTITION, "#key", ItemKey.SORT))
                    .expressionAttributeValues(
                        Map.of(
                            ":owner", Item.value(ItemKey.ofEndpoints(owner)),
                            ":endpoint", Item.value(ItemKey.ENDPOINT)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(Item::new)
        .map(DynamoDbEndpointStore::read)
        .sorted(
            Comparator.comparing(Endpoint::createdAt)
                .thenComparing(endpoint -> endpoint.id().value()))
        .toList();
  }

  @Override
  public Optional<Endpoint> apply(Owner owner, EndpointId id, EndpointChange change) {
    Update update = new Update().whereEqual(Item.value(owner.name()), OWNER);
    switch (change) {
      case EndpointChange.Edited edited -> edit(update, edited);
      case EndpointChange.Rotated rotated ->
          update
              .whereEqual(Item.value(rotated.known().value()), SECRET, VALUE)
              .set(secret(rotated.newest()), SECRET)
              .set(secrets(List.of(rotated.known().until(rotated.knownUntil()))), OLDER_SECRETS);
      case EndpointChange.Failing failing ->
          update.whereAbsent(FAILING_SINCE).set(Item.value(failing.at()), FAILING_SINCE);
      case EndpointChange.Working _ -> update.whereExists(FAILING_SINCE).remove(FAILING_SINCE);
      case EndpointChange.Disabling disabling ->
          update
              .whereAbsent(DISABLED_AT)
              .set(Item.value(disabling.disabled().at()), DISABLED_AT)
              .set(Item.value(disabling.disabled().reason()), DISABLED);
    }
    return table.apply(ItemKey.of(owner, id), update).map(DynamoDbEndpointStore::read);
  }

  private static void edit(Update update, EndpointChange.Edited edited) {
    edited.url().ifPresent(url -> update.set(Item.value(url.toString()), URL));
    edited
        .label()
        .ifPresent(
            label ->
                label
                    .text()
                    .ifPresentOrElse(
                        text -> update.set(Item.value(text), LABEL), () -> update.remove(LABEL)));
    edited.types().ifPresent(types -> update.set(types(types), TYPES));
    edited.links().ifPresent(links -> update.set(Item.value(links), LINKS));
    update.remove(DISABLED_AT).remove(DISABLED).remove(FAILING_SINCE);
  }

  @Override
  public boolean delete(Owner owner, EndpointId id) {
    return table.delete(ItemKey.of(owner, id), OWNER, Item.value(owner.name()));
  }

  private static AttributeValue types(Set<EventType> types) {
    return Item.list(types.stream().sorted().map(EventType::value).toList());
  }

  private static AttributeValue secrets(List<WebhookSecret> secrets) {
    return AttributeValue.fromL(secrets.stream().map(DynamoDbEndpointStore::secret).toList());
  }

  private static AttributeValue secret(WebhookSecret secret) {
    Map<String, AttributeValue> item = new HashMap<>(Map.of(VALUE, Item.value(secret.value())));
    secret.until().ifPresent(until -> item.put(UNTIL, Item.value(until)));
    return Item.map(item);
  }

  private static WebhookSecret secret(Item item) {
    return new WebhookSecret(item.text(VALUE), item.optionalInstant(UNTIL));
  }

  private static List<WebhookSecret> secrets(Item item) {
    List<WebhookSecret> secrets = new ArrayList<>();
    if (item.has(SECRET)) {
      secrets.add(secret(item.map(SECRET)));
      item.items(OLDER_SECRETS).forEach(older -> secrets.add(secret(older)));
    }
    return secrets;
  }

  private static Endpoint read(Item item) {
    return new Endpoint(
        new EndpointId(item.text(ID)),
        new Owner(item.text(OWNER)),
        item.optionalText(URL).map(URI::create),
        item.optionalText(LABEL),
        item.texts(TYPES).stream()
            .map(
                type ->
                    EventType.of(type)
                        .orElseThrow(
                            () -> new IllegalStateException("an endpoint has an unknown event")))
            .collect(Collectors.toSet()),
        item.flag(LINKS),
        secrets(item),
        item.instant(CREATED_AT),
        item.optionalInstant(DISABLED_AT)
            .map(at -> new Endpoint.Disabled(at, item.reason(DISABLED).orElseThrow())),
        item.optionalInstant(FAILING_SINCE));
  }
}
