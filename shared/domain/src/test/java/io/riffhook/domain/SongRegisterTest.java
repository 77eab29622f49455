package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SongRegisterTest {
  private final Studio studio = new Studio();
  private final Job job = studio.submitted(Studio.request(Format.MP3), "p1");

  @Test
  void shouldGiveEachSongItsNumberOnce() {
    Song first = register(job, studio.plain("s1"));
    Song second = register(job, studio.plain("s2"));
    assertThat(first.id()).isEqualTo(new SongId(job.id(), 1));
    assertThat(second.id()).isEqualTo(new SongId(job.id(), 2));
    assertThat(register(job, studio.plain("s1"))).isEqualTo(first);
    assertThat(studio.now(job).songNumbers()).hasSize(2);
  }

  @Test
  void shouldGiveManySongsAtOnceNumbersWithoutAGap() throws Exception {
    Race.of(12, i -> register(job, studio.plain("s" + i % 6)));
    assertThat(studio.now(job).songNumbers().values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(studio.songs.all()).hasSize(6);
    assertThat(studio.songs.all())
        .allSatisfy(
            song ->
                assertThat(studio.now(job).songNumbers())
                    .containsEntry(song.providerSong(), song.id().number()));
  }

  @Test
  void shouldKeepASongAsItWasFirstWritten() {
    Song first = register(job, studio.plain("s1"));
    studio.songs.apply(
        first.id(),
        new SongChange.Settled("song.mp3", new Asset.Stored(new StoredFile("audio/mpeg", 1, "00"))),
        Studio.START);
    assertThat(register(job, studio.plain("s1")).asset("song.mp3"))
        .hasValueSatisfying(asset -> assertThat(asset.isSettled()).isTrue());
  }

  @Test
  void shouldGiveNoNumberWhereTheJobHasEnded() {
    Job stale = studio.now(job);
    studio.does.cancel.cancel(job.id());
    assertThat(studio.does.register.register(stale, "p1", studio.plain("s1"))).isEmpty();
    assertThat(studio.songs.all()).isEmpty();
    assertThat(
            studio.assets.file(new AssetKey(Studio.ALICE, new SongId(job.id(), 1), Asset.LYRICS)))
        .isEmpty();
  }

  @Test
  void shouldWriteDownASongWhoseNumberWasGivenByAProcessThatDied() {
    studio.jobs.apply(job.id(), new JobChange.SongSeen("s1", 1), Studio.START);
    assertThat(register(job, studio.plain("s1")).id().number()).isEqualTo(1);
    assertThat(studio.songs.all()).hasSize(1);
  }

  @Test
  void shouldStoreLyricsAndTimingsAtOnce() {
    Song song = register(job, studio.plain("s1"));
    assertThat(stored(song, Asset.LYRICS)).isEqualTo("la la");
    assertThat(stored(song, Asset.TIMINGS)).isEqualTo("{\"words\":[1]}");
    assertThat(studio.assets.file(song.key(Asset.LYRICS)))
        .hasValueSatisfying(
            file -> assertThat(file.contentType()).isEqualTo("text/plain; charset=utf-8"));
    assertThat(song.assets())
        .extracting(Asset::name)
        .containsExactly("lyrics.txt", "song.json", "song.mp3", "timings.json");
    assertThat(song.pending()).extracting(Asset::name).containsExactly("song.mp3");
  }

  @Test
  void shouldNotKeepLongLyricsInTheItem() {
    // 10 000 characters at most beside the song; the file has them all.
    String fits = "é".repeat(10_000);
    String large = "é".repeat(1_000_000);
    assertThat(register(job, withLyrics("s1", fits)).lyrics()).contains(fits);
    Song song = register(job, withLyrics("s2", large));
    assertThat(song.lyrics()).isEmpty();
    assertThat(stored(song, Asset.LYRICS)).isEqualTo(large);
  }

  @Test
  void shouldCutALongTitleBetweenCharacters() {
    // Half of a pair of surrogates is no character: nothing could write it as UTF-8 any more.
    Song song = register(job, titled("s1", "x".repeat(999) + "🎵🎵"));
    assertThat(song.title()).isEqualTo("x".repeat(999));
    assertThat(register(job, titled("s2", "x".repeat(998) + "🎵🎵")).title())
        .isEqualTo("x".repeat(998) + "🎵");
    assertThat(register(job, titled("s3", "t".repeat(1_000))).title()).hasSize(1_000);
  }

  @Test
  void shouldFailWhatWasAskedForAndIsNotToBeHad() {
    Job wantsM4a = studio.submitted(Studio.request(Format.MP3, Format.M4A), "p2");
    Song song = register(wantsM4a, studio.plain("s9"));
    assertThat(song.asset("song.m4a"))
        .hasValueSatisfying(
            asset ->
                assertThat(asset.state())
                    .isEqualTo(
                        new Asset.Failed(
                            new Reason(
                                "asset-failed",
                                "song.m4a could not be stored: the provider has none"))));
  }

  @Test
  void shouldLeaveOutWhatNobodyAskedForAndIsNotToBeHad() {
    Job wantsAll = studio.submitted(Studio.request(), "p2");
    Song song = register(wantsAll, studio.plain("s9"));
    assertThat(song.asset("song.m4a")).isEmpty();
    assertThat(song.asset("song.wav")).isEmpty();
    assertThat(song.asset(Asset.COVER)).isEmpty();
  }

  @Test
  void shouldHaveStemsListedBeforeTheyAreFetched() {
    Job wantsStems = studio.submitted(Studio.request(Format.STEMS), "p2");
    ProviderSong found = studio.plain("s9");
    Song song = register(wantsStems, found);
    assertThat(song.pending())
        .containsExactly(Asset.pending(Asset.STEMS, Asset.Kind.STEM, Studio.START));
    assertThat(plan(song, true, found).tasks())
        .containsExactly(new DownloadTask.ListStems(song.id(), 1));
  }

  @Test
  void shouldFetchOnlyWhatIsStillPending() {
    Job wantsTwo = studio.submitted(Studio.request(Format.MP3, Format.WAV), "p2");
    ProviderSong found = studio.finished("s9");
    Song song = register(wantsTwo, found);
    Song half =
        SongChange.apply(
                song,
                new SongChange.Settled(
                    "song.mp3", new Asset.Stored(new StoredFile("audio/mpeg", 1, "00"))),
                Studio.START)
            .orElseThrow();
    assertThat(
            plan(half, true, found).tasks().stream()
                .map(task -> ((DownloadTask.Store) task).name()))
        .containsExactly(Asset.COVER, "song.wav");
    assertThat(IntStream.range(0, 2).mapToObj(_ -> plan(half, true, found)).distinct())
        .as("asked twice, told the same")
        .hasSize(1);
  }

  @Test
  void shouldStartNothingForAnAssetThatHasAChainOfTries() {
    // Given a known song whose MP3 waits for its third try, and whose WAV was never tried
    Job wantsTwo = studio.submitted(Studio.request(Format.MP3, Format.WAV), "p2");
    ProviderSong found = studio.finished("s9");
    Song song = register(wantsTwo, found);
    Instant due = Studio.START.plus(Duration.ofMinutes(15));
    Song waiting =
        SongChange.apply(song, new SongChange.TryPlanned("song.mp3", 3, due), Studio.START)
            .orElseThrow();

    // Then nothing is overdue at first, and both are after five minutes without a message
    assertThat(plan(waiting, false, found))
        .isEqualTo(new SongRegister.Plan(List.of(), List.of(), List.of()));
    SongRegister.Plan late =
        SongRegister.plan(
            new SongRegister.Registered(waiting, false),
            Optional.of(found),
            due.plusMillis(1),
            due.plusSeconds(300));
    assertThat(late.tasks())
        .contains(
            new DownloadTask.Store(song.id(), "song.mp3", Studio.source("s9", Format.MP3), 3),
            new DownloadTask.Store(song.id(), "song.wav", Studio.source("s9", Format.WAV), 1));
    assertThat(late.planned())
        .contains(new SongChange.TryPlanned("song.mp3", 3, due.plusSeconds(300)));
  }

  @Test
  void shouldSettleWhatTheProviderHasNoSourceFor() {
    Job wantsTwo = studio.submitted(Studio.request(Format.MP3, Format.WAV), "p2");
    Song song = register(wantsTwo, studio.finished("s9"));
    SongRegister.Plan plan =
        SongRegister.plan(
            new SongRegister.Registered(song, false),
            Optional.of(studio.plain("s9")),
            Studio.START.plusMillis(1),
            Studio.START);
    assertThat(plan.lost()).extracting(Asset::name).containsExactly(Asset.COVER, "song.wav");
    Song after = studio.does.register.write(song, plan, "the provider has none");
    assertThat(after.asset("song.wav").orElseThrow().state())
        .isEqualTo(new Asset.Failed(Reasons.assetFailed("song.wav", "the provider has none")));
    assertThat(after.asset(Asset.COVER).orElseThrow().state())
        .isEqualTo(new Asset.Missing(Reasons.assetFailed("cover.jpg", "the provider has none")));
    assertThat(after.pending()).extracting(Asset::name).containsExactly("song.mp3");
  }

  private static SongRegister.Plan plan(Song song, boolean isNew, ProviderSong found) {
    return SongRegister.plan(
        new SongRegister.Registered(song, isNew), Optional.of(found), Studio.START, Studio.START);
  }

  private Song register(Job of, ProviderSong found) {
    return studio.does.register.register(of, "p1", found).orElseThrow().song();
  }

  private String stored(Song song, String name) {
    return new String(studio.assets.bytes(song.key(name)).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static ProviderSong withLyrics(String id, String lyrics) {
    return song(id, "Paper Boats", Optional.of(lyrics));
  }

  private static ProviderSong titled(String id, String title) {
    return song(id, title, Optional.empty());
  }

  private static ProviderSong song(String id, String title, Optional<String> lyrics) {
    return new ProviderSong(
        id,
        title,
        lyrics.isEmpty(),
        Optional.of(title),
        lyrics,
        OptionalDouble.empty(),
        Optional.empty(),
        Map.of(Format.MP3, Studio.source(id, Format.MP3)),
        Optional.<AssetSource>empty());
  }
}
