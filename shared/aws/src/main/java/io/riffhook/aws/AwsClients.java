package io.riffhook.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.warmup.SdkWarmUp;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * AWS clients as an environment wants them: region, endpoints and credentials by the SDK's own
 * variables, and whatever is not there by the SDK's default chain. A blank variable counts as
 * unset. Each call makes a client, which its caller keeps. S3's are made by {@link S3Clients}, so
 * that a function without S3 needs none of its classes.
 */
public final class AwsClients {
  /** A healthy endpoint in the region answers a connection in a few milliseconds. */
  static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than any healthy answer, and short enough to try again within a function's time. */
  static final Duration READ = Duration.ofSeconds(5);

  static {
    BlankVariables.hide();
  }

  private final Map<String, String> environment;

  public AwsClients(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public DynamoDbClient dynamoDb() {
    return configure(DynamoDbClient.builder(), "DYNAMODB", READ).build();
  }

  public SqsClient sqs() {
    return configure(SqsClient.builder(), "SQS", READ).build();
  }

  /**
   * Has the SDK load all that a first call of DynamoDB and SQS needs: operations against canned
   * answers, and one unsigned request without consequences.
   */
  public static void warmUp() {
    SdkWarmUp.warmUp(DynamoDbClient.class, SqsClient.class);
  }

  public SecretsManagerClient secretsManager() {
    return configure(SecretsManagerClient.builder(), "SECRETS_MANAGER", READ).build();
  }

  public SsmClient ssm() {
    return configure(SsmClient.builder(), "SSM", READ).build();
  }

  /**
   * A builder with everything that clients have in common.
   *
   * @param service the service as in the variable {@code AWS_ENDPOINT_URL_<SERVICE>}
   * @param read how long to wait for the next bytes of an answer
   */
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder, String service, Duration read) {
    region().ifPresent(builder::region);
    endpoint(service).ifPresent(builder::endpointOverride);
    credentials().ifPresent(builder::credentialsProvider);
    return builder
        .httpClient(new HttpCoreClient(CONNECT, read))
        .overrideConfiguration(
            override -> {
              override.retryStrategy(RetryMode.STANDARD);
              if (isOnLambda()) {
                // There is none; each client would look for it.
                override.defaultProfileFile(ProfileFile.aggregator().build());
              }
            });
  }

  private boolean isOnLambda() {
    return variable("AWS_LAMBDA_FUNCTION_NAME").isPresent();
  }

  Optional<Region> region() {
    // Lambda sets both, and so does SAM CLI.
    return variable("AWS_REGION").or(() -> variable("AWS_DEFAULT_REGION")).map(Region::of);
  }

  Optional<URI> endpoint(String service) {
    return Stream.of("AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL")
        .flatMap(name -> variable(name).stream())
        .findFirst()
        .map(URI::create);
  }

  Optional<AwsCredentialsProvider> credentials() {
    Optional<String> id = variable("AWS_ACCESS_KEY_ID");
    Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        StaticCredentialsProvider.create(
            variable("AWS_SESSION_TOKEN")
                .map(token -> session(id.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get()))));
  }

  private static AwsCredentials session(String id, String secret, String token) {
    return AwsSessionCredentials.create(id, secret, token);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
