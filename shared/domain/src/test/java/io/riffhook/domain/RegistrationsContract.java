package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Registrations} must do. */
public abstract class RegistrationsContract {
  private final String id = UUID.randomUUID().toString();
  private final Source song = new Source.OfSong(new SongId(new JobId(id), 1));
  private final Source upload = new Source.OfUpload(new UploadId(id));

  /** The store under test. */
  protected abstract Registrations registrations();

  @Test
  void shouldKnowNothingThatWasNotWritten() {
    assertThat(registrations().find(song, "musicapi")).isEmpty();
  }

  @Test
  void shouldFindWhatWasWrittenForAProvider() {
    registrations().put(song, "musicapi", new Registration.Usable("c-1"));
    registrations().put(upload, "musicapi", new Registration.NotYet("u-1:t-1"));
    assertThat(registrations().find(song, "musicapi")).contains(new Registration.Usable("c-1"));
    assertThat(registrations().find(upload, "musicapi"))
        .contains(new Registration.NotYet("u-1:t-1"));
    assertThat(registrations().find(song, "useapi")).isEmpty();
  }

  @Test
  void shouldWriteDownOnlyWhatTheProviderHas() {
    Reason reason = Reasons.busy("musicapi", "6 jobs");
    for (Registration none :
        List.of(
            new Registration.Lent(URI.create("https://bucket.example/a")),
            new Registration.NotNow(reason),
            new Registration.Never(reason))) {
      assertThatThrownBy(() -> registrations().put(song, "musicapi", none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the provider has no such file");
    }
    assertThat(registrations().find(song, "musicapi")).isEmpty();
  }

  @Test
  void shouldKeepTheNewest() {
    registrations().put(upload, "useapi", new Registration.NotYet("u-1"));
    Registration usable =
        new Registration.Usable("u-2", Optional.of(Instant.parse("2026-11-21T02:25:14.123Z")));
    registrations().put(upload, "useapi", usable);
    assertThat(registrations().find(upload, "useapi")).contains(usable);
  }
}
