package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FinishSongTest {
  private static final Asset.State STORED = new Asset.Stored(new StoredFile("audio/mpeg", 1, "00"));
  private static final Asset.State FAILED =
      new Asset.Failed(Reasons.assetFailed("song.mp3", "HTTP 404"));

  private final Studio studio = new Studio();

  @Test
  void shouldLeaveASongAloneThatIsNotWhole() {
    Job job = collected();
    studio.does.finish.finish(studio.song(job));
    assertThat(studio.now(job).storedSongs()).isEmpty();
    assertThat(studio.assets.file(studio.song(job).key(Asset.METADATA))).isEmpty();
  }

  @Test
  void shouldWriteTheMetadataLastAndOnce() {
    Job job = collected();
    Song song = settled(job, STORED);
    studio.does.finish.finish(song);
    Song finished = studio.song(job);
    assertThat(finished.asset(Asset.METADATA).orElseThrow().file())
        .isEqualTo(studio.assets.file(song.key(Asset.METADATA)))
        .isPresent();
    assertThat(studio.now(job).storedSongs()).containsExactly(1);

    studio.does.finish.finish(finished);
    assertThat(studio.song(job)).isEqualTo(finished);
  }

  @Test
  void shouldGoOnWhereAnotherTookTheSameStep() {
    // Two messages settle the last two assets at once and both come here.
    Job job = collected();
    Song song = settled(job, STORED);
    studio.does.finish.finish(song);
    Job ready = studio.now(job);
    studio.does.finish.finish(song);
    assertThat(studio.now(job)).isEqualTo(ready);
    assertThat(ready.status()).isEqualTo(Status.READY);
  }

  @Test
  void shouldWriteTheMetadataOfAFailedSongAndLeaveItOpen() {
    Job job = collected();
    Song song = settled(job, FAILED);
    studio.does.finish.finish(song);
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason()).contains(Reasons.assetFailed("song.mp3", "HTTP 404"));
    assertThat(studio.assets.file(song.key(Asset.METADATA))).isPresent();
    assertThat(studio.song(job).asset(Asset.METADATA).orElseThrow().isSettled()).isFalse();
  }

  @Test
  void shouldNotWakeAJobThatWasCancelled() {
    Job job = collected();
    Song song = settled(job, STORED);
    studio.does.cancel.cancel(job.id());
    studio.does.finish.finish(song);
    assertThat(studio.now(job).status()).isEqualTo(Status.CANCELLED);
    assertThat(studio.now(job).storedSongs()).isEmpty();
  }

  @Test
  void shouldHaveTheLastSongAndTheEndToldByOneMessage() {
    Job job = collected();
    studio.does.finish.finish(settled(job, STORED));
    assertThat(studio.now(job).untold())
        .extracting(JobEvent::type)
        .containsExactly(EventType.SONG_STORED, EventType.JOB_READY);
    assertThat(studio.queues.messages())
        .containsExactly(
            new InMemoryQueues.NotificationDue(
                new NotificationTask.Announce(job.id()), Duration.ZERO));
  }

  @Test
  void shouldHaveASongToldByItselfWhereAnotherIsAwaited() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1", "p2");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    studio.does.collect.read(job, "p1");
    studio.queues.take();
    studio.does.finish.finish(settled(job, STORED));
    assertThat(studio.queues.messages())
        .containsExactly(
            new InMemoryQueues.NotificationDue(
                new NotificationTask.Announce(job.id()), Duration.ofSeconds(1)));
  }

  private Job collected() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    studio.does.collect.read(job, "p1");
    studio.queues.take();
    return job;
  }

  private Song settled(Job job, Asset.State state) {
    return studio
        .songs
        .apply(studio.song(job).id(), new SongChange.Settled("song.mp3", state), Studio.START)
        .orElseThrow();
  }
}
