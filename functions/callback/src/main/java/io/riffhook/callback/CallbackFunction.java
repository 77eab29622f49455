package io.riffhook.callback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.RehearsalServices;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.Callback;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Queues;
import io.riffhook.domain.ReceiveCallback;
import io.riffhook.domain.Settings;
import io.riffhook.domain.TellingJobs;
import io.riffhook.lambda.HttpFunction;
import io.riffhook.lambda.Rehearsal;
import io.riffhook.lambda.Snapshot;
import io.riffhook.providers.ConfiguredProviders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST /callbacks/{provider}/{jobId}/{token}}. */
public final class CallbackFunction implements RequestStreamHandler {
  private final CallbackRoute route;

  @SuppressWarnings({"unused", "UnusedVariable"}) // kept for as long as this is: nobody else does
  private final Optional<Snapshot> snapshot;

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
            new DynamoDbJobStore(clients.dynamoDb(), settings.requireFixed("RIFFHOOK_TABLE")),
            queues);
    ReceiveCallback receive = new ReceiveCallback(jobs, queues, InstantSource.system());
    // Read for each call: the settings keep it for a while, and a rotated secret arrives.
    Supplier<CallbackTokens> tokens =
        () -> CallbackTokens.fromSetting(settings.require("RIFFHOOK_CALLBACK_SECRETS"));
    Providers providers = ConfiguredProviders.from(settings);
    this.route = new CallbackRoute(tokens, providers, receive);
    this.snapshot =
        Snapshot.prepare(environment, AwsClients::warmUp, () -> prime(environment, receive));
  }

  /**
   * Takes final callbacks. The real table is asked about a job that does not exist: by what follows
   * the check of the token, because secrets are not read before the snapshot. A second function
   * takes each provider's callback to its end, with services of its own.
   */
  private static void prime(Map<String, String> environment, ReceiveCallback real)
      throws Exception {
    try (RehearsalServices services = RehearsalServices.start()) {
      Map<String, String> rehearsed = services.environment(environment);
      Settings settings = new EnvironmentSettings(rehearsed);
      JobStore jobs =
          new DynamoDbJobStore(
              new AwsClients(rehearsed).dynamoDb(), settings.requireFixed("RIFFHOOK_TABLE"));
      CallbackFunction function = new CallbackFunction(rehearsed);
      CallbackTokens tokens =
          CallbackTokens.fromSetting(settings.require("RIFFHOOK_CALLBACK_SECRETS"));
      List<Snapshot.Step> steps = new ArrayList<>();
      steps.add(
          () ->
              Rehearsal.work(
                  () ->
                      real.receive(
                          new JobId(Rehearsal.NO_JOB),
                          1,
                          new Callback.Finished(Optional.of("rehearsal")))));
      for (Provider provider : ConfiguredProviders.from(settings).all()) {
        jobs.insert(Rehearsal.job(provider.capabilities()));
        steps.add(() -> call(function, provider, tokens));
      }
      Rehearsal.inTurn(steps.toArray(Snapshot.Step[]::new));
    }
  }

  private static void call(CallbackFunction function, Provider provider, CallbackTokens tokens)
      throws IOException {
    String token = tokens.token(provider.name(), new JobId(Rehearsal.NO_JOB), 1);
    Rehearsal.request(
        function,
        "POST /callbacks/{provider}/{jobId}/{token}",
        Map.of("provider", provider.name(), "jobId", Rehearsal.NO_JOB, "token", token),
        "",
        "{\"job_id\":\"rehearsal\",\"status\":\"completed\"}");
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    HttpFunction.run(in, out, context, route::answer);
  }
}
