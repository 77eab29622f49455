package io.riffhook.local.aws;

import io.riffhook.local.data.DataFolder;
import io.riffhook.local.template.Cors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** DynamoDB, SQS and S3 in this process, on loopback and on ports of their own choice. */
public final class EmbeddedAws implements Aws {
  private static final String REGION = "us-east-1";

  private final Optional<Path> data;
  private final Optional<Cors> cors;
  private final Credentials credentials = Credentials.generate();
  private final AwsClients clients = new AwsClients(REGION, credentials);
  private final Map<String, String> environment = new ConcurrentHashMap<>();
  private final Queue<EmbeddedService> started = new ConcurrentLinkedQueue<>();

  /**
   * One whose objects no web page may read.
   *
   * @param data the folder that keeps the data, or none to keep it in memory
   */
  public EmbeddedAws(Optional<Path> data) {
    this(data, Optional.empty());
  }

  /**
   * @param data the folder that keeps the data, or none to keep it in memory
   * @param cors which web pages may read the objects of every bucket
   */
  public EmbeddedAws(Optional<Path> data, Optional<Cors> cors) {
    this.data = data;
    this.cors = cors;
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
  }

  @Override
  public DynamoDbClient dynamoDb() throws Exception {
    return clients.dynamoDb(started("DYNAMODB", EmbeddedDynamoDb.start(folder("dynamodb"))));
  }

  @Override
  public SqsClient sqs() throws Exception {
    return clients.sqs(started("SQS", EmbeddedSqs.start(folder("sqs"), REGION)));
  }

  @Override
  public S3Client s3() throws Exception {
    return clients.s3(started("S3", EmbeddedS3.start(folder("s3"), credentials, cors)));
  }

  /** S3Proxy has no PutBucketCors; it was started with the rule. */
  @Override
  public void allow(Cors allowed, String bucket, S3Client s3) {}

  private URI started(String name, EmbeddedService service) {
    started.add(service);
    environment.put("AWS_ENDPOINT_URL_" + name, service.endpoint().toString());
    return service.endpoint();
  }

  private Optional<Path> folder(String name) throws IOException {
    return data.isEmpty() ? Optional.empty() : Optional.of(privateFolder(data.get().resolve(name)));
  }

  private static Path privateFolder(Path folder) throws IOException {
    DataFolder.createPrivate(folder);
    return folder;
  }

  @Override
  public String region() {
    return REGION;
  }

  @Override
  public Duration longPoll() {
    return Duration.ofSeconds(1); // ElasticMQ doesn't stop while a receive waits
  }

  @Override
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  @Override
  public void close() {
    for (EmbeddedService service = started.poll(); service != null; service = started.poll()) {
      service.close();
    }
  }
}
