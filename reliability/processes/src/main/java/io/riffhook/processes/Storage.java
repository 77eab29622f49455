package io.riffhook.processes;

import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.domain.Asset;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What lies in the table, the bucket and the dead-letter queues. */
final class Storage implements AutoCloseable {
  private static final List<String> QUEUES =
      List.of("RIFFHOOK_SUBMISSION_QUEUE", "RIFFHOOK_DOWNLOAD_QUEUE", "RIFFHOOK_CHECK_QUEUE");

  private final Map<String, String> environment;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final S3Client s3;
  private final JobStore jobs;
  private final SongStore songs;

  /**
   * Opens what the check function uses: it uses all.
   *
   * @param environment its environment
   */
  Storage(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    AwsClients clients = new AwsClients(environment);
    dynamoDb = clients.dynamoDb();
    sqs = clients.sqs();
    s3 = new S3Clients(environment).client();
    jobs = new DynamoDbJobStore(dynamoDb, setting("RIFFHOOK_TABLE"));
    songs = new DynamoDbSongStore(dynamoDb, setting("RIFFHOOK_TABLE"));
  }

  private String setting(String name) {
    return Optional.ofNullable(environment.get(name)).orElseThrow();
  }

  Optional<Job> job(JobId id) {
    return jobs.find(id);
  }

  /**
   * What a job that is READY lacks: each asset must be there, with the bytes and the SHA-256 that
   * are written down of it.
   */
  List<String> missing(Job job) throws IOException {
    List<String> missing = new ArrayList<>();
    List<Song> found = songs.findAll(job.songs());
    if (found.isEmpty() || found.size() != job.songs().size()) {
      missing.add("%s has %d of %d songs".formatted(job.id(), found.size(), job.songs().size()));
    }
    for (Song song : found) {
      for (Format format : job.formats()) {
        if (format != Format.STEMS && song.asset("song." + format.value()).isEmpty()) {
          missing.add("%s has no %s".formatted(song.id(), format.value()));
        }
      }
      for (Asset asset : song.assets()) {
        Optional<String> fault = fault(song, asset);
        fault
            .map(text -> "%s of %s %s".formatted(asset.name(), song.id(), text))
            .ifPresent(missing::add);
      }
    }
    return missing;
  }

  private Optional<String> fault(Song song, Asset asset) throws IOException {
    return switch (asset.state()) {
      case Asset.Stored stored -> compare(song.key(asset.name()).toString(), stored.file());
      case Asset.Missing _ when asset.kind().isOptional() -> Optional.empty();
      case Asset.Missing _, Asset.Pending _, Asset.Failed _ ->
          Optional.of("is " + asset.state().value());
    };
  }

  private Optional<String> compare(String key, StoredFile file) throws IOException {
    try (InputStream bytes = s3.getObject(o -> o.bucket(setting("RIFFHOOK_BUCKET")).key(key));
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      long length = digested.transferTo(java.io.OutputStream.nullOutputStream());
      String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
      return length == file.bytes() && sha256.equals(file.sha256())
          ? Optional.empty()
          : Optional.of("differs from what is written down");
    } catch (NoSuchKeyException _) {
      return Optional.of("is not in the bucket");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }

  /** The messages that were given up, of all queues. They stay where they are. */
  List<Message> deadLetters() {
    return QUEUES.stream().map(this::setting).flatMap(this::deadLetters).toList();
  }

  private Stream<Message> deadLetters(String queue) {
    String policy =
        sqs.getQueueAttributes(
                q -> q.queueUrl(queue).attributeNames(QueueAttributeName.REDRIVE_POLICY))
            .attributes()
            .getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
    String name = policy.replaceFirst("(?s).*\"deadLetterTargetArn\"[^\"]*\"([^\"]*)\".*", "$1");
    String url =
        sqs.getQueueUrl(q -> q.queueName(name.substring(name.lastIndexOf(':') + 1))).queueUrl();
    List<Message> found = new ArrayList<>();
    boolean more = true;
    while (more) {
      List<Message> batch =
          sqs.receiveMessage(m -> m.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(600))
              .messages();
      found.addAll(batch);
      more = !batch.isEmpty();
    }
    return found.stream();
  }

  @Override
  public void close() {
    dynamoDb.close();
    sqs.close();
    s3.close();
  }
}
