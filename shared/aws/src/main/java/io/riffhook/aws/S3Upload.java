package io.riffhook.aws;

import io.riffhook.domain.BadContentException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** One multipart upload. Until it is completed there is no object, and a failed one leaves none. */
record S3Upload(S3Client client, String bucket, String key, String id) {
  /** Only where there is no object yet. */
  static final String NEW_ONLY = "*";

  static S3Upload begin(S3Client client, String bucket, String key, String contentType) {
    String id =
        client
            .createMultipartUpload(
                create ->
                    create
                        .bucket(bucket)
                        .key(key)
                        .contentType(contentType)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32))
            .uploadId();
    return new S3Upload(client, bucket, key, id);
  }

  /**
   * Sends a part and all that follow it, each while the next is being read, and makes them the
   * object. Where anything fails, nothing is being sent any more when this ends.
   *
   * @param first is closed here
   * @throws BadContentException where the body is not as long as was announced
   */
  void finish(Part first, PartReader rest) throws BadContentException {
    try {
      complete(sent(first, rest));
    } catch (BadContentException | RuntimeException | Error e) {
      abort(e);
      throw e;
    }
  }

  private List<CompletedPart> sent(Part first, PartReader rest) throws BadContentException {
    Deque<Future<CompletedPart>> sending = new ArrayDeque<>();
    List<CompletedPart> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        sending.add(threads.submit(() -> send(first, 1)));
        while (rest.hasNext()) {
          Part part = rest.next();
          int number = sent.size() + sending.size() + 1;
          sending.add(threads.submit(() -> send(part, number)));
          // What has failed must not wait for the end of a long file.
          while (!sending.isEmpty() && sending.element().isDone()) {
            sent.add(result(sending.remove()));
          }
        }
        while (!sending.isEmpty()) {
          sent.add(result(sending.remove()));
        }
        return sent;
      } catch (BadContentException | RuntimeException | Error e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private static CompletedPart result(Future<CompletedPart> sending) {
    try {
      return sending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private CompletedPart send(Part part, int number) {
    try (part) {
      String crc32 = part.crc32();
      UploadPartResponse sent =
          client.uploadPart(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .uploadId(id)
                      .partNumber(number)
                      .checksumCRC32(crc32),
              part.body());
      return CompletedPart.builder()
          .partNumber(number)
          .eTag(sent.eTag())
          .checksumCRC32(crc32)
          .build();
    }
  }

  private void complete(List<CompletedPart> parts) {
    client.completeMultipartUpload(
        complete ->
            complete
                .bucket(bucket)
                .key(key)
                .uploadId(id)
                .ifNoneMatch(NEW_ONLY)
                .multipartUpload(upload -> upload.parts(parts)));
  }

  /** Parts of an upload that is not completed cost money until it is aborted. */
  private void abort(Throwable why) {
    // The SDK sends nothing for a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
