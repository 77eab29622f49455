package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Delivery;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.DeliveryStoreContract;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.EventType;
import io.riffhook.domain.Notification;
import io.riffhook.domain.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbDeliveryStoreIT extends DeliveryStoreContract {
  private final TestAws aws = TestAws.get();
  private final DeliveryStore store = new DynamoDbDeliveryStore(aws.dynamoDb(), aws.table());

  @Override
  protected DeliveryStore store() {
    return store;
  }

  /** The table's time to live takes numbers only: seconds since 1970. */
  @Test
  void shouldSayWhenTheTableMayForgetADelivery() {
    Instant at = Instant.parse("2026-11-21T02:25:14.999Z");
    Owner owner = new Owner("owner-" + UUID.randomUUID());
    Delivery delivery =
        Delivery.of(
            new Notification(
                "evt_1",
                EventType.ENDPOINT_TEST,
                at,
                0,
                owner,
                new Notification.Subject.Data("{}")),
            EndpointId.DEFAULT);
    store.insert(delivery);
    assertThat(expiry(delivery)).isEqualTo(1_797_819_914L);
    store.reset(owner, EndpointId.DEFAULT, delivery.id(), at.plusSeconds(86_400));
    assertThat(expiry(delivery)).isEqualTo(1_797_906_314L);
  }

  private long expiry(Delivery delivery) {
    ItemKey key = ItemKey.of(delivery.notification().owner(), delivery.endpoint(), delivery.id());
    Map<String, AttributeValue> item =
        aws.dynamoDb().getItem(get -> get.tableName(aws.table()).key(key.attributes())).item();
    return new Item(item).wide(DynamoDbDeliveryStore.EXPIRES_AT);
  }
}
