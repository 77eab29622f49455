package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What an owner can see and stop")
final class OwnersTest {
  private static final Owner MALLORY = new Owner("mallory");
  private static final Page.Request FIRST = new Page.Request(10, Optional.empty());
  private static final JobStore.Filter ALL = new JobStore.Filter(List.of(), Optional.empty());

  private final Studio studio = new Studio();
  private Job job = JobCases.fresh(Studio.ALICE, Studio.START);

  @BeforeEach
  void storeASong() {
    job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("s1"))));
    studio.does.collect.read(job, "p1");
  }

  @Test
  void shouldShowAnOwnerTheirJobsAndSongs() {
    studio.download();
    var view = new ReadJobs.View(studio.now(job), List.of(studio.song(job)));
    assertThat(studio.does.read.job(Studio.ALICE, job.id())).contains(view);
    assertThat(studio.does.read.jobs(Studio.ALICE, ALL, FIRST).items()).containsExactly(view);
    assertThat(studio.does.read.song(Studio.ALICE, id())).contains(studio.song(job));
    assertThat(studio.does.read.songs(Studio.ALICE, FIRST).items())
        .containsExactly(studio.song(job));
    assertThat(studio.does.read.link(Studio.ALICE, id(), "song.mp3"))
        .contains(URI.create("memory:/alice/" + job.id() + "/" + id() + "/song.mp3"));
  }

  @Test
  void shouldShowNobodyElseAnything() {
    studio.download();
    assertThat(studio.does.read.job(MALLORY, job.id())).isEmpty();
    assertThat(studio.does.read.jobs(MALLORY, ALL, FIRST).items()).isEmpty();
    assertThat(studio.does.read.song(MALLORY, id())).isEmpty();
    assertThat(studio.does.read.songs(MALLORY, FIRST).items()).isEmpty();
    assertThat(studio.does.read.link(MALLORY, id(), "song.mp3")).isEmpty();
  }

  @Test
  void shouldLinkOnlyToWhatIsStored() {
    assertThat(studio.does.read.link(Studio.ALICE, id(), "song.mp3")).as("pending").isEmpty();
    studio.download();
    assertThat(studio.does.read.link(Studio.ALICE, id(), "song.mp3")).isPresent();
    assertThat(studio.does.read.link(Studio.ALICE, id(), "song.flac")).as("none").isEmpty();
    assertThat(studio.does.read.link(Studio.ALICE, new SongId(job.id(), 2), "song.mp3")).isEmpty();
  }

  @Test
  void shouldShowASongThatHasANumberAndIsNotWrittenYet() {
    // Between the two writes of a new song the job names one that nobody finds.
    studio.jobs.apply(job.id(), new JobChange.SongSeen("s2", 2), Studio.START);
    assertThat(studio.does.read.job(Studio.ALICE, job.id()).orElseThrow().songs()).hasSize(1);
    assertThat(studio.does.read.jobs(Studio.ALICE, ALL, FIRST).items().getFirst().songs())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void shouldStopAJobThatHasNotEnded(Status status) {
    Job each = new JobDraft(JobCases.fresh(Studio.ALICE, Studio.START), status).job();
    studio.jobs.insert(each);
    Optional<Job> cancelled = studio.does.cancel.cancel(each.id());
    assertThat(cancelled.isPresent()).isEqualTo(!status.isTerminal());
    assertThat(studio.now(each).status())
        .isEqualTo(status.isTerminal() ? status : Status.CANCELLED);
    cancelled.ifPresent(
        ended ->
            assertThat(ended.reason()).contains(new Reason("cancelled", "cancelled by the owner")));
  }

  @Test
  void shouldAskTheProviderToStop() {
    Job running = studio.submitted(Studio.request(), "p8", "p9");
    studio.does.cancel.cancel(running.id());
    assertThat(studio.provider.cancelled()).isNotEmpty().isEqualTo(running.providerJobs());

    Job queued = new JobDraft(JobCases.fresh(Studio.ALICE, Studio.START), Status.QUEUED).job();
    studio.jobs.insert(queued);
    studio.does.cancel.cancel(queued.id());
    assertThat(studio.provider.cancelled()).isEqualTo(running.providerJobs());
  }

  private SongId id() {
    return new SongId(job.id(), 1);
  }
}
