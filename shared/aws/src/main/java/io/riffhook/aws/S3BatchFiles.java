package io.riffhook.aws;

import io.riffhook.domain.BatchFiles;
import io.riffhook.domain.Drop;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The files of batches in an S3 bucket. Safe for use by several threads. */
public final class S3BatchFiles implements BatchFiles {
  /** What JSON lines are called, though nobody has registered it. */
  private static final String JSON_LINES = "application/x-ndjson";

  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final S3Presigner presigner;
  private final String bucket;

  public S3BatchFiles(S3Client client, S3Presigner presigner, String bucket) {
    this.client = client;
    this.presigner = presigner;
    this.bucket = bucket;
  }

  @Override
  public void write(String key, byte[] lines) {
    client.putObject(
        put -> put.bucket(bucket).key(key).contentType(JSON_LINES), RequestBody.fromBytes(lines));
  }

  @Override
  public byte[] read(String key) {
    return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
  }

  @Override
  public Optional<byte[]> read(Drop drop) {
    try {
      return Optional.of(
          client
              .getObjectAsBytes(get -> get.bucket(bucket).key(drop.key()).ifMatch(etag(drop)))
              .asByteArray());
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** With the quotes that belong to it, and that S3's notifications leave out. */
  private static String etag(Drop drop) {
    return "\"" + drop.etag().replace("\"", "") + "\"";
  }

  @Override
  public URI link(String key, Duration life) {
    String name = key.substring(key.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._ -]", "_");
    return URI.create(
        presigner
            .presignGetObject(
                presign ->
                    presign
                        .signatureDuration(life)
                        .getObjectRequest(
                            get ->
                                get.bucket(bucket)
                                    .key(key)
                                    .responseContentDisposition(
                                        "attachment; filename=\"" + name + "\"")))
            .url()
            .toString());
  }
}
