package io.riffhook.simulator.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposerTest {

  @ParameterizedTest
  @CsvSource({
    "jazzy k-pop song about a distant lover, 'jazz-pop, electric piano, walking bass'",
    "fast techno, 'techno, bright synth, pulsing synth bass'",
    "sad slow folk ballad, 'folk, acoustic guitar, soft bass'",
    "punk rock, 'rock, overdriven guitar, driving bass'"
  })
  void shouldFollowTheWordsOfThePrompt(String prompt, String sound) {
    assertThat(compose(prompt).sound()).startsWith(sound);
  }

  @Test
  void shouldTakeTheTempoAskedFor() {
    assertThat(compose("rock at 93 bpm").style().tempo().bpm()).isEqualTo(93);
    assertThat(compose("slow techno").style().tempo().bpm())
        .isLessThan(compose("fast techno").style().tempo().bpm());
  }

  @Test
  void shouldPlaySadSongsInMinorAndHappyOnesInMajor() {
    assertThat(compose("sad rock").sound()).contains("minor");
    assertThat(compose("happy rock").sound()).contains("major");
  }

  @Test
  void shouldSingWhatTheLyricsSay() {
    Song song = compose("song about a paper boat");

    assertThat(song.lyrics()).contains("[Verse]", "[Chorus]");
    assertThat(String.join(" ", song.words().stream().map(TimedWord::text).toList()))
        .isEqualTo(song.lyrics().replaceAll("\\[\\w+]", "").strip().replaceAll("\\s+", " "));
  }

  @Test
  void shouldTimeWordsInOrderWithinTheSong() {
    Song song = compose("song about a paper boat");

    double before = 0;
    for (TimedWord word : song.words()) {
      assertThat(word.start()).isGreaterThanOrEqualTo(before);
      assertThat(word.end()).isGreaterThan(word.start()).isLessThan(song.seconds());
      before = word.start();
    }
  }

  @Test
  void shouldCountSyllables() {
    assertThat(Syllable.of("distant")).hasSize(2);
    assertThat(Syllable.of("line")).hasSize(1);
    assertThat(Syllable.of("the")).hasSize(1);
    assertThat(Syllable.of("hmm")).hasSize(1);
  }

  private static Song compose(String prompt) {
    return Composer.compose(SongBrief.of(prompt, 0, 24));
  }
}
