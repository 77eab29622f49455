package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class StoreAssetTest {
  private static final int ATTEMPTS = 8;
  private static final Supplier<Opened> GONE = FakeProvider.gone();
  private static final Supplier<Opened> CUT_SHORT = FakeProvider.bytes(Studio.MP3, 100);
  private static final Supplier<Opened> PAGE = FakeProvider.bytes("<html>Sign in</html>");

  private final Studio studio = new Studio();

  @Test
  void shouldStoreEveryAssetAndMakeTheJobReady() {
    // Given
    Job job = collected(studio.finished("s1"), Format.MP3, Format.WAV);

    // When
    studio.download();

    // Then
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.now(job).progress()).hasValue(100);
    Song song = studio.song(job);
    assertThat(song.assets()).allMatch(asset -> asset.file().isPresent());
    for (Asset asset : song.assets()) {
      assertThat(asset.file()).isEqualTo(studio.assets.file(song.key(asset.name())));
    }
    assertThat(studio.assets.bytes(song.key(Asset.METADATA)))
        .hasValueSatisfying(
            bytes ->
                assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .isEqualTo(job.id() + " Paper Boats 6"));
  }

  @Test
  void shouldAskOnlyOnceForAFileThatIsMadeWhenAskedFor() {
    Job job = collected(studio.plain("s1"), Format.MP3);
    AssetSource asked = Studio.source("s1", Format.MP3);
    AssetSource begun = Studio.source("task:1", Format.MP3);
    studio.provider.opens(asked, () -> new Opened.Making(begun));
    studio.provider.opens(
        begun, List.of(() -> new Opened.Making(begun), FakeProvider.bytes(Studio.MP3)));
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.provider.opened()).containsExactly(asked, begun, begun);
  }

  @Test
  void shouldGiveUpAFileThatIsNeverMade() {
    Job job = collected(studio.plain("s1"), Format.MP3);
    AssetSource asked = Studio.source("s1", Format.MP3);
    studio.provider.opens(asked, () -> new Opened.Making(asked));
    studio.download();
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("song.mp3", "it is still being made"));
  }

  /** A link that cannot be read is not fetched, and never taken for "there is none". */
  @Test
  void shouldNameTheFieldOfALinkThatCannotBeRead() {
    AssetSource unreadable = new AssetSource.Unreadable("its audio_url cannot be read");
    Job job =
        collected(Studio.song("s1", Map.of(Format.MP3, unreadable), Optional.empty()), Format.MP3);
    studio.download();
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("song.mp3", "its audio_url cannot be read"));
    assertThat(studio.provider.opened()).isEmpty();
  }

  @Test
  void shouldDoWithoutACoverWhoseLinkCannotBeRead() {
    AssetSource unreadable = new AssetSource.Unreadable("its image_url cannot be read");
    studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.bytes(Studio.MP3));
    Job job =
        collected(
            Studio.song(
                "s1", Map.of(Format.MP3, Studio.source("s1", Format.MP3)), Optional.of(unreadable)),
            Format.MP3);
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.song(job).asset(Asset.COVER).orElseThrow().state())
        .isEqualTo(
            new Asset.Missing(Reasons.assetFailed(Asset.COVER, "its image_url cannot be read")));
  }

  @Test
  void shouldDoNothingForARepeatedMessage() {
    Job job = collected(studio.plain("s1"), Format.MP3);
    DownloadTask task = studio.tasks().getFirst();
    studio.download();
    Job ready = studio.now(job);
    Song song = studio.song(job);

    Studio.run(studio.does, task);

    assertThat(studio.now(job)).isEqualTo(ready);
    assertThat(studio.song(job)).isEqualTo(song);
    assertThat(studio.provider.opened()).hasSize(1);
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldStoreOnceWhereAMessageIsWorkedOnTwiceAtOnce() throws Exception {
    Job job = collected(studio.plain("s1"), Format.MP3);
    DownloadTask task = studio.tasks().getFirst();
    studio.queues.take();
    Race.of(
        8,
        i -> {
          Studio.run(studio.does, task);
          return i;
        });
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldTakeUpASongWhoseLastAssetWasStoredByAProcessThatDied() {
    // Given every asset is settled and nobody has ended the song
    Job job = collected(studio.plain("s1"), Format.MP3);
    DownloadTask task = studio.tasks().getFirst();
    Song song = studio.song(job);
    studio.songs.apply(
        song.id(),
        new SongChange.Settled("song.mp3", new Asset.Stored(new StoredFile("audio/mpeg", 1, "00"))),
        Studio.START);

    // When the message comes again
    Studio.run(studio.does, task);

    // Then
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.provider.opened()).isEmpty();
  }

  @Test
  void shouldIgnoreAMessageForAnAssetThatNeverWas() {
    Job job = collected(studio.plain("s1"), Format.MP3);
    Song song = studio.song(job);
    studio.queues.take();
    run(new DownloadTask.Store(song.id(), "song.flac", Studio.cover("s1"), 1));
    run(new DownloadTask.Store(new SongId(job.id(), 9), "song.mp3", Studio.cover("s1"), 1));
    assertThat(studio.provider.opened()).isEmpty();
    assertThat(studio.tasks()).isEmpty();
  }

  @Test
  void shouldStoreNothingOfACancelledJob() {
    // Given
    Job job = collected(studio.plain("s1"), Format.MP3, Format.STEMS);
    Song song = studio.song(job);
    studio.provider.lists(
        new Provider.Stems.Listed(Map.of("drums", Studio.link("https://files.example/d.wav"))));
    studio.does.cancel.cancel(job.id());

    // When its messages come
    studio.download();

    // Then
    assertThat(studio.provider.opened()).isEmpty();
    assertThat(studio.assets.file(song.key("song.mp3"))).isEmpty();
    assertThat(studio.song(job)).isEqualTo(song);
    assertThat(studio.now(job).status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void shouldSayWhichProviderIsConfiguredNoMore() {
    Job job = collected(studio.plain("s1"), Format.MP3);
    var does =
        new Studio.UseCases(
            new Studio.Ports(
                studio.jobs, studio.songs, studio.assets, studio.queues, new Providers(List.of())),
            new CallbackUrls(Optional.empty(), () -> studio.tokens),
            studio.clock);
    DownloadTask task = studio.tasks().getFirst();
    assertThatThrownBy(() -> Studio.run(does, task))
        .hasMessage("the provider useapi is not configured; add it to RIFFHOOK_PROVIDERS");
    assertThat(studio.song(job).asset("song.mp3").orElseThrow().isSettled()).isFalse();
  }

  @Nested
  @DisplayName("A link that is dead")
  class Gone {

    @Test
    void shouldBeAskedForAfreshOncePerAttempt() {
      // Given an MP3 whose link dies before it is fetched, and a fresh one in the next answer
      Job job = collected(studio.plain("s1"), Format.MP3);
      AssetSource fresh = Studio.link("https://files.example/fresh.mp3");
      studio.provider.opens(Studio.source("s1", Format.MP3), GONE);
      studio.provider.opens(fresh, FakeProvider.bytes(Studio.MP3));
      studio.provider.shows("p1", finished("s1", Map.of(Format.MP3, fresh)));

      // When
      studio.download();

      // Then
      assertThat(studio.provider.opened()).containsExactly(Studio.source("s1", Format.MP3), fresh);
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    }

    @Test
    void shouldNotBeAskedForTwiceInOneAttempt() {
      Job job = collected(studio.plain("s1"), Format.MP3);
      AssetSource fresh = Studio.link("https://files.example/fresh.mp3");
      studio.provider.opens(Studio.source("s1", Format.MP3), GONE).opens(fresh, GONE);
      studio.provider.shows("p1", finished("s1", Map.of(Format.MP3, fresh)));
      DownloadTask task = studio.tasks().getFirst();
      studio.queues.take();

      Studio.run(studio.does, task);

      assertThat(studio.provider.lookedUp()).as("the collecting one and one more").hasSize(2);
      assertThat(studio.provider.opened()).hasSize(2);
      assertThat(studio.tasks())
          .as("the fresh one is what is tried next")
          .containsExactly(((DownloadTask.Store) task).from(fresh).next());
      assertThat(studio.song(job).asset("song.mp3").orElseThrow().isSettled()).isFalse();
    }

    @Test
    void shouldBeGivenUpWhereTheProviderHasNoOther() {
      for (Lookup answer :
          List.of(
              new Lookup.Unheard("no song in the answer"),
              finished("another", Map.of(Format.MP3, Studio.cover("x"))),
              finished("s1", Map.of(Format.WAV, Studio.cover("x"))))) {
        Studio each = new Studio();
        Job job = collected(each, each.plain("s1"), Format.MP3);
        each.provider.opens(Studio.source("s1", Format.MP3), GONE).shows("p1", answer);
        each.download();
        assertThat(each.now(job).status()).as("%s", answer).isEqualTo(Status.FAILED);
        assertThat(each.now(job).reason()).contains(Reasons.assetFailed("song.mp3", "HTTP 404"));
        assertThat(each.provider.opened()).hasSize(ATTEMPTS);
      }
    }
  }

  @Nested
  @DisplayName("Content that is bad")
  class Bad {

    @Test
    void shouldBeTriedAgainAndStoredOnceItIsGood() {
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(
          Studio.source("s1", Format.MP3),
          List.of(PAGE, FakeProvider.notNow(), CUT_SHORT, FakeProvider.bytes(Studio.MP3)));
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.provider.opened()).hasSize(4);
    }

    @Test
    void shouldBeFetchedByAFreshLinkTheNextTime() {
      // Given a link that leads to a page
      Job job = collected(studio.finished("s1"), Format.MP3);
      AssetSource old = Studio.cover("s1");
      AssetSource fresh = Studio.link("https://files.example/fresh.jpg");
      studio.provider.opens(old, PAGE).opens(fresh, FakeProvider.bytes(Studio.JPEG));
      studio.provider.shows("p1", withCover("s1", fresh));

      // When
      studio.download();

      // Then
      assertThat(studio.provider.opened()).filteredOn(each -> each.equals(old)).hasSize(1);
      assertThat(studio.song(job).asset(Asset.COVER).orElseThrow().file()).isPresent();
    }

    @Test
    void shouldNotBeTriedForLongIfItIsOfAnotherKind() {
      // Given a call that answers with a picture: asking for another could cost money
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.bytes(Studio.JPEG));
      studio.download();
      assertThat(studio.now(job).reason())
          .contains(Reasons.assetFailed("song.mp3", "is image/jpeg, not MP3"));
      assertThat(studio.provider.opened()).hasSize(3);
    }

    @Test
    void shouldNotHaveAFileMadeAgain() {
      // Given a call that has the file made and leads to a page
      collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), PAGE);
      DownloadTask task = studio.tasks().getFirst();
      int reads = studio.provider.lookedUp().size();
      studio.queues.take();

      // When
      Studio.run(studio.does, task);

      // Then
      assertThat(studio.tasks()).containsExactly(task.next());
      assertThat(studio.provider.lookedUp()).as("nobody asked for another").hasSize(reads);
    }

    @Test
    void shouldBeFetchedByTheSameLinkWhereItWasCut() {
      collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(
          Studio.cover("s1"),
          () ->
              new Opened.Body(
                  new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                      throw new IOException("connection reset");
                    }
                  },
                  OptionalLong.empty()));
      DownloadTask task =
          studio.tasks().stream()
              .filter(
                  each ->
                      each instanceof DownloadTask.Store(_, var name, _, _)
                          && name.equals(Asset.COVER))
              .findFirst()
              .orElseThrow();
      int reads = studio.provider.lookedUp().size();
      studio.queues.take();

      Studio.run(studio.does, task);

      assertThat(studio.tasks()).containsExactly(task.next());
      assertThat(studio.provider.lookedUp()).hasSize(reads);
    }

    @Test
    void shouldBeWaitedForAsLongAsItsServerAsks() {
      collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(
          Studio.source("s1", Format.MP3),
          List.of(
              busy(Duration.ofMinutes(4)), busy(Duration.ofSeconds(1)), busy(Duration.ofHours(2))));
      List<Duration> waits = new ArrayList<>();
      for (int attempt = 1; attempt <= 3; attempt++) {
        DownloadTask task = studio.tasks().getFirst();
        studio.queues.take();
        Studio.run(studio.does, task);
        waits.add(studio.queues.messages().getFirst().delay());
      }
      assertThat(waits.get(0)).isEqualTo(Duration.ofMinutes(4));
      assertThat(waits.get(1))
          .as("not sooner than of itself")
          .isGreaterThan(Duration.ofSeconds(19));
      assertThat(waits.get(2)).as("as long as a queue can wait").isEqualTo(Queues.MAX_DELAY);
    }

    private static Supplier<Opened> busy(Duration retryAfter) {
      return () -> new Opened.NotNow("HTTP 503", Optional.of(retryAfter));
    }

    @Test
    void shouldBeWaitedForLongerEachTime() {
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), PAGE);
      List<Duration> waits = new ArrayList<>();
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        DownloadTask task = studio.tasks().getFirst();
        assertThat(task.attempt()).isEqualTo(attempt);
        studio.queues.take();
        Studio.run(studio.does, task);
        waits.add(studio.queues.messages().getFirst().delay());
      }
      assertThat(waits).isSorted();
      assertThat(waits.getFirst()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
      assertThat(studio.now(job).status()).isEqualTo(Status.STORING);
    }

    @Test
    void shouldFailTheJobWhereItNeverGetsGood() {
      // Given
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), PAGE);

      // When
      studio.download();

      // Then
      Reason why = Reasons.assetFailed("song.mp3", "is an HTML page, not MP3");
      assertThat(studio.provider.opened()).hasSize(ATTEMPTS);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason()).contains(why);
      assertThat(studio.song(job).asset("song.mp3").orElseThrow().state())
          .isEqualTo(new Asset.Failed(why));
      assertThat(studio.assets.file(studio.song(job).key("song.mp3"))).isEmpty();
    }

    @Test
    void shouldMakeACoverMissingAndTheJobReadyAllTheSame() {
      Job job = collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(Studio.cover("s1"), PAGE);
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.song(job).asset(Asset.COVER).orElseThrow().state())
          .isEqualTo(
              new Asset.Missing(Reasons.assetFailed("cover.jpg", "is an HTML page, not IMAGE")));
    }

    @Test
    void shouldTellWhereReadingBrokeOff() {
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), CUT_SHORT);
      studio.download();
      assertThat(studio.now(job).reason())
          .contains(Reasons.assetFailed("song.mp3", "ended after 11 of 100 bytes"));
    }

    @Test
    void shouldCloseWhatItOpened() {
      AtomicInteger closed = new AtomicInteger();
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(
          Studio.source("s1", Format.MP3),
          () ->
              new Opened.Body(
                  new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                      throw new IOException("connection reset");
                    }

                    @Override
                    public void close() {
                      closed.incrementAndGet();
                    }
                  },
                  OptionalLong.empty()));
      studio.download();
      assertThat(closed).hasValue(ATTEMPTS);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    }
  }

  @Nested
  @DisplayName("The one chain of tries")
  class Tries {
    @Test
    void shouldEndAtAMessageThatIsOlderThanTheNextTry() {
      // Given the first try failed
      collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.notNow());
      DownloadTask first = studio.tasks().getFirst();
      studio.queues.take();
      Studio.run(studio.does, first);
      assertThat(studio.tasks()).containsExactly(((DownloadTask.Store) first).next());
      studio.queues.take();

      // When its message comes again, nothing is read and nothing is sent
      Studio.run(studio.does, first);
      assertThat(studio.provider.opened()).hasSize(1);
      assertThat(studio.tasks()).isEmpty();
    }

    @Test
    void shouldBeOneAgainAfterTwoTriesAtOnce() {
      // Given a second message of the same try ends while the first is reading
      Job job = collected(studio.plain("s1"), Format.MP3);
      AssetSource source = Studio.source("s1", Format.MP3);
      DownloadTask task = studio.tasks().getFirst();
      studio.queues.take();
      studio.provider.opens(
          source,
          List.of(
              () -> {
                Studio.run(studio.does, task);
                return new Opened.NotNow("HTTP 503");
              },
              FakeProvider.notNow()));

      // When both have failed
      Studio.run(studio.does, task);

      // Then one message goes on
      assertThat(studio.tasks()).containsExactly(((DownloadTask.Store) task).next());
      assertThat(pending(job, "song.mp3").attempt()).isEqualTo(2);
    }

    @Test
    void shouldBeWrittenDownAfterItsMessageWasSentAndOnlyIfATryFailed() {
      collected(studio.plain("s1"), Format.MP3);
      Faults faults = new Faults();
      var does =
          new Studio.UseCases(
              new Studio.Ports(
                  studio.jobs,
                  faults.around(SongStore.class, studio.songs),
                  studio.assets,
                  faults.around(Queues.class, studio.queues),
                  new Providers(List.of(studio.provider))),
              new CallbackUrls(Optional.empty(), () -> studio.tokens),
              studio.clock);
      studio.provider.opens(
          Studio.source("s1", Format.MP3),
          List.of(FakeProvider.notNow(), FakeProvider.bytes(Studio.MP3)));
      DownloadTask task = studio.tasks().getFirst();

      Studio.run(does, task);
      assertThat(faults.calls())
          .containsExactly(
              "SongStore.find", "SongStore.find", "Queues.download", "SongStore.apply");
      Studio.run(does, task.next());
      assertThat(faults.calls().subList(4, faults.calls().size()))
          .as("settled in one write, then the metadata")
          .startsWith("SongStore.find", "SongStore.apply", "SongStore.apply")
          .doesNotContain("Queues.download");
    }

    @Test
    void shouldNotBeWrittenDownWhileAFileIsMadeWithinAMinute() {
      Job job = collected(studio.plain("s1"), Format.MP3);
      AssetSource source = Studio.source("s1", Format.MP3);
      studio.provider.opens(source, () -> new Opened.Making(source));
      DownloadTask task = studio.tasks().getFirst();
      studio.queues.take();
      Studio.run(studio.does, task);
      assertThat(pending(job, "song.mp3"))
          .isEqualTo(new Asset.Pending(1, Optional.of(Studio.START)));
      for (int attempt = 2; attempt <= 6; attempt++) {
        DownloadTask next = studio.tasks().getFirst();
        studio.queues.take();
        Studio.run(studio.does, next);
      }
      assertThat(pending(job, "song.mp3").attempt()).isEqualTo(7);
    }

    @Test
    void shouldReadAFileEightTimesAtMostWhateverTheChecksDo() {
      // Given an MP3 that is never to be had, and a check after each failed try
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.provider.opens(Studio.source("s1", Format.MP3), FakeProvider.notNow());
      int check = 1;
      while (studio.now(job).status() == Status.STORING) {
        InMemoryQueues.DownloadDue due =
            studio.queues.take(InMemoryQueues.DownloadDue.class).getFirst();
        studio.clock.advance(due.delay());
        Studio.run(studio.does, due.task());
        studio.does.check.check(job.id(), check++);
        assertThat(studio.tasks()).hasSizeLessThanOrEqualTo(1);
      }
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.provider.opened()).hasSize(ATTEMPTS);
    }

    @Test
    void shouldNotBeStartedBesideOneByTheSongsOfALaterRead() {
      Job job = collected(studio.plain("s1"), Format.MP3);
      studio.queues.take();
      studio.does.collect.read(studio.now(job), "p1");
      assertThat(studio.tasks()).isEmpty();
    }

    @Test
    void shouldListStemsInOneChain() {
      // Given stems that cannot be listed yet
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio.provider.lists(new Provider.Stems.NotNow(Reasons.unavailable("useapi", "HTTP 400")));
      DownloadTask first = studio.tasks().getFirst();
      studio.queues.take();
      Studio.run(studio.does, first);
      assertThat(studio.tasks()).containsExactly(first.next());
      assertThat(pending(job, Asset.STEMS).attempt()).isEqualTo(2);
      studio.queues.take();

      // When the first message comes again, or the provider job is read again
      int asked = studio.provider.accounts().size();
      Studio.run(studio.does, first);
      assertThat(studio.provider.accounts()).hasSize(asked);
      studio.does.collect.read(studio.now(job), "p1");

      // Then nothing is sent
      assertThat(studio.tasks()).isEmpty();
    }

    @Test
    void shouldBeginAgainWithListedStemsWhoseMessagesWereLost() {
      // Given two stems, one of which is stored, and five minutes without a message
      AssetSource drums = Studio.link("https://files.example/drums.flac");
      AssetSource vocals = Studio.link("https://files.example/vocals.wav");
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio
          .provider
          .lists(new Provider.Stems.Listed(Map.of("drums", drums, "vocals", vocals)))
          .opens(drums, FakeProvider.bytes("fLaC drums"));
      Studio.run(studio.does, studio.tasks().getFirst());
      List<DownloadTask> stores = studio.tasks();
      studio.queues.take();
      Studio.run(studio.does, stores.get(1));
      studio.clock.advance(Duration.ofMinutes(6));

      // When it is checked twice, the stems are listed once
      studio.does.check.check(job.id(), 1);
      studio.does.check.check(job.id(), 2);
      assertThat(studio.tasks())
          .containsExactly(new DownloadTask.ListStems(studio.song(job).id(), 1));

      // Then a stem that the provider has no more is given up
      studio.provider.lists(new Provider.Stems.Listed(Map.of("drums", drums)));
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason())
          .contains(Reasons.assetFailed("stems/vocals.wav", "the provider lists it no more"));
    }

    private Asset.Pending pending(Job job, String name) {
      return (Asset.Pending) studio.song(job).asset(name).orElseThrow().state();
    }
  }

  @Nested
  @DisplayName("A cover")
  class Cover {
    @Test
    void shouldBeMissingWithinTwoMinutes() {
      // Given a cover that is gone
      Job job = collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(Studio.cover("s1"), GONE);
      downloadInTime();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.song(job).asset(Asset.COVER).orElseThrow().state())
          .isEqualTo(new Asset.Missing(Reasons.assetFailed("cover.jpg", "HTTP 404")));
      assertThat(studio.clock.instant()).isBefore(Studio.START.plus(Duration.ofMinutes(2)));
    }

    @Test
    void shouldNotBeWaitedForAsLongAsItsServerAsks() {
      Job job = collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(
          Studio.cover("s1"),
          () -> new Opened.NotNow("HTTP 503", Optional.of(Duration.ofMinutes(5))));
      downloadInTime();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.clock.instant()).isEqualTo(Studio.START);
    }

    @Test
    void shouldBeMissingAtOnceIfItCanNeverFit() {
      // Given the provider's newest link is the same one, to another kind of file
      Job job = collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(Studio.cover("s1"), FakeProvider.bytes("\0\0\0\40ftypavif...."));
      downloadInTime();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.clock.instant()).isEqualTo(Studio.START);
      assertThat(studio.provider.opened())
          .filteredOn(Studio.cover("s1")::equals)
          .as("no second read")
          .hasSize(1);
    }

    @Test
    void shouldBeReadByAFreshLinkBeforeItIsMissing() {
      Job job = collected(studio.finished("s1"), Format.MP3);
      AssetSource fresh = Studio.link("https://files.example/fresh.jpg");
      studio
          .provider
          .opens(Studio.cover("s1"), FakeProvider.bytes(Studio.MP3))
          .opens(fresh, FakeProvider.bytes(Studio.MP3))
          .shows("p1", withCover("s1", fresh));
      downloadInTime();
      assertThat(studio.provider.opened()).containsSubsequence(Studio.cover("s1"), fresh);
      assertThat(studio.provider.opened()).filteredOn(fresh::equals).hasSize(1);
      assertThat(studio.song(job).asset(Asset.COVER).orElseThrow().state())
          .isInstanceOf(Asset.Missing.class);
      assertThat(studio.clock.instant()).isEqualTo(Studio.START);
    }

    @Test
    void shouldBeMissingIfAFreshLinkLeadsToAPageToo() {
      Job job = collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(Studio.cover("s1"), PAGE);
      downloadInTime();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.provider.opened()).filteredOn(Studio.cover("s1")::equals).hasSize(2);
    }

    @Test
    void shouldNotHoldItsJobBackByTrickling() {
      // Given bytes that come one in ten seconds
      Job job = collected(studio.finished("s1"), Format.MP3);
      studio.provider.opens(
          Studio.cover("s1"),
          () ->
              new Opened.Body(
                  new FilterInputStream(InputStream.nullInputStream()) {
                    private int left = 60;

                    @Override
                    public int read(byte[] into, int from, int length) {
                      studio.clock.advance(Duration.ofSeconds(10));
                      into[from] = 1;
                      return left-- > 0 ? 1 : -1;
                    }
                  },
                  OptionalLong.empty()));
      downloadInTime();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.clock.instant()).isBefore(Studio.START.plus(Duration.ofMinutes(3)));
    }

    /** Does all download tasks that wait, each when it is due. */
    private void downloadInTime() {
      while (!studio.tasks().isEmpty()) {
        studio.queues.take(InMemoryQueues.DownloadDue.class).stream()
            .sorted(Comparator.comparing(InMemoryQueues.DownloadDue::delay))
            .forEach(
                due -> {
                  studio.clock.advance(due.delay());
                  Studio.run(studio.does, due.task());
                });
      }
    }
  }

  @Nested
  @DisplayName("Stems")
  class Stems {
    private final AssetSource drums = Studio.link("https://files.example/x/Drums.FLAC?a=b.mp3");
    private final AssetSource vocals = Studio.link("https://files.example/x/1");

    @Test
    void shouldEachBeStoredUnderItsName() {
      // Given
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio
          .provider
          .lists(new Provider.Stems.Listed(Map.of("Drums", drums, "Lead  Vocals/1", vocals)))
          .opens(drums, FakeProvider.bytes("fLaC drums"))
          .opens(vocals, FakeProvider.bytes(Studio.WAV));

      // When
      studio.download();

      // Then
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.song(job).assets())
          .filteredOn(asset -> asset.kind() == Asset.Kind.STEM)
          .extracting(Asset::name)
          .containsExactly("stems/drums.flac", "stems/lead-vocals-1.wav");
      assertThat(studio.song(job).asset(Asset.STEMS)).as("the placeholder").isEmpty();
      assertThat(studio.provider.accounts()).contains(Optional.of("account-1"));
    }

    @Test
    void shouldBeListedAgainByARepeatedMessageWithoutHarm() {
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio
          .provider
          .lists(new Provider.Stems.Listed(Map.of("drums", drums)))
          .opens(drums, FakeProvider.bytes("fLaC drums"));
      DownloadTask list = studio.tasks().getFirst();
      studio.queues.take();

      // A crash between writing the names and sending the messages: the repeat sends them.
      Studio.run(studio.does, list);
      studio.queues.take();
      Studio.run(studio.does, list);
      assertThat(studio.tasks())
          .containsExactly(
              new DownloadTask.Store(studio.song(job).id(), "stems/drums.flac", drums, 1));

      studio.download();
      Studio.run(studio.does, list);
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.tasks()).isEmpty();
    }

    @Test
    void shouldBeWaitedFor() {
      Job job = collected(studio.plain("s1"), Format.STEMS);
      Reason notYet = Reasons.unavailable("useapi", "HTTP 400");
      studio
          .provider
          .lists(
              new Provider.Stems.NotNow(notYet),
              new Provider.Stems.NotNow(notYet),
              new Provider.Stems.Listed(Map.of("drums", drums)))
          .opens(drums, FakeProvider.bytes("fLaC drums"));
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    }

    @Test
    void shouldFailTheJobWhereTheyNeverCome() {
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio.provider.lists(new Provider.Stems.NotNow(Reasons.unavailable("useapi", "HTTP 400")));
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason())
          .contains(Reasons.assetFailed("stems", "useapi cannot be reached: HTTP 400"));
      assertThat(studio.provider.accounts()).hasSize(1 + ATTEMPTS);
    }

    @Test
    void shouldFailTheJobAtOnceWhereThereAreNone() {
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio.provider.lists(new Provider.Stems.Never(Reasons.retired("useapi", "HTTP 410")));
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason())
          .contains(Reasons.assetFailed("stems", "useapi no longer serves this: HTTP 410"));
    }

    @Test
    void shouldFailTheJobWhereThereAreTooManyOrNoneWithAName() {
      Map<String, AssetSource> many = new LinkedHashMap<>();
      for (int i = 0; i < 65; i++) {
        many.put("s" + i, Studio.link("https://files.example/" + i));
      }
      Map<String, AssetSource> nameless = Map.of("n".repeat(200), drums);
      for (Map<String, AssetSource> listed : List.of(many, nameless)) {
        Studio each = new Studio();
        Job job = collected(each, each.plain("s1"), Format.STEMS);
        each.provider.lists(new Provider.Stems.Listed(listed));
        each.download();
        assertThat(each.now(job).status()).isEqualTo(Status.FAILED);
        assertThat(each.now(job).reason())
            .contains(
                Reasons.assetFailed("stems", "the provider lists " + listed.size() + " stems"));
        assertThat(each.provider.opened()).isEmpty();
      }
    }

    @Test
    void shouldNotBeListedAgainIfALinkLeadsElsewhere() {
      // Listing stems may cost money: a page, or another kind of file, is no reason to list again.
      for (Supplier<Opened> bad : List.of(PAGE, FakeProvider.bytes(Studio.JPEG))) {
        Studio each = new Studio();
        collected(each, each.plain("s1"), Format.STEMS);
        each.provider
            .lists(new Provider.Stems.Listed(Map.of("drums", drums)))
            .opens(drums, List.of(bad, FakeProvider.bytes("fLaC drums")));
        Studio.run(each.does, each.tasks().getFirst());
        int asked = each.provider.accounts().size();
        DownloadTask store = each.tasks().getLast();
        each.queues.take();

        Studio.run(each.does, store);

        assertThat(each.tasks()).containsExactly(((DownloadTask.Store) store).next());
        assertThat(each.provider.accounts()).as("nobody listed again").hasSize(asked);
      }
    }

    @Test
    void shouldBeAskedForAfreshWhereTheirLinksAreDead() {
      Job job = collected(studio.plain("s1"), Format.STEMS);
      AssetSource fresh = Studio.link("https://files.example/fresh.flac");
      studio
          .provider
          .lists(
              new Provider.Stems.Listed(Map.of("drums", drums)),
              new Provider.Stems.Listed(Map.of("drums", fresh)))
          .opens(drums, GONE)
          .opens(fresh, FakeProvider.bytes("fLaC drums"));
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.READY);
      assertThat(studio.provider.opened()).containsExactly(drums, fresh);
    }

    @Test
    void shouldBeGivenUpWhereTheFreshListHasThemNoMore() {
      Job job = collected(studio.plain("s1"), Format.STEMS);
      studio
          .provider
          .lists(
              new Provider.Stems.Listed(Map.of("drums", drums)),
              new Provider.Stems.Listed(Map.of("bass", vocals)),
              new Provider.Stems.Never(Reasons.retired("useapi", "HTTP 410")))
          .opens(drums, GONE);
      studio.download();
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason())
          .contains(Reasons.assetFailed("stems/drums.flac", "HTTP 404"));
    }
  }

  private void run(DownloadTask task) {
    Studio.run(studio.does, task);
  }

  private Job collected(ProviderSong song, Format... formats) {
    return collected(studio, song, formats);
  }

  private static Job collected(Studio studio, ProviderSong song, Format... formats) {
    Job job = studio.submitted(Studio.request(formats), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(song)));
    studio.does.collect.run(new DownloadTask.Collect(job.id(), Optional.of("p1"), 1));
    return job;
  }

  private static Lookup withCover(String song, AssetSource cover) {
    return new Lookup.Finished(List.of(Studio.song(song, Map.of(), Optional.of(cover))));
  }

  private static Lookup finished(String song, Map<Format, AssetSource> audio) {
    return new Lookup.Finished(List.of(Studio.song(song, audio, Optional.empty())));
  }
}
