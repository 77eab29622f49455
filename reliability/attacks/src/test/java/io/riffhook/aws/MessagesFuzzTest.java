package io.riffhook.aws;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import io.riffhook.attacks.Documents;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.domain.SongId;
import io.riffhook.domain.UploadId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages and cursors that may have been made by anybody. */
final class MessagesFuzzTest {
  private static final Owner ALICE = new Owner("alice");
  private static final JobId JOB = new JobId("job-1");
  private static final SongId SONG = new SongId(JOB, 1);
  private static final List<String> SEEDS =
      List.of(
          Messages.submission(JOB),
          Messages.check(JOB, 3),
          Messages.download(new DownloadTask.Collect(JOB, Optional.of("p1"), 1)),
          Messages.download(
              new DownloadTask.Store(
                  SONG,
                  "song.mp3",
                  new AssetSource.Link(URI.create("https://files.example/a.mp3?key=1")),
                  1)),
          Messages.download(
              new DownloadTask.Store(
                  SONG,
                  "stems/drums.wav",
                  new AssetSource.ApiDownload("song-1", Format.WAV, Optional.of("account-1")),
                  1)),
          Messages.download(new DownloadTask.ListStems(SONG, 1)),
          Messages.download(new DownloadTask.Prepare(JOB, 1)),
          Messages.download(new DownloadTask.Fetch(new UploadId("upload-1"), 1)));

  static Stream<Arguments> seeds() {
    return Stream.concat(
        IntStream.range(0, SEEDS.size()).mapToObj(i -> arguments(false, new byte[] {(byte) i})),
        Stream.of(
            arguments(true, cursor("JOB|alice|2026-11-21T02:25:14.123456789Z#job-1")),
            arguments(true, cursor("SONG|alice|2026-11-21T02:25:14.123456789Z#job-1-1"))));
  }

  private static byte[] cursor(String plain) {
    return Base64.getUrlEncoder().encode(plain.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadOrRefuseAnything(boolean raw, byte @NotNull @WithLength(max = 2_000) [] bytes) {
    byte[] document = raw ? bytes : Documents.of(SEEDS, bytes);
    String body = new String(document, StandardCharsets.UTF_8);
    Messages.ownSubmission(body);
    try {
      // What was read can be written, and is then the same.
      DownloadTask task = Messages.download(body);
      if (!Messages.download(Messages.download(task)).equals(task)) {
        throw new AssertionError("read otherwise: " + task);
      }
    } catch (MalformedMessageException e) {
      told(e, body);
    }
    try {
      Messages.check(body);
    } catch (MalformedMessageException e) {
      told(e, body);
    }
    for (OwnerIndex index : OwnerIndex.values()) {
      try {
        String owner = index.startKey(ALICE, body).toString();
        if (!owner.contains("OWNER#alice#" + index.name())) {
          throw new AssertionError("another owner's page: " + owner);
        }
      } catch (Page.BadCursorException e) {
        told(e, body);
      }
    }
  }

  /** A message can hold a link that lets anybody read an asset. */
  private static void told(Exception e, String body) {
    if (e.getCause() != null || String.valueOf(e.getMessage()).length() > 120) {
      throw new AssertionError("tells of " + body, e);
    }
  }
}
