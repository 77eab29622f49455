package io.riffhook.aws;

import io.riffhook.domain.BadContentException;
import java.util.ArrayList;
import java.util.List;
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
   * Sends the part that the reader holds and all that follow it, and makes them the object.
   *
   * @throws BadContentException where the body is not as long as was announced
   */
  void finish(PartReader reader) throws BadContentException {
    try {
      List<CompletedPart> parts = new ArrayList<>();
      parts.add(send(reader, 1));
      while (reader.hasNext()) {
        reader.next();
        parts.add(send(reader, parts.size() + 1));
      }
      complete(parts);
    } catch (BadContentException | RuntimeException | Error e) {
      abort(e);
      throw e;
    }
  }

  private CompletedPart send(PartReader reader, int number) {
    UploadPartResponse sent =
        client.uploadPart(
            part ->
                part.bucket(bucket)
                    .key(key)
                    .uploadId(id)
                    .partNumber(number)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32),
            reader.part());
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(sent.eTag())
        .checksumCRC32(sent.checksumCRC32())
        .build();
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
    try {
      client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id));
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
