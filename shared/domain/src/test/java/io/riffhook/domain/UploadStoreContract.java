package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link UploadStore} must do. */
public abstract class UploadStoreContract {
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123Z");
  private static final Upload.State STORED =
      new Upload.Stored(new StoredFile("audio/mpeg", 4_492_800, "ab".repeat(32)));
  private static final Upload.State FAILED = new Upload.Failed(Reasons.uploadFailed("HTTP 404"));

  private final Upload upload =
      new Upload(
          new UploadId(UUID.randomUUID().toString()),
          new Owner("alice"),
          URI.create("https://files.example/a%20b.mp3?sig=1&x=%C3%BC"),
          new Upload.Pending(),
          T0,
          T0);

  /** The store under test. */
  protected abstract UploadStore store();

  @Test
  void shouldKnowNoUploadThatWasNotWritten() {
    assertThat(store().find(upload.id())).isEmpty();
  }

  @Test
  void shouldFindWhatWasWritten() {
    store().insert(upload);
    assertThat(store().find(upload.id())).contains(upload);
  }

  @Test
  void shouldNotWriteOverAnUpload() {
    store().insert(upload);
    assertThatThrownBy(() -> store().insert(upload.with(FAILED, T0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an upload with this id exists");
    assertThat(store().find(upload.id())).contains(upload);
  }

  @Test
  void shouldNotSettleAsPending() {
    store().insert(upload);
    assertThatThrownBy(() -> store().settle(upload.id(), new Upload.Pending(), T0.plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pending settles nothing");
    assertThat(store().find(upload.id())).contains(upload);
  }

  @Test
  void shouldSettleOnce() {
    store().insert(upload);
    store().settle(upload.id(), STORED, T0.plusSeconds(1));
    store().settle(upload.id(), FAILED, T0.plusSeconds(2));
    assertThat(store().find(upload.id())).contains(upload.with(STORED, T0.plusSeconds(1)));
  }

  @Test
  void shouldSettleAsFailed() {
    store().insert(upload);
    store().settle(upload.id(), FAILED, T0.plusSeconds(2));
    assertThat(store().find(upload.id())).contains(upload.with(FAILED, T0.plusSeconds(2)));
  }

  @Test
  void shouldSettleNothingThatIsNotThere() {
    store().settle(upload.id(), STORED, T0);
    assertThat(store().find(upload.id())).isEmpty();
  }
}
