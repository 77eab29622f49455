package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Ids, names and keys")
final class IdsTest {
  private static final SongId SONG = new SongId(new JobId("job-1"), 2);

  @ParameterizedTest
  @ValueSource(strings = {"a", "0197a8b2-0000-7000-8000-000000000000", "_-_", "-"})
  void shouldTakeAJobId(String id) {
    assertThat(new JobId(id)).hasToString(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "..", "a#b", "ä", "a\n", "a\0b"})
  void shouldRefuseWhatIsNoJobId(String id) {
    assertThat(JobId.isValid(id)).isFalse();
    assertThatThrownBy(() -> new JobId(id))
        .hasMessage("job id must be 1 to 64 characters of A-Z a-z 0-9 _ -");
  }

  @Test
  void shouldLimitLengths() {
    assertThat(JobId.isValid("x".repeat(64))).isTrue();
    assertThat(JobId.isValid("x".repeat(65))).isFalse();
    assertThat(Owner.isValid("x".repeat(64))).isTrue();
    assertThat(Owner.isValid("x".repeat(65))).isFalse();
    assertThat(Owner.isValid("inbox")).as("a folder of the bucket").isFalse();
    assertThat(Owner.isValid("outbox")).as("a folder of the bucket").isFalse();
    assertThat(AssetKey.isValidName("x".repeat(100))).isTrue();
    assertThat(AssetKey.isValidName("x".repeat(101))).isFalse();
    assertThat(AssetKey.isValidName("stems/" + "x".repeat(101))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "_a", "a/b", "a b", "ä", "a\n"})
  void shouldRefuseWhatIsNoOwner(String name) {
    // An owner is the first part of their S3 keys.
    assertThatThrownBy(() -> new Owner(name)).hasMessage("owner must be " + Owner.RULE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"job-1-2", "a-1", "--1", "0197a8b2-0000-7000-8000-000000000000-9999"})
  void shouldReadASongIdAsItWasWritten(String text) {
    assertThat(SongId.parse(text)).hasValueSatisfying(id -> assertThat(id).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "1", "-1", "a-", "a-0", "a-01", "a-x", "a-+1", "a-١", "a-99999", "a b-1", "a-1 "
      })
  void shouldRefuseWhatIsNoSongId(String text) {
    assertThat(SongId.parse(text)).isEmpty();
  }

  @Test
  void shouldRefuseASongWithoutANumber() {
    assertThatThrownBy(() -> new SongId(new JobId("a"), 0))
        .hasMessage("song number must be 1 or more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"song.mp3", "stems/drums.wav", "stems/lead vocals.wav", "a-b_c.d.e"})
  void shouldPlaceAnAssetBelowItsOwner(String name) {
    assertThat(new AssetKey(Studio.ALICE, SONG, name)).hasToString("alice/job-1/job-1-2/" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/../b",
        "a//b",
        "/a",
        "a/",
        "a/b/c",
        "a\\b",
        "a/.b",
        "ä",
        "a\nb",
        "a?b",
        "%2e%2e/x"
      })
  void shouldNotLetAnAssetOutOfItsPlace(String name) {
    assertThat(AssetKey.isValidName(name)).isFalse();
    assertThatThrownBy(() -> new AssetKey(Studio.ALICE, SONG, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a name for an asset");
  }
}
