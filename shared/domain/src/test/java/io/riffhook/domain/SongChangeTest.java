package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SongChangeTest {
  private static final Instant NOW = Studio.START.plusSeconds(60);
  private static final Reason WHY = Reasons.assetFailed("song.mp3", "HTTP 404");
  private static final Asset.State STORED = new Asset.Stored(new StoredFile("audio/mpeg", 1, "00"));

  @ParameterizedTest
  @CsvSource({
    "pending, settle, true",
    "stored,  settle, false",
    "missing, settle, false",
    "failed,  settle, false",
    "pending, again,  false",
    "stored,  again,  false",
    "missing, again,  false",
    "failed,  again,  true"
  })
  void shouldHoldToItsGuard(String state, String change, boolean applies) {
    SongChange move =
        change.equals("settle")
            ? new SongChange.Settled("song.mp3", STORED)
            : new SongChange.TriedAgain("song.mp3");
    Optional<Song> after = SongChange.apply(song(state(state)), move, NOW);
    assertThat(after.isPresent()).isEqualTo(applies);
    after.ifPresent(
        song -> {
          assertThat(song.updatedAt()).isEqualTo(NOW);
          assertThat(song.createdAt()).isEqualTo(Studio.START);
          assertThat(song.asset("song.mp3").orElseThrow().state())
              .isEqualTo(change.equals("settle") ? STORED : new Asset.Pending());
          assertThat(song.asset("song.wav").orElseThrow().state()).isEqualTo(new Asset.Pending());
        });
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, true", "4, false"})
  void shouldPlanNoTryThatIsOlderThanWhatIsPlanned(int known, boolean applies) {
    Instant due = NOW.plusSeconds(5);
    Song song = song(new Asset.Pending(known, Optional.of(NOW)));
    Optional<Song> after =
        SongChange.apply(song, new SongChange.TryPlanned("song.mp3", 3, due), NOW);
    assertThat(after.map(each -> each.asset("song.mp3").orElseThrow().state()))
        .isEqualTo(
            applies ? Optional.of(new Asset.Pending(3, Optional.of(due))) : Optional.empty());
  }

  @Test
  void shouldPlanNoTryOfWhatIsSettled() {
    SongChange planned = new SongChange.TryPlanned("song.mp3", 3, NOW);
    assertThat(SongChange.apply(song(STORED), planned, NOW)).isEmpty();
    assertThat(SongChange.apply(song(new Asset.Failed(WHY)), planned, NOW)).isEmpty();
  }

  @Test
  void shouldNumberTriesFromOne() {
    assertThatThrownBy(() -> new Asset.Pending(0, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts are numbered from 1, not from 0");
  }

  @Test
  void shouldNotInventAnAsset() {
    Song song = song(new Asset.Pending());
    assertThat(SongChange.apply(song, new SongChange.Settled("x.mp3", STORED), NOW)).isEmpty();
    assertThat(SongChange.apply(song, new SongChange.TriedAgain("x.mp3"), NOW)).isEmpty();
  }

  @Test
  void shouldPutTheStemsInThePlaceOfTheirStandIn() {
    Song song = song(new Asset.Pending());
    SongChange listed = new SongChange.StemsListed(List.of("stems/vocals.wav", "stems/bass.wav"));
    Song after = SongChange.apply(song, listed, NOW).orElseThrow();
    assertThat(after.assets())
        .extracting(Asset::name)
        .containsExactly("song.mp3", "song.wav", "stems/bass.wav", "stems/vocals.wav");
    assertThat(SongChange.apply(after, listed, NOW)).as("listed twice").isEmpty();
  }

  private static Asset.State state(String name) {
    return switch (name) {
      case "pending" -> new Asset.Pending();
      case "stored" -> STORED;
      case "missing" -> new Asset.Missing(WHY);
      case "failed" -> new Asset.Failed(WHY);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Song song(Asset.State state) {
    return new Song(
        new SongId(new JobId("job-1"), 1),
        Studio.ALICE,
        "useapi",
        "p1",
        "s1",
        "Paper Boats",
        false,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Studio.START,
        Studio.START,
        List.of(
            Asset.pending(Asset.STEMS, Asset.Kind.STEM),
            Asset.pending("song.wav", Asset.Kind.AUDIO),
            new Asset("song.mp3", Asset.Kind.AUDIO, state)));
  }

  @Test
  void shouldTakeNoStemForTheListOfStems() {
    assertThatThrownBy(() -> new SongChange.StemsListed(List.of("stems/a.wav", Asset.STEMS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no stem is named " + Asset.STEMS);
  }
}
