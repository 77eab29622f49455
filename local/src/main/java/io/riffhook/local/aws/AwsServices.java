package io.riffhook.local.aws;

import io.riffhook.local.template.Bucket;
import io.riffhook.local.template.Resolver;
import io.riffhook.local.template.Template;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An AWS with everything in place that the template declares. */
public final class AwsServices implements AutoCloseable {
  private static final String ACCOUNT = "000000000000"; // as the emulators have it

  private final Aws aws;
  private final Template template;
  private final Map<String, String> names;
  private final Queues queues;
  private final S3Client s3;

  private AwsServices(
      Aws aws, Template template, Map<String, String> names, Queues queues, S3Client s3) {
    this.aws = aws;
    this.template = template;
    this.names = Map.copyOf(names);
    this.queues = queues;
    this.s3 = s3;
  }

  private record Buckets(S3Client client, Map<String, String> names) {}

  private record Queues(SqsClient client, Map<String, ProvisionedQueue> byName) {}

  /**
   * Starts and provisions each service on a thread of its own, since starting is mostly class
   * loading.
   *
   * @param visibility replaces the visibility timeout of every queue
   */
  public static AwsServices start(Aws aws, Template template, Optional<Duration> visibility)
      throws Exception {
    Provisioner provisioner = new Provisioner(template);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      // The slowest to start goes first.
      Future<Queues> queues =
          threads.submit(
              () -> {
                SqsClient client = aws.sqs();
                return new Queues(client, provisioner.queues(client, visibility));
              });
      Future<Map<String, String>> tables =
          threads.submit(
              () -> {
                try (DynamoDbClient client = aws.dynamoDb()) {
                  return provisioner.tables(client);
                }
              });
      Future<Buckets> buckets =
          threads.submit(
              () -> {
                S3Client client = aws.s3();
                Map<String, String> created = provisioner.buckets(client);
                for (Bucket bucket : template.buckets()) {
                  if (bucket.cors().isPresent()) {
                    String name = Optional.ofNullable(created.get(bucket.name())).orElseThrow();
                    aws.allow(bucket.cors().get(), name, client);
                  }
                }
                return new Buckets(client, created);
              });
      Map<String, String> names = new HashMap<>(tables.get());
      names.putAll(buckets.get().names());
      return new AwsServices(aws, template, names, queues.get(), buckets.get().client());
    } catch (ExecutionException e) {
      aws.close();
      throw new IllegalStateException("the AWS services are not ready", e.getCause());
    } catch (InterruptedException e) {
      aws.close();
      throw e;
    }
  }

  /** The variables by which an AWS SDK finds and opens these services. */
  public Map<String, String> environment() {
    return aws.environment();
  }

  public String region() {
    return aws.region();
  }

  /** The account's number. */
  public String account() {
    return ACCOUNT;
  }

  /** How long a receive may wait for a message. */
  public Duration longPoll() {
    return aws.longPoll();
  }

  public SqsClient sqs() {
    return queues.client();
  }

  public S3Client s3() {
    return s3;
  }

  /** What a bucket is called that the template calls so. */
  public String bucket(String name) {
    return Optional.ofNullable(names.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the template has no bucket " + name));
  }

  /** A queue by its name in the template. */
  public ProvisionedQueue queue(String name) {
    ProvisionedQueue queue = queues.byName().get(name);
    if (queue == null) {
      throw new IllegalArgumentException("the template has no queue " + name);
    }
    return queue;
  }

  /** The name that events are sent to, of a bus by its name in the template. */
  public String busName(String name) {
    return template.eventBuses().stream()
        .filter(bus -> bus.name().equals(name))
        .findFirst()
        .flatMap(bus -> template.resolver(pseudoParameters(), Map.of()).text(bus.busName()))
        .orElseThrow(() -> new IllegalArgumentException("the template has no event bus " + name));
  }

  private Map<String, String> pseudoParameters() {
    return Map.of(
        "AWS::Region", region(),
        "AWS::AccountId", ACCOUNT,
        "AWS::Partition", "aws",
        "AWS::URLSuffix", "amazonaws.com",
        "AWS::StackName", "local");
  }

  /**
   * Resolves what the template says to what is there. A secret has an address, but there is nothing
   * at it.
   */
  public Resolver resolver() {
    Map<String, String> references = new HashMap<>(names);
    Map<String, String> attributes = new HashMap<>();
    references.putAll(pseudoParameters());
    template.eventBuses().forEach(bus -> references.put(bus.name(), busName(bus.name())));
    queues
        .byName()
        .forEach(
            (name, queue) -> {
              references.put(name, queue.url());
              attributes.put(name + ".Arn", queue.arn());
              attributes.put(name + ".QueueName", queue.name());
            });
    template
        .resources()
        .values()
        .forEach(
            resource -> {
              if (resource.type().equals("AWS::SecretsManager::Secret")) {
                references.put(
                    resource.name(),
                    "arn:aws:secretsmanager:%s:%s:secret:%s"
                        .formatted(region(), ACCOUNT, resource.name()));
              }
            });
    return template.resolver(references, attributes);
  }

  @Override
  public void close() {
    queues.client().close();
    s3.close();
    aws.close();
  }
}
