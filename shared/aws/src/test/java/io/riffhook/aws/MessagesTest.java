package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.SongId;
import io.riffhook.domain.UploadId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {
  private static final JobId JOB = new JobId("0197-x");
  private static final SongId SONG = new SongId(JOB, 2);

  static Stream<DownloadTask> tasks() {
    URI link = URI.create("https://cdn.example/a%20b?X-Amz-Signature=%2B&y=ü#z");
    return Stream.of(
        new DownloadTask.Collect(JOB, Optional.empty(), 1),
        new DownloadTask.Collect(JOB, Optional.of("job:1-user:2-me@example.com \"x\""), 3),
        new DownloadTask.Adopt(JOB, "job:1-user:2-me@example.com", 2),
        new DownloadTask.Store(SONG, "stems/lead vocals.wav", new AssetSource.Link(link), 1),
        new DownloadTask.Store(
            SONG, "cover.jpg", new AssetSource.Unreadable("its image_url cannot be read"), 1),
        new DownloadTask.Store(
            SONG,
            "song.wav",
            new AssetSource.ApiDownload("s1", Format.WAV, Optional.of("me@example.com")),
            2),
        new DownloadTask.Store(
            SONG, "song.wav", new AssetSource.ApiDownload("s1", Format.WAV, Optional.empty()), 2),
        new DownloadTask.ListStems(SONG, 4),
        new DownloadTask.Prepare(JOB, 2),
        new DownloadTask.Fetch(new UploadId("0197-u"), 3));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void shouldReadEveryDownloadAsItWasWritten(DownloadTask task) throws Exception {
    assertThat(Messages.download(Messages.download(task))).isEqualTo(task);
  }

  @Test
  void shouldReadACheckAsItWasWritten() throws Exception {
    assertThat(Messages.check(Messages.check(JOB, 5))).isEqualTo(new Messages.Check(JOB, 5));
  }

  @Test
  void shouldKnowASubmissionOfOurs() {
    assertThat(Messages.submission(JOB))
        .isEqualTo("{\"type\":\"submission\",\"jobId\":\"0197-x\"}");
    assertThat(Messages.ownSubmission(Messages.submission(JOB))).contains(JOB);
  }

  @Test
  void shouldReadAWaitingSubmissionAsItWasWritten() {
    Instant since = Instant.parse("2026-11-21T02:25:14.123Z");
    String body = Messages.waiting("{ \"owner\": \"a\",\n \"prompt\": \"“x”\" }", JOB, since);
    assertThat(body)
        .isEqualTo(
            "{\"type\":\"waiting\",\"since\":1795227914123,"
                + "\"submission\":{\"owner\":\"a\",\"prompt\":\"“x”\",\"id\":\"0197-x\"}}");
    assertThat(Messages.waiting(body))
        .contains(
            new Messages.Waiting("{\"owner\":\"a\",\"prompt\":\"“x”\",\"id\":\"0197-x\"}", since));
    assertThat(Messages.ownSubmission(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{\"owner\":\"a\",\"prompt\":\"x\"}",
        "{\"type\":\"waiting\",\"since\":1,\"submission\":\"{}\"}",
        "{\"type\":\"waiting\",\"since\":\"now\",\"submission\":{}}",
        "{\"type\":\"waiting\",\"since\":1,\"submission\":{},\"owner\":\"b\"}",
        "{\"type\":\"submission\",\"since\":1,\"submission\":{}}"
      })
  void shouldKnowWhatIsNoWaitingSubmission(String body) {
    assertThat(Messages.waiting(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "[\"secret\"]", ""})
  void shouldHaveNothingWaitButASubmission(String body) {
    assertThatThrownBy(() -> Messages.waiting(body, JOB, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessage("a submission that waits must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "null",
        "{\"owner\":\"a\",\"operation\":\"prompt\",\"prompt\":\"x\"}",
        "{\"type\":\"submission\",\"jobId\":\"a/b\"}",
        "{\"type\":\"submission\",\"jobId\":7}",
        "{\"type\":\"submission\",\"jobId\":\"a\",\"owner\":\"b\"}",
        "{\"type\":\"check\",\"jobId\":\"a\"}"
      })
  void shouldLeaveEveryOtherSubmissionToItsReader(String body) {
    assertThat(Messages.ownSubmission(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"secret\":",
        "[\"secret\"]",
        "{}",
        "{\"type\":\"secret\"}",
        "{\"type\":\"collect\",\"jobId\":\"secret!\",\"attempt\":1}",
        "{\"type\":\"collect\",\"jobId\":\"a\",\"attempt\":\"secret\"}",
        "{\"type\":\"collect\",\"jobId\":\"a\",\"attempt\":0}",
        "{\"type\":\"adopt\",\"jobId\":\"a\",\"attempt\":1}",
        "{\"type\":\"fetch\",\"uploadId\":\"secret/\",\"attempt\":1}",
        "{\"type\":\"prepare\",\"jobId\":\"a\",\"attempt\":-1}",
        "{\"type\":\"stems\",\"songId\":\"secret\",\"attempt\":1}",
        "{\"type\":\"store\",\"songId\":\"a-1\",\"name\":\"../secret\",\"link\":\"x:y\",\"attempt\":1}",
        "{\"type\":\"store\",\"songId\":\"a-1\",\"name\":\"song.mp3\",\"link\":\"se"
            + " cret\",\"attempt\":1}",
        "{\"type\":\"store\",\"songId\":\"a-1\",\"name\":\"song.mp3\",\"attempt\":1}"
      })
  void shouldRefuseWhatNobodyCanActOnWithoutQuotingIt(String body) {
    assertThatThrownBy(() -> Messages.download(body))
        .isInstanceOf(MalformedMessageException.class)
        .hasNoCause()
        .hasMessageStartingWith("a queue message cannot be understood: ")
        .message()
        .doesNotContain("secret");
    assertThatThrownBy(() -> Messages.check(body)).isInstanceOf(MalformedMessageException.class);
  }
}
