package io.riffhook.submit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbAdmissions;
import io.riffhook.aws.DynamoDbHealthStore;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbRegistrations;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.DynamoDbUploadStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.RehearsalServices;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.CallProvider;
import io.riffhook.domain.CallbackUrls;
import io.riffhook.domain.ChooseProvider;
import io.riffhook.domain.CreateUpload;
import io.riffhook.domain.Delays;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Limits;
import io.riffhook.domain.OwnerLimits;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Queues;
import io.riffhook.domain.RunAgain;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.Sources;
import io.riffhook.domain.SubmitJob;
import io.riffhook.domain.TellingJobs;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.UploadStore;
import io.riffhook.domain.WaitForJob;
import io.riffhook.domain.WebFiles;
import io.riffhook.lambda.Callers;
import io.riffhook.lambda.Rehearsal;
import io.riffhook.lambda.Snapshot;
import io.riffhook.lambda.Triggers;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.providers.http.PublicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * {@code POST /v1/jobs}, {@code POST /v1/jobs/{id}/retry} and the submission queue.
 *
 * <p>Clients are built once for each execution environment; ids are made in each call, so that
 * environments that start from one snapshot share none.
 */
public final class SubmitFunction implements RequestStreamHandler {
  private final SubmitRoutes routes;
  private final SubmissionMessages messages;
  private final SqsQueues queues;

  @SuppressWarnings({"unused", "UnusedVariable"}) // kept for as long as this is: nobody else does
  private final Optional<Snapshot> snapshot;

  /** As Lambda builds it. */
  public SubmitFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public SubmitFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AwsClients clients = new AwsClients(environment);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    SqsClient sqs = clients.sqs();
    this.queues = new SqsQueues(sqs, settings);
    JobStore jobs =
        new TellingJobs(
            new DynamoDbJobStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")), queues);
    SongStore songs = new DynamoDbSongStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE"));
    Providers providers = ConfiguredProviders.from(settings);
    InstantSource clock = InstantSource.system();
    Delays delays = Delays.from(settings, new SecureRandom());
    CallbackUrls callbacks = CallbackUrls.from(settings);
    UploadStore uploads =
        new DynamoDbUploadStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE"));
    Sources sources =
        new Sources(
            jobs,
            songs,
            uploads,
            new DynamoDbRegistrations(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
            clock);
    ChooseProvider choose =
        new ChooseProvider(
            providers,
            sources,
            new DynamoDbHealthStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
            clock);
    OwnerLimits limits =
        new OwnerLimits(
            Limits.from(settings),
            new DynamoDbAdmissions(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
            jobs,
            clock);
    CallProvider call =
        new CallProvider(jobs, queues, providers, choose, sources, callbacks, delays, clock);
    WebFiles web = new PublicFiles(settings.isOneMachine());
    SubmitJob submit =
        new SubmitJob(
            jobs,
            queues,
            choose,
            sources,
            limits,
            call,
            callbacks,
            web,
            delays,
            clock,
            JobIds::next);
    RunAgain runAgain = new RunAgain(jobs, songs, queues, providers, limits, delays, clock);
    CreateUpload createUpload =
        new CreateUpload(uploads, web, queues, clock, () -> new UploadId(JobIds.next().value()));
    this.routes =
        new SubmitRoutes(
            new Callers(settings),
            submit,
            runAgain,
            createUpload,
            jobs,
            songs,
            new WaitForJob(jobs, clock, WaitForJob.Sleep.THREAD),
            clock);
    this.messages =
        new SubmissionMessages(
            submit,
            call,
            queues,
            new ToldRejections(new SubmissionDeadLetters(sqs, settings), queues, clock),
            delays,
            clock);
    this.snapshot =
        Snapshot.prepare(environment, AwsClients::warmUp, () -> rehearse(environment, providers));
  }

  /**
   * A job that there is not is asked to run again, which is looked up where it would be; then jobs
   * are submitted to each provider, as far as services that only answer go.
   */
  private void rehearse(Map<String, String> environment, Providers providers) throws Exception {
    try (RehearsalServices services = RehearsalServices.start()) {
      Map<String, String> rehearsed = new HashMap<>(services.environment(environment));
      rehearsed.putAll(ConfiguredProviders.allAt(services.url()));
      SubmitFunction understudy = new SubmitFunction(rehearsed);
      Rehearsal.inTurn(
          () ->
              Rehearsal.request(
                  this,
                  "POST /v1/jobs/{id}/retry",
                  Map.of("id", Rehearsal.NO_JOB),
                  Rehearsal.NOBODY,
                  ""),
          () -> submit(understudy, "\"formats\": [\"mp3\"], \"reference\": \"rehearsal\""),
          () -> {
            for (Provider provider : providers.all()) {
              String name = provider.name();
              submit(understudy, "\"provider\": \"%s\"".formatted(name));
            }
          });
    }
  }

  private static void submit(SubmitFunction function, String more) throws IOException {
    Rehearsal.request(
        function,
        "POST /v1/jobs",
        Map.of(),
        Rehearsal.NOBODY,
        "{\"operation\": \"prompt\", \"prompt\": \"rehearsal\", %s}".formatted(more));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Triggers.run(
        in,
        out,
        context,
        routes::answer,
        messages::take,
        message ->
            queues.comeBackSoon(
                Queues.Name.SUBMISSION, message.receiptHandle(), message.receiveCount()));
  }
}
