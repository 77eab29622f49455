package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link BatchStore} must do. */
public abstract class BatchStoreContract {
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123Z");
  private static final Instant NOW = T0.plusSeconds(60);
  private static final BatchChange FINISHED =
      new BatchChange.Finished(NOW, Map.of("READY", 3, "REFUSED", 1));

  private final Owner owner = new Owner("owner-" + UUID.randomUUID());
  private final Batch batch = fresh(T0, Optional.of("weekly/songs of März"));

  /** The store under test. */
  protected abstract BatchStore store();

  private Batch fresh(Instant at, Optional<String> file) {
    return Batch.of(
        new BatchId(UUID.randomUUID().toString()),
        owner,
        file,
        "ab".repeat(32),
        20,
        3,
        Set.of(2, 17),
        at);
  }

  @Test
  void shouldKnowNoBatchThatWasNotWritten() {
    assertThat(store().find(batch.id())).isEmpty();
    assertThat(store().apply(batch.id(), new BatchChange.HandedOut(0, 3), NOW)).isEmpty();
    assertThat(store().find(batch.id())).isEmpty();
  }

  @Test
  void shouldFindWhatWasWritten() {
    Batch plain =
        Batch.of(
            new BatchId(UUID.randomUUID().toString()),
            owner,
            Optional.empty(),
            "cd".repeat(32),
            1_000,
            100,
            Set.of(),
            T0);
    assertThat(store().insert(batch)).isTrue();
    assertThat(store().insert(plain)).isTrue();
    assertThat(store().find(batch.id())).contains(batch);
    assertThat(store().find(plain.id())).contains(plain);
  }

  @Test
  void shouldNotWriteOverABatch() {
    store().insert(batch);
    assertThat(store().insert(batch.after(FINISHED, NOW).orElseThrow())).isFalse();
    assertThat(store().find(batch.id())).contains(batch);
  }

  /** Every change on every batch that some changes before it have made. */
  @Test
  void shouldChangeABatchAsItSaysItself() {
    List<BatchChange> changes =
        List.of(
            new BatchChange.HandedOut(0, 4),
            new BatchChange.HandedOut(4, 20),
            new BatchChange.LinesEnded(Set.of(1)),
            new BatchChange.LinesEnded(Set.of(1, 2, 3, 20)),
            new BatchChange.Cancelled(),
            FINISHED,
            new BatchChange.Finished(NOW.plusSeconds(9), Map.of()),
            new BatchChange.Told(),
            new BatchChange.CheckSent(1, 4),
            new BatchChange.CheckSent(2, 4),
            new BatchChange.CheckSent(3, 20));
    for (List<BatchChange> before :
        List.of(
            List.<BatchChange>of(),
            List.of(changes.get(0)),
            List.of(changes.get(0), changes.get(1), changes.get(2)),
            List.of(changes.get(0), changes.get(4)),
            List.of(changes.get(0), changes.get(9)),
            List.of(FINISHED),
            List.<BatchChange>of(FINISHED, new BatchChange.Told()))) {
      for (BatchChange change : changes) {
        Batch current = fresh(T0, Optional.empty());
        store().insert(current);
        for (BatchChange each : before) {
          current = store().apply(current.id(), each, T0.plusSeconds(1)).orElseThrow();
        }
        Optional<Batch> expected = current.after(change, NOW);
        assertThat(store().apply(current.id(), change, NOW))
            .as("%s after %s", change, before)
            .isEqualTo(expected);
        assertThat(store().find(current.id())).contains(expected.orElse(current));
      }
    }
  }

  @Test
  void shouldKeepTheFirstRefusalOfALine() {
    store().insert(batch);
    store().refuse(new BatchLine(batch.id(), 3), Reasons.badFile("first"));
    store().refuse(new BatchLine(batch.id(), 3), Reasons.badFile("second"));
    store().refuse(new BatchLine(batch.id(), 12), Reasons.badFile("third"));
    assertThat(store().refusals(batch.id()))
        .isEqualTo(Map.of(3, Reasons.badFile("first"), 12, Reasons.badFile("third")));
    assertThat(store().find(batch.id())).as("the batch itself").contains(batch);
  }

  @Test
  void shouldTellTheRefusalsOfAWholeBatch() {
    Reason longest = new Reason("invalid-request", "\u20ac".repeat(500));
    for (int line = 1; line <= Batch.MAX_LINES; line++) {
      store().refuse(new BatchLine(batch.id(), line), longest);
    }
    assertThat(store().refusals(batch.id()))
        .hasSize(Batch.MAX_LINES)
        .allSatisfy((_, reason) -> assertThat(reason).isEqualTo(longest));
    assertThat(store().refusals(fresh(T0, Optional.empty()).id())).isEmpty();
  }

  @Test
  void shouldListAnOwnersBatchesNewestFirst() {
    List<Batch> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Batch each = fresh(T0.plusMillis(i), Optional.empty());
      store().insert(each);
      all.addFirst(each);
    }
    for (int limit : new int[] {1, 2, 5, Page.MAX}) {
      List<Batch> listed = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        Page<Batch> page = store().ofOwner(owner, new Page.Request(limit, cursor));
        listed.addAll(page.items());
        cursor = page.next();
      } while (cursor.isPresent());
      assertThat(listed).as("pages of %d", limit).isEqualTo(all);
    }
    assertThat(store().ofOwner(new Owner("another"), new Page.Request(1, Optional.empty())).items())
        .noneMatch(all::contains);
  }

  @Test
  void shouldRefuseACursorThatIsNotOurs() {
    for (String cursor : List.of("", "x", "%%%", "Sk9CfHw")) {
      assertThatThrownBy(() -> store().ofOwner(owner, new Page.Request(1, Optional.of(cursor))))
          .isInstanceOf(Page.BadCursorException.class)
          .hasMessage("cursor is not one that a page of this listing gave");
    }
  }
}
