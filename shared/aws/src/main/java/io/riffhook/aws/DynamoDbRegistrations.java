package io.riffhook.aws;

import io.riffhook.domain.Registration;
import io.riffhook.domain.Registrations;
import io.riffhook.domain.Source;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which provider has which of our files, in the DynamoDB table. Safe for several threads. */
public final class DynamoDbRegistrations implements Registrations {
  private static final String ID = "providerId";
  private static final String USABLE = "usable";
  private static final String UNTIL = "until";

  private final Table table;

  public DynamoDbRegistrations(DynamoDbClient client, String table) {
    this.table = new Table(client, table);
  }

  @Override
  public Optional<Registration> find(Source source, String provider) {
    return table
        .find(ItemKey.of(source, provider))
        .map(
            item ->
                item.flag(USABLE)
                    ? new Registration.Usable(
                        item.text(ID), item.optionalText(UNTIL).map(Instant::parse))
                    : new Registration.NotYet(item.text(ID)));
  }

  @Override
  public void put(Source source, String provider, Registration registration) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.of(source, provider).attributes());
    switch (registration) {
      case Registration.Usable usable -> {
        item.put(ID, Item.value(usable.id()));
        item.put(USABLE, Item.value(true));
        usable.until().ifPresent(until -> item.put(UNTIL, Item.value(until)));
      }
      case Registration.NotYet notYet -> {
        item.put(ID, Item.value(notYet.id()));
        item.put(USABLE, Item.value(false));
      }
      case Registration.Lent _, Registration.NotNow _, Registration.Never _ ->
          throw new IllegalArgumentException("the provider has no such file");
    }
    table.put(item);
  }
}
