package io.riffhook.check;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.MalformedMessageException;
import io.riffhook.aws.Messages;
import io.riffhook.aws.S3AssetStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.CheckJob;
import io.riffhook.domain.CollectSongs;
import io.riffhook.domain.Delays;
import io.riffhook.domain.FinishSong;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SongRegister;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.TellingJobs;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.SqsFunction;
import io.riffhook.lambda.Telemetry;
import io.riffhook.providers.ConfiguredProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The check queue: the delayed message that every unfinished job has. */
public final class CheckFunction implements RequestStreamHandler {
  private final CheckJob check;
  private final SqsQueues queues;

  /** As Lambda builds it. */
  public CheckFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public CheckFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AwsClients clients = new AwsClients(environment);
    S3Clients s3 = new S3Clients(environment);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    this.queues = new SqsQueues(clients.sqs(), settings);
    JobStore jobs =
        new TellingJobs(
            new DynamoDbJobStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")), queues);
    SongStore songs = new DynamoDbSongStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE"));
    AssetStore assets =
        new S3AssetStore(s3.client(), s3.presigner(), settings.requireFixed("RIFFHOOK_BUCKET"));
    Providers providers = ConfiguredProviders.from(settings);
    InstantSource clock = InstantSource.system();
    Delays delays = Delays.from(settings, new SecureRandom());
    FinishSong finish = new FinishSong(jobs, songs, assets, JobJson::document, delays, clock);
    SongRegister register = new SongRegister(jobs, songs, assets, clock);
    CollectSongs collect =
        new CollectSongs(jobs, queues, providers, register, finish, delays, clock);
    this.check = new CheckJob(jobs, songs, queues, providers, collect, finish, delays, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    SqsFunction.run(
        in,
        out,
        context,
        this::take,
        message ->
            queues.comeBackSoon(
                Queues.Name.CHECK, message.receiptHandle(), message.receiveCount()));
  }

  private void take(SqsFunction.Message message) {
    try {
      Messages.Check due = Messages.check(message.body());
      Telemetry.about(due.job().value());
      check.check(due.job(), due.number());
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("not a check message", e);
    }
  }
}
