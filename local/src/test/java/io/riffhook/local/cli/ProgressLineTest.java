package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {

  @Test
  void shouldSayWhyAJobWaits() {
    JobView job = Jobs.job("QUEUED", ", 'reason': {'code': 'provider-busy', 'detail': 'busy: 3'}");

    assertThat(ProgressLine.plain(job)).isEqualTo("QUEUED      busy: 3");
  }

  @Test
  void shouldSayWhatIsKnownOfEachState() {
    assertThat(ProgressLine.plain(Jobs.job("QUEUED", "")))
        .isEqualTo("QUEUED      waiting for useapi");
    assertThat(ProgressLine.plain(Jobs.job("SUBMITTED", "")))
        .isEqualTo("SUBMITTED   useapi has taken it");
    assertThat(ProgressLine.plain(Jobs.job("GENERATING", ""))).isEqualTo("GENERATING  being made");
    assertThat(ProgressLine.plain(Jobs.job("STORING", "")))
        .isEqualTo("STORING     reading what was made");
    assertThat(ProgressLine.plain(Jobs.job("READY", Jobs.songs(2, 1))))
        .isEqualTo("READY       Paper Boats");
    assertThat(ProgressLine.plain(Jobs.job("CANCELLED", ""))).isEqualTo("CANCELLED");
  }

  @Test
  void shouldDrawTheShareThatIsMadeOrStored() {
    assertThat(ProgressLine.live(Jobs.job("GENERATING", ", 'progress': 40"), 80))
        .isEqualTo("GENERATING  [############------------------]  40 % made");
    assertThat(ProgressLine.live(Jobs.job("STORING", Jobs.songs(1, 2)), 80))
        .isEqualTo("STORING     [##########--------------------]  1 of 3 files stored");
  }

  @Test
  void shouldDrawNoMoreThanAllOfIt() {
    assertThat(ProgressLine.live(Jobs.job("GENERATING", ", 'progress': 250"), 80))
        .contains("[##############################]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12, 20, 38, 40, 50, 80, 120})
  void shouldNeverWrap(int columns) {
    // A line that wraps cannot be written over.
    JobView waiting =
        Jobs.job("QUEUED", ", 'reason': {'code': 'x', 'detail': '" + "long ".repeat(40) + "'}");

    assertThat(ProgressLine.live(waiting, columns))
        .hasSizeLessThanOrEqualTo(Math.max(1, columns - 1));
    assertThat(ProgressLine.live(Jobs.job("GENERATING", ", 'progress': 100"), columns))
        .hasSizeLessThanOrEqualTo(Math.max(1, columns - 1));
  }
}
