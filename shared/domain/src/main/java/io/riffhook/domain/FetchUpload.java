package io.riffhook.domain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings an upload into S3, verified, once. */
public final class FetchUpload {
  /** How long an upload can be, in bytes. */
  public static final long MAX_BYTES = 200L * 1024 * 1024;

  /** Longer than a function that writes an upload may take. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  private static final int MAX_ATTEMPTS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(FetchUpload.class);

  private final UploadStore uploads;
  private final AssetStore assets;
  private final WebFiles web;
  private final Queues queues;
  private final Delays delays;
  private final InstantSource clock;

  public FetchUpload(
      UploadStore uploads,
      AssetStore assets,
      WebFiles web,
      Queues queues,
      Delays delays,
      InstantSource clock) {
    this.uploads = uploads;
    this.assets = assets;
    this.web = web;
    this.queues = queues;
    this.delays = delays;
    this.clock = clock;
  }

  /** Fetches the upload, unless it is settled already. */
  public void run(DownloadTask.Fetch task) {
    Optional<Upload> found = uploads.find(task.upload());
    if (found.isEmpty() && task.attempt() == 1) {
      LOG.info("upload {} is not written yet", task.upload());
      queues.download(List.of(task.next()), WRITING);
      return;
    }
    Optional<Upload> pending = found.filter(each -> each.state() instanceof Upload.Pending);
    if (pending.isEmpty()) {
      LOG.info("nothing to fetch: upload {} is settled, or was never written", task.upload());
      return;
    }
    Upload upload = pending.get();
    switch (web.open(upload.url())) {
      case Opened.Gone gone -> failed(upload, gone.detail());
      case Opened.NotNow later -> again(upload, task, later);
      case Opened.Making _ -> again(upload, task, new Opened.NotNow("it is being made"));
      case Opened.Body body -> store(upload, task, body);
    }
  }

  private void store(Upload upload, DownloadTask.Fetch task, Opened.Body body) {
    if (body.length().orElse(0) > MAX_BYTES) {
      closed(body);
      failed(upload, tooLong());
      return;
    }
    Limited limited = new Limited(body.bytes());
    try (body) {
      StoredFile file =
          assets.write(
              upload.key(), new Opened.Body(limited, body.length()), ContentType.Expected.MEDIA);
      LOG.info(
          "upload {} is stored, {} bytes of {}", upload.id(), file.bytes(), file.contentType());
      uploads.settle(upload.id(), new Upload.Stored(file), clock.instant());
    } catch (BadContentException | IOException e) {
      if (limited.exceeded) {
        failed(upload, tooLong());
      } else {
        again(upload, task, new Opened.NotNow(String.valueOf(e.getMessage())));
      }
    }
  }

  private static void closed(Opened.Body body) {
    try {
      body.close();
    } catch (IOException e) {
      LOG.debug("closing a body that is not wanted failed", e);
    }
  }

  private static String tooLong() {
    return "it is longer than " + MAX_BYTES + " bytes";
  }

  private void again(Upload upload, DownloadTask.Fetch task, Opened.NotNow why) {
    if (task.attempt() < MAX_ATTEMPTS) {
      LOG.warn("upload {} failed, trying again: {}", upload.id(), why.detail());
      queues.download(List.of(task.next()), delays.asset(task.attempt(), why.retryAfter()));
    } else {
      failed(upload, why.detail());
    }
  }

  private void failed(Upload upload, String why) {
    LOG.warn("upload {} is given up: {}", upload.id(), why);
    uploads.settle(upload.id(), new Upload.Failed(Reasons.uploadFailed(why)), clock.instant());
  }

  /** Ends with an error where a file is longer than is allowed, whatever its server said. */
  private static final class Limited extends FilterInputStream {
    private long left = MAX_BYTES;
    private boolean exceeded;

    private Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      left -= Math.max(count, 0);
      if (left < 0) {
        exceeded = true;
        throw new IOException(tooLong());
      }
      return count;
    }
  }
}
