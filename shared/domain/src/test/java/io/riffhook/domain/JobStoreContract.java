package io.riffhook.domain;

import static io.riffhook.domain.JobCases.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link JobStore} must do. */
public abstract class JobStoreContract {
  private static final Instant NOW = T0.plusSeconds(60);
  private static final long SEED = 20261121;
  private static final JobStore.Filter ALL = new JobStore.Filter(List.of(), Optional.empty());

  private final Owner owner = new Owner("owner-" + UUID.randomUUID());

  /** The store under test. Other tests may have written into it. */
  protected abstract JobStore store();

  @ParameterizedTest
  @EnumSource(Status.class)
  void shouldFindAJobAsItWasWritten(Status status) {
    for (Job job : JobCases.shapes(JobCases.fresh(owner, T0), status)) {
      Job other = withNewId(job);
      assertThat(store().insert(other)).isTrue();
      assertThat(store().find(other.id())).contains(other);
    }
  }

  @Test
  void shouldNotWriteOverAJob() {
    Job job = JobCases.fresh(owner, T0);
    assertThat(store().insert(job)).isTrue();
    Job other = new JobDraft(job, Status.FAILED).job();
    assertThat(store().insert(other)).isFalse();
    assertThat(store().find(job.id())).contains(job);
  }

  @Test
  void shouldKnowNothingOfAJobThatIsNotThere() {
    JobId id = new JobId(UUID.randomUUID().toString());
    assertThat(store().find(id)).isEmpty();
    for (JobChange change : JobCases.changes()) {
      assertThat(store().apply(id, change, NOW)).as("%s", change).isEmpty();
    }
    assertThat(store().find(id)).isEmpty();
  }

