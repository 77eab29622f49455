package io.riffhook.aws;

import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Jobs in the DynamoDB table. Safe for use by several threads. */
public final class DynamoDbJobStore implements JobStore {
  private final Table table;
  private final OwnerListing listing;
  private final BatchGet batchGet;

  public DynamoDbJobStore(DynamoDbClient client, String table) {
    this.table = new Table(client, table);
    listing = new OwnerListing(client, table, OwnerIndex.JOB);
    batchGet = new BatchGet(client, table, Backoff.JITTERED);
  }

  @Override
  public boolean insert(Job job) {
    Map<String, AttributeValue> item = new HashMap<>(JobItem.write(job));
    item.putAll(OwnerIndex.JOB.attributes(job.owner(), job.createdAt(), job.id().value()));
    return table.insert(item);
  }

  @Override
  public Optional<Job> find(JobId id) {
    return table.find(ItemKey.of(id)).map(JobItem::read);
  }

  @Override
  public List<Job> findAll(Collection<JobId> ids) {
    return batchGet.items(ids.stream().map(ItemKey::of).distinct().toList()).values().stream()
        .map(JobItem::read)
        .toList();
  }

  @Override
  public Optional<Job> apply(JobId id, JobChange change, Instant now) {
    return table.apply(ItemKey.of(id), JobChangeUpdate.of(change, now)).map(JobItem::read);
  }

  @Override
  public Page<Job> ofOwner(Owner owner, Filter filter, Page.Request page) {
    return listing.page(owner, expression(filter), page, JobItem::read);
  }

  private static OwnerListing.Filter expression(Filter filter) {
    List<String> conditions = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    if (!filter.statuses().isEmpty()) {
      List<String> among = new ArrayList<>();
      for (int i = 0; i < filter.statuses().size(); i++) {
        values.put(":status" + i, Item.value(filter.statuses().get(i).name()));
        among.add(":status" + i);
      }
      names.put("#status", JobItem.STATUS);
      conditions.add("#status IN (" + String.join(", ", among) + ")");
    }
    filter
        .provider()
        .ifPresent(
            provider -> {
              names.put("#provider", JobItem.PROVIDER);
              values.put(":provider", Item.value(provider));
              conditions.add("#provider = :provider");
            });
    return new OwnerListing.Filter(String.join(" AND ", conditions), names, values);
  }
}
