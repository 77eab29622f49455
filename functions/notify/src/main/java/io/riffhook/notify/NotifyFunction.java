package io.riffhook.notify;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbDeliveryStore;
import io.riffhook.aws.DynamoDbEndpointStore;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.MalformedMessageException;
import io.riffhook.aws.Messages;
import io.riffhook.aws.S3AssetStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.Delays;
import io.riffhook.domain.DeliverNotification;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.EndpointStore;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Notification;
import io.riffhook.domain.NotificationDocument;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.TellOwner;
import io.riffhook.domain.WebhookSecret;
import io.riffhook.lambda.NotificationBody;
import io.riffhook.lambda.SqsFunction;
import io.riffhook.lambda.Telemetry;
import io.riffhook.providers.http.WebhookCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The notification queue: what owners are told, on the bus and at their endpoints. */
public final class NotifyFunction implements RequestStreamHandler {
  private final TellOwner tell;
  private final DeliverNotification deliver;
  private final SqsQueues queues;

  /** As Lambda builds it. */
  public NotifyFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public NotifyFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AwsClients clients = new AwsClients(environment);
    S3Clients s3 = new S3Clients(environment);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    String table = settings.requireFixed("RIFFHOOK_TABLE");
    this.queues = new SqsQueues(clients.sqs(), settings);
    JobStore jobs = new DynamoDbJobStore(dynamoDb, table);
    SongStore songs = new DynamoDbSongStore(dynamoDb, table);
    EndpointStore endpoints = new DynamoDbEndpointStore(dynamoDb, table);
    DeliveryStore deliveries = new DynamoDbDeliveryStore(dynamoDb, table);
    NotificationDocument document =
        new NotificationBody(
            new S3AssetStore(
                s3.client(), s3.presigner(), settings.requireFixed("RIFFHOOK_BUCKET")));
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    this.tell =
        new TellOwner(
            jobs,
            songs,
            endpoints,
            deliveries,
            queues,
            document,
            clock,
            () -> WebhookSecret.generate(random));
    this.deliver =
        new DeliverNotification(
            jobs,
            songs,
            endpoints,
            deliveries,
            queues,
            new WebhookCalls(settings.isOneMachine(), new StandardSigner(), clock),
            document,
            Delays.from(settings, random),
            clock);
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
                Queues.Name.NOTIFICATION, message.receiptHandle(), message.receiveCount()));
  }

  private void take(SqsFunction.Message message) {
    switch (task(message)) {
      case NotificationTask.Announce announce -> {
        Telemetry.about(announce.job().value());
        tell.announce(announce.job());
      }
      case NotificationTask.Progress progress -> {
        Telemetry.about(progress.job().value());
        tell.progress(progress.job());
      }
      case NotificationTask.Tell each -> {
        about(each.notification());
        tell.tell(each.notification());
      }
      case NotificationTask.Deliver each -> {
        about(each.notification());
        deliver.deliver(each);
      }
    }
  }

  private static void about(Notification notification) {
    if (notification.subject() instanceof Notification.Subject.OfJob of) {
      Telemetry.about(of.job().value());
    }
  }

  private static NotificationTask task(SqsFunction.Message message) {
    try {
      return Messages.notification(message.body());
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("not a notification message", e);
    }
  }
}
