package io.riffhook.batch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbBatchStore;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbRegistrations;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.DynamoDbUploadStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.S3BatchFiles;
import io.riffhook.aws.S3Clients;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.BatchDocuments;
import io.riffhook.domain.BatchFiles;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.Delays;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Queues;
import io.riffhook.domain.RunBatch;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.Sources;
import io.riffhook.domain.StartBatch;
import io.riffhook.domain.TakeDrop;
import io.riffhook.lambda.BatchBody;
import io.riffhook.lambda.BatchJson;
import io.riffhook.lambda.Callers;
import io.riffhook.lambda.DropEvent;
import io.riffhook.lambda.Triggers;
import io.riffhook.providers.ConfiguredProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The routes of batches, their queue, and the queue of what is dropped into the inbox. */
public final class BatchFunction implements RequestStreamHandler {
  private final BatchRoutes routes;
  private final BatchMessages messages;
  private final SqsQueues queues;

  /** As Lambda builds it. */
  public BatchFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public BatchFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AwsClients clients = new AwsClients(environment);
    S3Clients s3 = new S3Clients(environment);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    String table = settings.requireFixed("RIFFHOOK_TABLE");
    this.queues = new SqsQueues(clients.sqs(), settings);
    BatchStore batches = new DynamoDbBatchStore(dynamoDb, table);
    BatchFiles files =
        new S3BatchFiles(s3.client(), s3.presigner(), settings.requireFixed("RIFFHOOK_BUCKET"));
    BatchDocuments documents = new BatchJson();
    JobStore jobs = new DynamoDbJobStore(dynamoDb, table);
    SongStore songs = new DynamoDbSongStore(dynamoDb, table);
    InstantSource clock = InstantSource.system();
    Delays delays = Delays.from(settings, new SecureRandom());
    RunBatch run = new RunBatch(batches, files, documents, jobs, songs, queues, delays, clock);
    Sources sources =
        new Sources(
            jobs,
            songs,
            new DynamoDbUploadStore(dynamoDb, table),
            new DynamoDbRegistrations(dynamoDb, table),
            clock);
    StartBatch start =
        new StartBatch(
            batches,
            files,
            documents,
            ConfiguredProviders.from(settings),
            sources,
            queues,
            run,
            delays,
            clock);
    this.routes = new BatchRoutes(new Callers(settings), start, run, batches, files);
    this.messages =
        new BatchMessages(run, new TakeDrop(files, documents, start, BatchBody::ofFile));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Triggers.run(
        in,
        out,
        context,
        routes::answer,
        messages::take,
        message -> {
          // What S3 tells of comes by another queue, and back after that one's time-out.
          if (DropEvent.read(message.body()).isEmpty()) {
            queues.comeBackSoon(Queues.Name.BATCH, message.receiptHandle(), message.receiveCount());
          }
        });
  }
}
