package io.riffhook.aws;

import io.riffhook.domain.Admissions;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Limits;
import io.riffhook.domain.Owner;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Admissions in the DynamoDB table, one item for each owner. Safe for use by several threads.
 *
 * <p>An admission is one write; the first of an owner's, and the first of each day, take one or two
 * more.
 */
public final class DynamoDbAdmissions implements Admissions {
  /** The day that is counted, as {@code 2026-11-21}. */
  private static final String DAY = "day";

  /** How many attempts were let in that day. */
  private static final String BEGUN = "begun";

  /** The attempts that are in: since when, in milliseconds since 1970, by job id and number. */
  private static final String ADMITTED = "admitted";

  /** When the jobs were last asked how they stand, in milliseconds since 1970. */
  private static final String ASKED = "asked";

  /** How many names one update takes out: an expression may be 4 KB long (DynamoDB's limits). */
  private static final int MAX_REMOVALS = 100;

  /** The item is made, the day is begun, the attempt is let in. */
  private static final int STEPS = 3;

  private final Table table;

  public DynamoDbAdmissions(DynamoDbClient client, String table) {
    this.table = new Table(client, table);
  }

  @Override
  public Answer admit(Owner owner, Attempt attempt, Limits limits, Instant now) {
    ItemKey key = ItemKey.ofAdmissions(owner);
    String today = dayOf(now);
    for (int step = 0; step < STEPS; step++) {
      switch (table.attempt(key, admission(attempt, limits, now))) {
        case Table.Tried.Done _ -> {
          return new Answer.Admitted();
        }
        case Table.Tried.Refused(Optional<Item> item) -> {
          if (item.isEmpty()) {
            table.insert(fresh(key, today));
          } else if (item.get().map(ADMITTED).attributes().containsKey(name(attempt))) {
            return new Answer.Admitted();
          } else if (item.get().text(DAY).compareTo(today) < 0) {
            table.apply(key, newDay(today));
          } else {
            return full(item.get(), limits);
          }
        }
      }
    }
    throw new IllegalStateException("the admissions of an owner change against their rules");
  }

  /** For the day that is counted, which a clock that is ahead of ours may have begun. */
  private static Update admission(Attempt attempt, Limits limits, Instant now) {
    Update update =
        new Update()
            .whereAtLeast(Item.value(dayOf(now)), DAY)
            .whereAbsent(ADMITTED, name(attempt))
            .whereSizeBelow(limits.running(), ADMITTED)
            .set(Item.value(now.toEpochMilli()), ADMITTED, name(attempt))
            .add(Item.value(1), BEGUN);
    limits.perDay().ifPresent(max -> update.whereBelow(Item.value(max), BEGUN));
    return update;
  }

  private static Update newDay(String today) {
    return new Update()
        .whereBelow(Item.value(today), DAY)
        .set(Item.value(today), DAY)
        .set(Item.value(0), BEGUN);
  }

  private static Map<String, AttributeValue> fresh(ItemKey key, String today) {
    Map<String, AttributeValue> item = new HashMap<>(key.attributes());
    item.put(DAY, Item.value(today));
    item.put(BEGUN, Item.value(0));
    item.put(ADMITTED, Item.map(Map.of()));
    return item;
  }

  private static Answer full(Item item, Limits limits) {
    Item entries = item.map(ADMITTED);
    Map<Attempt, Instant> admitted = new HashMap<>();
    entries
        .attributes()
        .keySet()
        .forEach(name -> admitted.put(attempt(name), Instant.ofEpochMilli(entries.wide(name))));
    boolean dayFull =
        limits.perDay().isPresent() && item.integer(BEGUN) >= limits.perDay().getAsInt();
    Instant dayEnds =
        LocalDate.parse(item.text(DAY)).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return new Answer.Full(
        Optional.of(dayEnds).filter(_ -> dayFull),
        admitted,
        item.has(ASKED) ? Optional.of(Instant.ofEpochMilli(item.wide(ASKED))) : Optional.empty());
  }

  @Override
  public void release(Owner owner, Collection<Attempt> over, Instant now) {
    List<String> names = over.stream().map(DynamoDbAdmissions::name).toList();
    int from = 0;
    do {
      int to = Math.min(from + MAX_REMOVALS, names.size());
      Update update = new Update().whereExists(ADMITTED).set(Item.value(now.toEpochMilli()), ASKED);
      names.subList(from, to).forEach(name -> update.remove(ADMITTED, name));
      table.apply(ItemKey.ofAdmissions(owner), update);
      from = to;
    } while (from < names.size());
  }

  @Override
  public void withdraw(Owner owner, Attempt attempt, Instant admitted) {
    ItemKey key = ItemKey.ofAdmissions(owner);
    boolean countedToday =
        table
            .apply(
                key,
                new Update()
                    .whereExists(ADMITTED, name(attempt))
                    .whereEqual(Item.value(dayOf(admitted)), DAY)
                    .remove(ADMITTED, name(attempt))
                    .add(Item.value(-1), BEGUN))
            .isPresent();
    if (!countedToday) {
      table.apply(
          key,
          new Update()
              .whereExists(ADMITTED, name(attempt))
              .whereNot(Item.value(dayOf(admitted)), DAY)
              .remove(ADMITTED, name(attempt)));
    }
  }

  private static String dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  private static String name(Attempt attempt) {
    return attempt.job() + "." + attempt.number();
  }

  /** A job's id has no dot. */
  private static Attempt attempt(String name) {
    int dot = name.indexOf('.');
    return new Attempt(
        new JobId(name.substring(0, dot)), Integer.parseInt(name.substring(dot + 1)));
  }
}
