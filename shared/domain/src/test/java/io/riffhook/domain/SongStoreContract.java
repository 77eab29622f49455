package io.riffhook.domain;

import static io.riffhook.domain.JobCases.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link SongStore} must do. */
public abstract class SongStoreContract {
  private static final Instant NOW = T0.plusSeconds(60);
  private static final long SEED = 20261121;
  private static final Reason REASON = Reasons.assetFailed("song.mp3", "it was “gone”");
  private static final StoredFile FILE =
      new StoredFile("audio/mpeg", 5_000_000_000L, "ab".repeat(32));
  private static final List<Asset.State> STATES =
      List.of(
          new Asset.Pending(),
          new Asset.Stored(FILE),
          new Asset.Missing(REASON),
          new Asset.Failed(REASON),
          new Asset.Pending(2, Optional.of(T0.plusMillis(1))),
          new Asset.Pending(1, Optional.of(T0)));

  private final Owner owner = new Owner("owner-" + UUID.randomUUID());

  /** The store under test. Other tests may have written into it. */
  protected abstract SongStore store();

  @Test
  void shouldFindASongAsItWasWritten() {
    Song full = song(newId(), T0, STATES);
    Song bare =
        new Song(
            newId(),
            owner,
            "useapi",
            "p",
            "s",
            "",
            true,
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            T0,
            NOW,
            List.of());
    for (Song song : List.of(full, bare)) {
      assertThat(store().insert(song)).isTrue();
      assertThat(store().find(song.id())).contains(song);
    }
  }

  @Test
  void shouldNotWriteOverASong() {
    Song song = song(newId(), T0, STATES);
    assertThat(store().insert(song)).isTrue();
    assertThat(store().insert(song.with(List.of(), NOW))).isFalse();
    assertThat(store().find(song.id())).contains(song);
  }

  @Test
  void shouldKnowNothingOfASongThatIsNotThere() {
    SongId id = newId();
    for (SongChange change : changes()) {
      assertThat(store().apply(id, change, NOW)).isEmpty();
    }
    assertThat(store().find(id)).isEmpty();
  }

  @Test
  void shouldApplyEveryChangeAsTheDomainSays() {
    for (Asset.State state : STATES) {
      for (SongChange change : changes()) {
        Song song = song(newId(), T0, List.of(state, state, state, state));
        store().insert(song);
        Optional<Song> expected = SongChange.apply(song, change, NOW);
        assertThat(store().apply(song.id(), change, NOW))
            .as("%s on %s", change, song)
            .isEqualTo(expected);
        assertThat(store().find(song.id())).contains(expected.orElse(song));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {SEED, SEED + 1, SEED + 2})
  void shouldAgreeWithTheDomainAfterAnySequence(long seed) {
    Random random = new Random(seed);
    List<SongChange> changes = changes();
    for (int round = 0; round < 10; round++) {
      Song song = song(newId(), T0, Collections.nCopies(4, new Asset.Pending()));
      store().insert(song);
      for (int step = 0; step < 20; step++) {
        SongChange change = changes.get(random.nextInt(changes.size()));
        Optional<Song> expected = SongChange.apply(song, change, NOW);
        assertThat(store().apply(song.id(), change, NOW))
            .as("seed %d, round %d, step %d: %s on %s", seed, round, step, change, song)
            .isEqualTo(expected);
        song = expected.orElse(song);
      }
    }
  }

  @Test
  void shouldListAStemOnceThatIsToldTwice() {
    Song song = song(newId(), T0, Collections.nCopies(4, new Asset.Pending()));
    store().insert(song);
    assertThat(
            store()
                .apply(
                    song.id(),
                    new SongChange.StemsListed(
                        List.of("stems/a.wav", "stems/b.wav", "stems/a.wav")),
                    NOW)
                .orElseThrow()
                .assets())
        .extracting(Asset::name)
        .containsExactlyInAnyOrder(
            "song.mp3", "song.wav", Asset.COVER, "stems/a.wav", "stems/b.wav");
  }

  @Test
  void shouldKeepWhatASongHasOfAStem() {
    Song song =
        song(newId(), T0, List.of(STATES.get(1), STATES.get(1), STATES.get(0), STATES.get(0)));
    store().insert(song);
    SongChange change = new SongChange.StemsListed(List.of("song.wav", "stems/a.wav"));
    Song listed = store().apply(song.id(), change, NOW).orElseThrow();
    assertThat(listed).isEqualTo(SongChange.apply(song, change, NOW).orElseThrow());
    assertThat(listed.asset("song.wav")).isEqualTo(song.asset("song.wav"));
    assertThat(listed.assets()).hasSize(4);
  }

  @Test
  void shouldLoseNoChangeOfManyAtOnce() throws Exception {
    Song song = song(newId(), T0, Collections.nCopies(4, new Asset.Pending()));
    store().insert(song);
    List<String> stems = IntStream.range(0, 16).mapToObj(i -> "stems/s" + i + ".wav").toList();
    assertThat(
            Race.of(
                8,
                _ -> store().apply(song.id(), new SongChange.StemsListed(stems), NOW).isPresent()))
        .containsOnlyOnce(true);
    Race.of(
        16,
        i ->
            store()
                .apply(
                    song.id(), new SongChange.Settled(stems.get(i), new Asset.Stored(FILE)), NOW));
    assertThat(store().find(song.id()).orElseThrow().assets())
        .filteredOn(asset -> asset.kind() == Asset.Kind.STEM)
        .hasSize(16)
        .allMatch(Asset::isSettled);
  }

  @Test
  void shouldFindManySongsInTheOrderAskedFor() {
    List<SongId> ids = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      ids.add(newId());
      if (i % 3 > 0) {
        store().insert(song(ids.getLast(), T0, STATES));
      }
    }
    Collections.shuffle(ids, new Random(SEED));
    assertThat(store().findAll(ids).stream().map(Song::id))
        .containsExactlyElementsOf(ids.stream().filter(id -> store().find(id).isPresent()).toList())
        .hasSize(86);
    assertThat(store().findAll(List.of())).isEmpty();
  }

  @Test
  void shouldFindASongAsOftenAsItIsAskedFor() {
    Song song = song(newId(), T0, STATES);
    store().insert(song);
    assertThat(store().findAll(List.of(song.id(), newId(), song.id()))).containsExactly(song, song);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.1 + 0.2, 187.2, 1e9})
  void shouldKeepALengthToTheLastDigit(double seconds) {
    Song song =
        new Song(
            newId(),
            owner,
            "useapi",
            "p",
            "s",
            "",
            true,
            Optional.empty(),
            Optional.of(""),
            OptionalDouble.of(seconds),
            T0,
            NOW,
            List.of());
    store().insert(song);
    assertThat(store().find(song.id())).contains(song);
  }

