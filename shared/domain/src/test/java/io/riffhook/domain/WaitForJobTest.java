package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitForJobTest {
  private static final Instant END = Studio.START.plusSeconds(25);

  private final Studio studio = new Studio();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void shouldAnswerWhenTheJobEnds() {
    Job job = studio.submitted(Studio.request(), "p1");
    WaitForJob wait =
        waiting(
            () -> {
              if (pauses.size() == 3) {
                studio.does.cancel.cancel(job.id());
              }
            });
    assertThat(wait.until(job, END).status()).isEqualTo(Status.CANCELLED);
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(500), Duration.ofMillis(750), Duration.ofMillis(1_125));
  }

  @Test
  void shouldAnswerInTimeWhereItDoesNot() {
    Job job = studio.submitted(Studio.request(), "p1");
    assertThat(waiting(() -> {}).until(job, END)).isEqualTo(job);
    assertThat(studio.clock.instant()).isEqualTo(END);
    assertThat(pauses)
        .as("reads in 25 seconds")
        .hasSizeLessThan(17)
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) <= 0);
  }

  @Test
  void shouldNotWaitForWhatHasEnded() {
    Job job = studio.submitted(Studio.request(), "p1");
    Job ended = studio.does.cancel.cancel(job.id()).orElseThrow();
    assertThat(waiting(() -> {}).until(ended, END)).isEqualTo(ended);
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldNotWaitWithoutTime() {
    Job job = studio.submitted(Studio.request(), "p1");
    assertThat(waiting(() -> {}).until(job, Studio.START)).isEqualTo(job);
    assertThat(pauses).isEmpty();
  }

  @Test
  void shouldAnswerAtOnceWhereItIsInterrupted() {
    Job job = studio.submitted(Studio.request(), "p1");
    WaitForJob wait =
        new WaitForJob(
            studio.jobs,
            studio.clock,
            _ -> {
              throw new InterruptedException();
            });
    assertThat(wait.until(job, END)).isEqualTo(job);
    assertThat(Thread.interrupted()).isTrue();
  }

  private WaitForJob waiting(Runnable meanwhile) {
    return new WaitForJob(
        studio.jobs,
        studio.clock,
        pause -> {
          pauses.add(pause);
          studio.clock.advance(pause);
          meanwhile.run();
        });
  }
}
