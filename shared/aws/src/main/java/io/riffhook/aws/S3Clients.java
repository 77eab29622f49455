package io.riffhook.aws;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * S3 clients as an environment wants them; the part of {@link AwsClients} that needs S3's classes.
 */
public final class S3Clients {
  private static final String SERVICE = "S3";

  /**
   * Completing a large multipart upload can take S3 a while before the first byte of its answer.
   */
  private static final Duration READ = Duration.ofSeconds(30);

  private final AwsClients clients;

  public S3Clients(Map<String, String> environment) {
    clients = new AwsClients(environment);
  }

  public S3Client client() {
    return clients
        .configure(S3Client.builder(), SERVICE, READ)
        .forcePathStyle(hasOwnEndpoint())
        .build();
  }

  public S3Presigner presigner() {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(hasOwnEndpoint()).build());
    clients.region().ifPresent(builder::region);
    clients.endpoint(SERVICE).ifPresent(builder::endpointOverride);
    clients.credentials().ifPresent(builder::credentialsProvider);
    return builder.build();
  }

  /** The bucket cannot be part of the host name where the host is not S3's own. */
  private boolean hasOwnEndpoint() {
    return clients.endpoint(SERVICE).isPresent();
  }
}
