package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

final class OwnerListingTest {
  private static final Owner OWNER = new Owner("owner");

  @Test
  void shouldBoundTheReadsOfOneCallAndGoOnFromThere() {
    BarrenDynamoDb dynamoDb = new BarrenDynamoDb();
    OwnerListing listing = new OwnerListing(dynamoDb, "table", OwnerIndex.JOB);
    var filter = new OwnerListing.Filter("#a = :a", Map.of("#a", "a"), Map.of(":a", Item.value(1)));

    Page<Item> page =
        listing.page(OWNER, filter, new Page.Request(5, Optional.empty()), item -> item);

    assertThat(page.items()).isEmpty();
    assertThat(dynamoDb.starts).hasSize(PagedQuery.MAX_READS);
    listing.page(OWNER, filter, new Page.Request(5, page.next()), item -> item);
    assertThat(dynamoDb.starts.get(PagedQuery.MAX_READS))
        .isEqualTo(BarrenDynamoDb.key(PagedQuery.MAX_READS));
  }

  /** Has no end of items, none of which passes the filter. */
  private static final class BarrenDynamoDb implements DynamoDbClient {
    private final List<Map<String, AttributeValue>> starts = new ArrayList<>();

    private static Map<String, AttributeValue> key(int read) {
      Map<String, AttributeValue> key =
          new HashMap<>(ItemKey.of(new JobId("job" + read)).attributes());
      key.putAll(OwnerIndex.JOB.attributes(OWNER, Instant.EPOCH.plusSeconds(read), "job" + read));
      return key;
    }

    @Override
    public QueryResponse query(QueryRequest request) {
      starts.add(request.exclusiveStartKey());
      return QueryResponse.builder().items(List.of()).lastEvaluatedKey(key(starts.size())).build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
