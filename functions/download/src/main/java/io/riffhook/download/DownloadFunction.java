package io.riffhook.download;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbRegistrations;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.DynamoDbUploadStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.MalformedMessageException;
import io.riffhook.aws.Messages;
import io.riffhook.aws.S3AssetStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.CollectSongs;
import io.riffhook.domain.Delays;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.FetchUpload;
import io.riffhook.domain.FinishSong;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.PrepareSource;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SongRegister;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.StoreAsset;
import io.riffhook.domain.TellingJobs;
import io.riffhook.domain.UploadStore;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.SqsFunction;
import io.riffhook.lambda.Telemetry;
import io.riffhook.net.NativeCrypto;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.providers.http.PublicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The download queue: reads how provider jobs ended, and streams assets into S3. */
public final class DownloadFunction implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadFunction.class);

  private final CollectSongs collect;
  private final StoreAsset store;
  private final PrepareSource prepare;
  private final FetchUpload fetch;
  private final SqsQueues queues;

  /** As Lambda builds it. */
  public DownloadFunction() {
    this(System.getenv());
    switch (NativeCrypto.install()) {
      case NativeCrypto.Outcome.Installed installed ->
          LOG.info("TLS and SHA-256 are by {}", installed.provider());
      case NativeCrypto.Outcome.Failed failed ->
          LOG.warn("there is no native TLS and SHA-256, downloads are slow: {}", failed.why());
    }
  }

  /** With settings of one's own, by the names of the environment variables. */
  public DownloadFunction(Map<String, String> environment) {
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
    this.collect = new CollectSongs(jobs, queues, providers, register, finish, delays, clock);
    this.store = new StoreAsset(jobs, songs, assets, queues, providers, finish, delays, clock);
    UploadStore uploads =
        new DynamoDbUploadStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE"));
    this.prepare =
        new PrepareSource(
            jobs,
            songs,
            uploads,
            new DynamoDbRegistrations(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
            assets,
            queues,
            providers,
            delays,
            clock);
    this.fetch =
        new FetchUpload(
            uploads, assets, new PublicFiles(settings.isOneMachine()), queues, delays, clock);
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
                Queues.Name.DOWNLOAD, message.receiptHandle(), message.receiveCount()));
  }

  private void take(SqsFunction.Message message) {
    DownloadTask task = task(message);
    Telemetry.about(task.subject());
    switch (task) {
      case DownloadTask.Collect each -> collect.run(each);
      case DownloadTask.Adopt each -> collect.run(each);
      case DownloadTask.Store each -> store.run(each);
      case DownloadTask.ListStems each -> store.run(each);
      case DownloadTask.Prepare each -> prepare.run(each);
      case DownloadTask.Fetch each -> fetch.run(each);
    }
  }

  private static DownloadTask task(SqsFunction.Message message) {
    try {
      return Messages.download(message.body());
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("not a download message", e);
    }
  }
}