  @Test
  void shouldListAnOwnersSongsNewestFirst() {
    List<Song> songs = new ArrayList<>();
    JobId job = newId().job();
    for (int i = 1; i <= 5; i++) {
      Song song = song(new SongId(job, i), T0.plusNanos(i / 2 * 1000L), STATES);
      songs.addFirst(song);
      store().insert(song);
    }
    for (int limit : new int[] {1, 2, 4, 5, 6}) {
      List<Song> read = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        Page<Song> page = store().ofOwner(owner, new Page.Request(limit, cursor));
        read.addAll(page.items());
        cursor = page.next();
      } while (cursor.isPresent());
      assertThat(read).as("pages of %d", limit).isEqualTo(songs);
    }
  }

  @Test
  void shouldRefuseACursorThatIsNotOurs() {
    store().insert(song(newId(), T0, STATES));
    store().insert(song(newId(), T0, STATES));
    String cursor =
        store().ofOwner(owner, new Page.Request(1, Optional.empty())).next().orElseThrow();
    Owner thief = new Owner("thief-" + UUID.randomUUID());
    assertThatThrownBy(() -> store().ofOwner(thief, new Page.Request(1, Optional.of(cursor))))
        .isInstanceOf(Page.BadCursorException.class);
    assertThatThrownBy(() -> store().ofOwner(owner, new Page.Request(1, Optional.of("x"))))
        .isInstanceOf(Page.BadCursorException.class);
  }

  private static List<SongChange> changes() {
    List<SongChange> changes = new ArrayList<>();
    for (String name : List.of("song.mp3", "song.wav", Asset.STEMS, Asset.COVER, "song.m4a")) {
      STATES.forEach(state -> changes.add(new SongChange.Settled(name, state)));
      changes.add(new SongChange.TriedAgain(name));
      for (int attempt = 1; attempt <= 3; attempt++) {
        changes.add(new SongChange.TryPlanned(name, attempt, T0.plusSeconds(attempt)));
      }
    }
    changes.add(new SongChange.StemsListed(List.of("stems/drums.wav", "stems/lead vocals.wav")));
    changes.add(new SongChange.StemsListed(List.of("stems/drums.wav", "song.mp3", "stems/x.wav")));
    changes.add(new SongChange.StemsListed(List.of()));
    return changes;
  }

  private Song song(SongId id, Instant createdAt, List<Asset.State> states) {
    return new Song(
        id,
        owner,
        "useapi",
        JobCases.JOB_1,
        JobCases.SONG_1,
        "Paper “Boats”",
        false,
        Optional.of("lo-fi"),
        Optional.of("la\nla"),
        OptionalDouble.of(187.2),
        createdAt,
        createdAt,
        List.of(
            new Asset("song.mp3", Asset.Kind.AUDIO, states.get(0)),
            new Asset("song.wav", Asset.Kind.AUDIO, states.get(1)),
            new Asset(Asset.STEMS, Asset.Kind.STEM, states.get(2)),
            new Asset(Asset.COVER, Asset.Kind.COVER, states.get(3))));
  }

  private static SongId newId() {
    return new SongId(new JobId(UUID.randomUUID().toString()), 1);
  }
}
