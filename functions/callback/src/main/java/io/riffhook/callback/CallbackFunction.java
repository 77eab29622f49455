package io.riffhook.callback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Queues;
import io.riffhook.domain.ReceiveCallback;
import io.riffhook.domain.Settings;
import io.riffhook.domain.TellingJobs;
import io.riffhook.lambda.HttpFunction;
import io.riffhook.providers.ConfiguredProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;

/** {@code POST /callbacks/{provider}/{jobId}/{token}}. */
public final class CallbackFunction implements RequestStreamHandler {
  private final CallbackRoute route;

  /** As Lambda builds it. */
  public CallbackFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public CallbackFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AwsClients clients = new AwsClients(environment);
    Queues queues = new SqsQueues(clients.sqs(), settings);
    JobStore jobs =
        new TellingJobs(
            new DynamoDbJobStore(clients.dynamoDb(), settings.require("RIFFHOOK_TABLE")), queues);
    ReceiveCallback receive = new ReceiveCallback(jobs, queues, InstantSource.system());
    this.route =
        new CallbackRoute(
            // Read for each call: the settings keep it for a while, and a rotated secret arrives.
            () -> CallbackTokens.fromSetting(settings.require("RIFFHOOK_CALLBACK_SECRETS")),
            ConfiguredProviders.from(settings),
            receive);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    HttpFunction.run(in, out, context, route::answer);
  }
}
