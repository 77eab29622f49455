package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetKey;
import io.riffhook.domain.BadContentException;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Owner;
import io.riffhook.domain.SongId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

@Timeout(60)
class S3UploadTest {
  private static final int PART = S3AssetStore.PART;
  private static final AssetKey KEY =
      new AssetKey(new Owner("local"), new SongId(new JobId("j"), 1), "song.wav");

  /** Does something when so many bytes have been read. */
  @FunctionalInterface
  private interface At {
    void read(long position) throws IOException;
  }

  /** A WAV file of some length. */
  private static final class Music extends InputStream {
    private static final byte[] HEAD = "RIFF....WAVE".getBytes(StandardCharsets.US_ASCII);
    private final long length;
    private final At at;
    private long position;

    private Music(long length, At at) {
      this.length = length;
      this.at = at;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int size) throws IOException {
      at.read(position);
      if (position == length) {
        return -1;
      }
      int count = (int) Math.min(Math.min(size, 65_536), length - position);
      for (int i = 0; i < count && position + i < HEAD.length; i++) {
        to[offset + i] = HEAD[(int) position + i];
      }
      position += count;
      return count;
    }
  }

  private static S3AssetStore store(FakeS3 s3) {
    S3Clients clients = new S3Clients(s3.environment());
    return new S3AssetStore(clients.client(), clients.presigner(), "bucket");
  }

  private static void write(S3AssetStore store, long length, At at) throws BadContentException {
    store.write(
        KEY,
        new Opened.Body(new Music(length, at), OptionalLong.of(length)),
        ContentType.Expected.WAV);
  }

  @Test
  void shouldReadTheNextPartWhileOneIsSent() throws Exception {
    CountDownLatch secondIsRead = new CountDownLatch(1);
    try (FakeS3 s3 =
        new FakeS3(
            number -> {
              if (number == 1) {
                secondIsRead.await();
              }
              return 200;
            })) {
      write(
          store(s3),
          3L * PART,
          position -> {
            if (position > PART + PART / 2) {
              secondIsRead.countDown();
            }
          });
      assertThat(s3.log()).containsOnlyOnce("part 1", "part 2", "part 3").startsWith("begin");
      assertThat(s3.log()).endsWith("complete").doesNotContain("abort");
    }
  }

  @Test
  void shouldEndAndAbortSoonAfterAPartIsRefusedThoughThereIsMoreToRead() throws Exception {
    CompletableFuture<Void> refused = new CompletableFuture<>();
    try (FakeS3 s3 =
        new FakeS3(
            number -> {
              refused.complete(null);
              return number == 1 ? 403 : 200;
            })) {
      S3AssetStore store = store(s3);
      AtomicInteger parts = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  write(
                      store,
                      1_000L * PART,
                      position -> {
                        parts.set((int) (position / PART));
                        if (position > PART) {
                          refused.join();
                        }
                      }))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      assertThat(parts).hasValueLessThan(100);
      assertThat(s3.log()).endsWith("abort").doesNotContain("complete");
    }
  }

  @Test
  void shouldLetNothingInTheAirWhenTheBodyBreaksOff() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (FakeS3 s3 =
        new FakeS3(
            number -> {
              sent.countDown();
              never.await();
              return 200;
            })) {
      S3AssetStore store = store(s3);
      assertThatThrownBy(
              () ->
                  write(
                      store,
                      3L * PART,
                      position -> {
                        if (position > PART) {
                          awaited(sent);
                          throw new IOException("cut");
                        }
                      }))
          .isInstanceOf(BadContentException.class)
          .hasMessageContaining("ended after")
          .hasRootCauseMessage("cut");
      assertThat(s3.log()).as("the part is not waited for").containsExactly("begin", "abort");
    }
  }

  @Test
  void shouldAbortWhenItsThreadIsInterruptedWhileItWaitsForS3() throws Exception {
    CountDownLatch sent = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    try (FakeS3 s3 =
        new FakeS3(
            number -> {
              sent.countDown();
              never.await();
              return 200;
            })) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      write(store(s3), 2L * PART, _ -> {});
                    } catch (Throwable e) {
                      interrupted.complete(Thread.currentThread().isInterrupted());
                      thrown.complete(e);
                    }
                  });
      sent.await();
      writer.interrupt();
      assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(UncheckedIOException.class);
      assertThat(interrupted.get()).isTrue();
      assertThat(s3.log()).containsExactly("begin", "abort");
    }
  }

  /** S3 answers 403 about a missing object to a function that may not list the bucket. */
  @Test
  void shouldReportWhyAWriteFailedThoughS3DoesNotSayWhetherTheObjectIsThere() throws Exception {
    try (FakeS3 s3 = new FakeS3(_ -> 200, 403)) {
      S3AssetStore store = store(s3);
      assertThatThrownBy(() -> write(store, 1_000, _ -> {}))
          .isInstanceOf(SdkClientException.class)
          .satisfies(
              failure ->
                  assertThat(failure.getSuppressed())
                      .hasAtLeastOneElementOfType(S3Exception.class));
      assertThat(s3.log()).containsOnly("put");
    }
  }

  @Test
  void shouldHaveAllItsMemoryAgainAfterManyFailures() throws Exception {
    try (FakeS3 s3 = new FakeS3(number -> number == 2 ? 403 : 200)) {
      S3AssetStore store = store(s3);
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> write(store, 2L * PART, _ -> {})).isInstanceOf(S3Exception.class);
        assertThatThrownBy(
                () ->
                    write(
                        store,
                        2L * PART,
                        position -> {
                          if (position > PART) {
                            throw new IOException("cut");
                          }
                        }))
            .isInstanceOf(BadContentException.class);
        assertThatThrownBy(
                () ->
                    store.write(
                        KEY,
                        new Opened.Body(new Music(2L * PART, _ -> {}), OptionalLong.empty()),
                        ContentType.Expected.IMAGE))
            .isInstanceOf(BadContentException.class);
      }
    }
  }

  @Test
  void shouldWriteMoreFilesAtOnceThanThereAreBuffers() throws Exception {
    try (FakeS3 s3 = new FakeS3(_ -> 200);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      S3AssetStore store = store(s3);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(
            threads.submit(
                () -> {
                  write(store, 2L * PART + 1, _ -> {});
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(s3.log().stream().filter("complete"::equals)).hasSize(20);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
