package io.riffhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What all {@link BatchFiles} must do. */
public abstract class BatchFilesContract {
  private final String key =
      "inbox/alice/" + UUID.randomUUID() + "/songs of M\u00e4rz + more.jsonl";

  /** The files under test. */
  protected abstract BatchFiles files();

  /** What the content of a written file is called. */
  protected abstract String etag(String key);

  @Test
  void shouldReadWhatWasWrittenLast() {
    files().write(key, "{\"prompt\":\"rain\"}\n".getBytes(UTF_8));
    files().write(key, "{\"prompt\":\"snow\"}\n".getBytes(UTF_8));
    assertThat(files().read(key)).asString(UTF_8).isEqualTo("{\"prompt\":\"snow\"}\n");
  }

  @Test
  void shouldReadADropAsLongAsItIsTheSame() {
    files().write(key, "first".getBytes(UTF_8));
    Drop drop = new Drop(key, etag(key), 5);
    assertThat(files().read(drop))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("first"));
    files().write(key, "other".getBytes(UTF_8));
    assertThat(files().read(drop)).isEmpty();
  }

  @Test
  void shouldReadNothingOfADropThatIsGone() {
    assertThat(files().read(new Drop(key, "\"abc\"", 5))).isEmpty();
  }

  @Test
  void shouldLinkToAFile() {
    assertThat(files().link(key, Duration.ofMinutes(1)).getPath()).contains("alice");
  }
}
