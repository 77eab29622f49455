package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetKey;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.SongId;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an asset's name does to the link to it, and to the header that the link has S3 send. */
final class LinkAttackTest {
  private static final SongId SONG = new SongId(new JobId("job-1"), 1);
  private static final Owner ALICE = new Owner("alice");

  private static URI link(AssetKey key) {
    S3Clients clients =
        new S3Clients(
            Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "example"));
    return new S3AssetStore(clients.client(), clients.presigner(), "bucket")
        .link(key, Duration.ofMinutes(15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"song.mp3", "stems/lead vocals.wav", "stems/a-b_c.d.e"})
  void shouldHaveS3SendAHeaderOfOneName(String name) {
    URI link = link(new AssetKey(ALICE, SONG, name));
    String file = name.substring(name.lastIndexOf('/') + 1);
    String query = URLDecoder.decode(link.getRawQuery(), StandardCharsets.UTF_8);
    assertThat(query)
        .contains("response-content-disposition=attachment; filename=\"" + file + "\"")
        .doesNotContain("\r", "\n");
    assertThat(link.getPath()).endsWith("/alice/job-1/job-1-1/" + name);
    assertThat(link.toString()).matches("[!-~]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\".mp3",
        "a\r\nx-evil: 1.mp3",
        "a;b.mp3",
        "a\0.mp3",
        "é.mp3",
        "../a.mp3",
        "a\\b.mp3"
      })
  void shouldKnowNoAssetWhoseNameCouldEndTheHeader(String name) {
    assertThat(AssetKey.isValidName(name)).isFalse();
    assertThatThrownBy(() -> new AssetKey(ALICE, SONG, name)).hasMessage("not a name for an asset");
  }
}