  @Test
  void shouldFindManyJobs() {
    List<Job> jobs = new ArrayList<>();
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Job job = JobCases.fresh(owner, T0);
      ids.add(job.id());
      if (i % 3 > 0) {
        jobs.add(job);
        store().insert(job);
      }
    }
    assertThat(store().findAll(ids)).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(store().findAll(List.of())).isEmpty();
  }

  @Test
  void shouldTestEveryKindOfChange() {
    assertThat(JobCases.changes().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(
            Arrays.stream(JobChange.class.getPermittedSubclasses())
                .filter(kind -> !kind.equals(JobChange.Move.class))
                .toArray(Class<?>[]::new));
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void shouldApplyEveryChangeAsTheTransitionsSay(Status status) {
    for (Job shape : JobCases.shapes(JobCases.fresh(owner, T0), status)) {
      // What changes nothing can all be tried on one job, which must be as it was in the end.
      Job kept = withNewId(shape);
      assertThat(store().insert(kept)).isTrue();
      for (JobChange change : JobCases.changes()) {
        boolean applies = Transitions.apply(kept, change, NOW).isPresent();
        Job job = applies ? withNewId(shape) : kept;
        assertThat(!applies || store().insert(job)).isTrue();
        assertThat(store().apply(job.id(), change, NOW))
            .as("%s on %s", change, job)
            .isEqualTo(Transitions.apply(job, change, NOW));
      }
      assertThat(store().find(kept.id())).contains(kept);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {SEED, SEED + 1, SEED + 2})
  void shouldAgreeWithTheTransitionsAfterAnySequence(long seed) {
    Random random = new Random(seed);
    List<JobChange> changes = JobCases.changes();
    for (int round = 0; round < 10; round++) {
      Job job = JobCases.fresh(owner, T0);
      assertThat(store().insert(job)).isTrue();
      for (int step = 0; step < 40; step++) {
        JobChange change = changes.get(random.nextInt(changes.size()));
        Instant now = T0.plusMillis(step);
        Optional<Job> expected = Transitions.apply(job, change, now);
        assertThat(store().apply(job.id(), change, now))
            .as("seed %d, round %d, step %d: %s on %s", seed, round, step, change, job)
            .isEqualTo(expected);
        job = expected.orElse(job);
      }
      assertThat(store().find(job.id())).as("seed %d, round %d", seed, round).contains(job);
    }
  }

  @Test
  void shouldKeepTheSongsInTheOrderOfTheirNumbers() {
    Job job = JobCases.fresh(owner, T0);
    store().insert(job);
    List<String> songs = List.of("z", "a", "m", "b");
    for (String song : songs) {
      store().apply(job.id(), new JobChange.SongSeen(song, songs.indexOf(song) + 1), NOW);
    }
    assertThat(store().find(job.id()).orElseThrow().songNumbers().keySet())
        .containsExactlyElementsOf(songs);
  }

  @Test
  void shouldLetOneOfManyInsertAJob() throws Exception {
    Job job = JobCases.fresh(owner, T0);
    assertThat(Race.of(16, _ -> store().insert(job))).containsOnlyOnce(true);
  }

  @Test
  void shouldLetOneOfManyMakeTheNextMove() throws Exception {
    Job job = JobCases.fresh(owner, T0);
    store().insert(job);
    assertThat(
            Race.of(16, _ -> store().apply(job.id(), new JobChange.CheckSent(2), NOW).isPresent()))
        .containsOnlyOnce(true);
    assertThat(
            Race.of(
                16,
                i -> store().apply(job.id(), new JobChange.SongSeen("s" + i, 1), NOW).isPresent()))
        .containsOnlyOnce(true);
    assertThat(store().find(job.id()).orElseThrow().songNumbers()).hasSize(1);
  }

  @Test
  void shouldLoseNoChangeOfManyAtOnce() throws Exception {
    Job job = JobCases.fresh(owner, T0);
    store().insert(job);
    Race.of(16, i -> store().apply(job.id(), new JobChange.Collected("p" + i), NOW).isPresent());
    assertThat(store().find(job.id()).orElseThrow().collected())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 16).mapToObj(i -> "p" + i).toList());
  }

  @Test
  void shouldListAnOwnersJobsNewestFirst() {
    List<Job> jobs = new ArrayList<>();
    // Whole seconds among fractions: their texts must sort as the times do.
    for (long nanos : new long[] {0, 1, 500_000_000, 999_999_999, 1_000_000_000, 1_000_000_001}) {
      Job job = JobCases.fresh(owner, Instant.parse("2026-11-21T00:00:00Z").plusNanos(nanos));
      jobs.addFirst(job);
      store().insert(job);
    }
    store().insert(JobCases.fresh(new Owner("other-" + UUID.randomUUID()), T0));
    for (int limit : new int[] {1, 2, 3, 5, 6, 7, Page.MAX}) {
      assertThat(readAll(ALL, limit)).as("pages of %d", limit).isEqualTo(jobs);
    }
  }

  @Test
  void shouldGiveNoCursorWhereThereIsNoMore() {
    store().insert(JobCases.fresh(owner, T0));
    store().insert(JobCases.fresh(owner, T0));
    assertThat(store().ofOwner(owner, ALL, request(2)).next()).isEmpty();
    assertThat(store().ofOwner(owner, ALL, request(1)).next()).isPresent();
    assertThat(store().ofOwner(new Owner("nobody-" + UUID.randomUUID()), ALL, request(1)).items())
        .isEmpty();
  }

  @Test
  void shouldListTheJobsThatTheFilterWants() {
    List<Status> open = List.copyOf(Status.OPEN);
    for (int i = 0; i < 12; i++) {
      Status status = open.get(i % open.size());
      store().insert(new JobDraft(JobCases.fresh(owner, T0.plusSeconds(i)), status).job());
    }
    var two = new JobStore.Filter(List.of(Status.QUEUED, Status.STORING), Optional.of("useapi"));
    assertThat(readAll(two, 4)).hasSize(6).allMatch(job -> two.statuses().contains(job.status()));
    var none = new JobStore.Filter(List.of(), Optional.of("another"));
    assertThat(readAll(none, 4)).isEmpty();
  }

  @Test
  void shouldRefuseACursorThatIsNotOurs() {
    Owner other = new Owner("other-" + UUID.randomUUID());
    store().insert(JobCases.fresh(other, T0));
    store().insert(JobCases.fresh(other, T0.plusSeconds(1)));
    String stolen = store().ofOwner(other, ALL, request(1)).next().orElseThrow();
    for (String cursor : List.of(stolen, "", "x", "%%%", "e30", "Sk9CfHw", stolen + "AAAA")) {
      assertThatThrownBy(
              () -> store().ofOwner(owner, ALL, new Page.Request(1, Optional.of(cursor))))
          .as("cursor %s", cursor)
          .isInstanceOf(Page.BadCursorException.class);
    }
  }

  private List<Job> readAll(JobStore.Filter filter, int limit) {
    List<Job> all = new ArrayList<>();
    Page<Job> page = store().ofOwner(owner, filter, request(limit));
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = store().ofOwner(owner, filter, new Page.Request(limit, page.next()));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.items());
    }
    return all;
  }

  private static Page.Request request(int limit) {
    return new Page.Request(limit, Optional.empty());
  }

  private static Job withNewId(Job shape) {
    return new JobDraft(shape, shape.status()).id(new JobId(UUID.randomUUID().toString())).job();
  }
}
