package io.riffhook.local.aws;

import io.riffhook.local.template.Cors;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3Proxy. It verifies signatures, expiry and checksums, but keeps no checksum and knows no tags or
 * lifecycle.
 */
record EmbeddedS3(S3Proxy proxy) implements EmbeddedService {

  /**
   * @param folder where objects are kept as plain files, if they are kept
   * @param cors which web pages may read objects; S3Proxy has one rule for all buckets
   */
  static EmbeddedS3 start(Optional<Path> folder, Credentials credentials, Optional<Cors> cors)
      throws Exception {
    BlobStore store =
        folder
            .<BlobStore>map(path -> new FilesystemNio2BlobStore(path.toString()))
            .orElseGet(TransientNio2BlobStore::new);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(EmbeddedService.at(0))
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4,
                credentials.accessKeyId(),
                credentials.secretAccessKey())
            .stopTimeout(0) // whoever still reads has had until now
            .corsRules(cors.map(EmbeddedS3::rule).orElseGet(CrossOriginResourceSharing::disabled))
            .ignoreUnknownHeaders(true) // the SDK sends some that S3Proxy doesn't know
            .build();
    proxy.start();
    return new EmbeddedS3(proxy);
  }

  private static CrossOriginResourceSharing rule(Cors cors) {
    return new CrossOriginResourceSharing(
        cors.origins(), cors.methods(), cors.headers(), cors.exposed(), "");
  }

  @Override
  public URI endpoint() {
    return EmbeddedService.at(proxy.getPort());
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not stop", e);
    }
  }
}
