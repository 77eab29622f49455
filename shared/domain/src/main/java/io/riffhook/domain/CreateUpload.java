package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Accepts a file that a caller gives by URL.
 *
 * <p>The message is sent before the upload is written, so every upload has one: nothing else would
 * repair a message that is missing.
 */
public final class CreateUpload {
  /** How long the message waits for the write that follows it; most writes take milliseconds. */
  private static final Duration WRITING = Duration.ofSeconds(1);

  private final UploadStore uploads;
  private final WebFiles web;
  private final Queues queues;
  private final InstantSource clock;
  private final Supplier<UploadId> ids;

  public CreateUpload(
      UploadStore uploads,
      WebFiles web,
      Queues queues,
      InstantSource clock,
      Supplier<UploadId> ids) {
    this.uploads = uploads;
    this.web = web;
    this.queues = queues;
    this.clock = clock;
    this.ids = ids;
  }

  /** What came of it. */
  public sealed interface Result {
    /** There is an upload, and its file is being fetched. */
    record Created(Upload upload) implements Result {}

    /** The URL is not one that is fetched. */
    record Refused(String why) implements Result {}
  }

  /** Enqueues the download of the file and writes the upload. */
  public Result create(Owner owner, URI url) {
    Optional<String> refusal = web.refusal(url);
    if (refusal.isPresent()) {
      return new Result.Refused(refusal.get());
    }
    Instant now = clock.instant();
    Upload upload = new Upload(ids.get(), owner, url, new Upload.Pending(), now, now);
    queues.download(List.of(new DownloadTask.Fetch(upload.id(), 1)), WRITING);
    uploads.insert(upload);
    return new Result.Created(upload);
  }
}
