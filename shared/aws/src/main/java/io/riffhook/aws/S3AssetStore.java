package io.riffhook.aws;

import io.riffhook.domain.AssetKey;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.BadContentException;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.Opened;
import io.riffhook.domain.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Assets in an S3 bucket. Safe for use by several threads.
 *
 * <p>A body is read part by part, and each part is sent while the next ones are read. There are so
 * many buffers for parts, for all writes together: whatever the length of files and however many
 * there are at once, they hold no more memory, and S3 gives the pace where it is the slower side.
 * The first bytes are looked at before anything is sent, for the object's content type is what the
 * bytes show and not what a server said. An object appears with its last byte or not at all, and
 * never in place of another: S3 is told so in the request that makes it.
 */
public final class S3AssetStore implements AssetStore {
  /** Of 10,000 parts that an upload may have, that makes 80 GB: more than any song. */
  static final int PART = 8 * 1024 * 1024;

  private static final int PRECONDITION_FAILED = 412;
  private static final String SHA256 = "sha256";

  private final S3Client client;
  private final S3Presigner presigner;
  private final String bucket;
  private final PartBuffers buffers = PartBuffers.ofThisProcess(PART);

  public S3AssetStore(S3Client client, S3Presigner presigner, String bucket) {
    this.client = client;
    this.presigner = presigner;
    this.bucket = bucket;
  }

  @Override
  public StoredFile write(AssetKey key, Opened.Body body, ContentType.Expected expected)
      throws BadContentException {
    PartReader reader = new PartReader(body, buffers);
    try (Part first = reader.next()) {
      String type = ContentCheck.check(first.head(ContentCheck.HEAD), expected).mediaType();
      if (reader.hasNext()) {
        S3Upload.begin(client, bucket, key.toString(), type).finish(first, reader);
        return new StoredFile(type, reader.total(), reader.sha256());
      }
      StoredFile file = new StoredFile(type, reader.total(), reader.sha256());
      put(key, file, first);
      return file;
    } catch (S3Exception e) {
      if (e.statusCode() != PRECONDITION_FAILED) {
        throw e;
      }
      return readBack(key, expected);
    } catch (SdkClientException e) {
      // A server may refuse before it has read the body, and close: then writing it fails first.
      if (!isThere(key, e)) {
        throw e;
      }
      return readBack(key, expected);
    }
  }

  /**
   * Returns whether the object is there, as far as S3 says. A function that may not list the bucket
   * gets 403 in place of 404, so any failure means no, and is added to the one that is being
   * handled.
   */
  private boolean isThere(AssetKey key, SdkClientException handled) {
    try {
      client.headObject(head -> head.bucket(bucket).key(key.toString()));
      return true;
    } catch (NoSuchKeyException _) {
      return false;
    } catch (SdkException e) {
      handled.addSuppressed(e);
      return false;
    }
  }

  @Override
  public StoredFile write(AssetKey key, byte[] document, String contentType) {
    StoredFile file = new StoredFile(contentType, document.length, Sha256.hex(document));
    client.putObject(
        put ->
            put.bucket(bucket)
                .key(key.toString())
                .contentType(contentType)
                .metadata(Map.of(SHA256, file.sha256())),
        RequestBody.fromBytes(document));
    return file;
  }

  @Override
  public InputStream read(AssetKey key) {
    return client.getObject(get -> get.bucket(bucket).key(key.toString()));
  }

  @Override
  public URI link(AssetKey key, Duration life) {
    String name = key.name().substring(key.name().lastIndexOf('/') + 1);
    return URI.create(
        presigner
            .presignGetObject(
                presign ->
                    presign
                        .signatureDuration(life)
                        .getObjectRequest(
                            get ->
                                get.bucket(bucket)
                                    .key(key.toString())
                                    .responseContentDisposition(
                                        "attachment; filename=\"" + name + "\"")))
            .url()
            .toString());
  }

  private void put(AssetKey key, StoredFile file, Part part) {
    client.putObject(
        put ->
            put.bucket(bucket)
                .key(key.toString())
                .contentType(file.contentType())
                .ifNoneMatch(S3Upload.NEW_ONLY)
                .checksumCRC32(part.crc32())
                .metadata(Map.of(SHA256, file.sha256())),
        part.body());
  }

  /** What the object is that was there before: by its own bytes, for nothing else is sure. */
  private StoredFile readBack(AssetKey key, ContentType.Expected expected)
      throws BadContentException {
    ResponseInputStream<GetObjectResponse> object =
        client.getObject(get -> get.bucket(bucket).key(key.toString()));
    try {
      PartReader reader =
          new PartReader(
              new Opened.Body(object, OptionalLong.of(object.response().contentLength())), buffers);
      ContentType type;
      try (Part first = reader.next()) {
        type = ContentCheck.check(first.head(ContentCheck.HEAD), expected);
      }
      while (reader.hasNext()) {
        reader.next().close();
      }
      return new StoredFile(type.mediaType(), reader.total(), reader.sha256());
    } catch (BadContentException e) {
      if (e.getCause() instanceof IOException failed) {
        // It was S3 that broke off, not the body that was to be stored.
        throw new UncheckedIOException("cannot read back " + key, failed);
      }
      throw e;
    } finally {
      // Not close(): it would first read the rest of an object that is not wanted.
      object.abort();
    }
  }
}
