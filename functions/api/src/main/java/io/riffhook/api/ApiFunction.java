package io.riffhook.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.AwsHealth;
import io.riffhook.aws.DynamoDbDeliveryStore;
import io.riffhook.aws.DynamoDbEndpointStore;
import io.riffhook.aws.DynamoDbHealthStore;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.aws.DynamoDbUploadStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.RehearsalServices;
import io.riffhook.aws.S3AssetStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.CancelJob;
import io.riffhook.domain.Endpoints;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Queues;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.Settings;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.TellingJobs;
import io.riffhook.domain.WaitForJob;
import io.riffhook.lambda.Callers;
import io.riffhook.lambda.HttpFunction;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.Rehearsal;
import io.riffhook.lambda.Snapshot;
import io.riffhook.providers.ConfiguredProviders;
import io.riffhook.providers.http.PublicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Everything that callers read, cancelling, and endpoints. */
public final class ApiFunction implements RequestStreamHandler {
  private final Callers callers;
  private final JobRoutes jobRoutes;
  private final SongRoutes songRoutes;
  private final UploadRoutes uploadRoutes;
  private final ProviderRoutes providerRoutes;
  private final EndpointRoutes endpointRoutes;
  private final StatusRoutes statusRoutes;

  @SuppressWarnings({"unused", "UnusedVariable"}) // kept for as long as this is: nobody else does
  private final Optional<Snapshot> snapshot;

  /** As Lambda builds it. */
  public ApiFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public ApiFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AwsClients clients = new AwsClients(environment);
    S3Clients s3Clients = new S3Clients(environment);
    DynamoDbClient dynamoDb = clients.dynamoDb();
    SqsClient sqs = clients.sqs();
    S3Client s3 = s3Clients.client();
    Queues queues = new SqsQueues(sqs, settings);
    JobStore jobs =
        new TellingJobs(
            new DynamoDbJobStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")), queues);
    SongStore songs = new DynamoDbSongStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE"));
    ReadJobs read =
        new ReadJobs(
            jobs,
            songs,
            new S3AssetStore(s3, s3Clients.presigner(), settings.requireFixed("RIFFHOOK_BUCKET")));
    this.callers = new Callers(settings);
    InstantSource clock = InstantSource.system();
    Providers providers = ConfiguredProviders.from(settings);
    this.jobRoutes =
        new JobRoutes(
            read,
            new CancelJob(jobs, providers, clock),
            new WaitForJob(jobs, clock, WaitForJob.Sleep.THREAD),
            clock);
    this.songRoutes = new SongRoutes(read);
    this.uploadRoutes =
        new UploadRoutes(
            new DynamoDbUploadStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")));
    this.providerRoutes =
        new ProviderRoutes(
            providers,
            settings,
            new DynamoDbHealthStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
            clock);
    this.endpointRoutes =
        new EndpointRoutes(
            new Endpoints(
                new DynamoDbEndpointStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
                new DynamoDbDeliveryStore(dynamoDb, settings.requireFixed("RIFFHOOK_TABLE")),
                queues,
                new PublicFiles(settings.isOneMachine())::refusal,
                new SecureRandom(),
                clock));
    this.statusRoutes = new StatusRoutes(new AwsHealth(dynamoDb, sqs, s3, settings));
    this.snapshot = Snapshot.prepare(environment, AwsClients::warmUp, () -> rehearse(environment));
  }

  /** Reads what is not there, and then a job where services that only answer have one. */
  private void rehearse(Map<String, String> environment) throws Exception {
    try (RehearsalServices services = RehearsalServices.start()) {
      Map<String, String> rehearsed = services.environment(environment);
      Settings settings = new EnvironmentSettings(rehearsed);
      JobStore jobs =
          new DynamoDbJobStore(
              new AwsClients(rehearsed).dynamoDb(), settings.requireFixed("RIFFHOOK_TABLE"));
      ConfiguredProviders.from(settings).all().stream()
          .findFirst()
          .ifPresent(provider -> jobs.insert(Rehearsal.job(provider.capabilities())));
      ApiFunction understudy = new ApiFunction(rehearsed);
      Rehearsal.inTurn(() -> read(this), () -> read(understudy));
    }
  }

  private static void read(ApiFunction function) throws IOException {
    Rehearsal.request(
        function, "GET /v1/jobs/{id}", Map.of("id", Rehearsal.NO_JOB), Rehearsal.NOBODY, "");
    Rehearsal.request(function, "GET /v1/jobs", Map.of(), Rehearsal.NOBODY, "");
    Rehearsal.request(function, "GET /v1/songs", Map.of(), Rehearsal.NOBODY, "");
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    HttpFunction.run(in, out, context, this::answer);
  }

  private HttpResponse answer(HttpRequest request) {
    if (request.route().equals("GET /v1/health")) {
      return statusRoutes.health();
    }
    return callers
        .owner(request)
        .map(
            owner ->
                switch (request.route()) {
                  case "GET /v1/jobs" -> jobRoutes.list(owner, request);
                  case "GET /v1/jobs/{id}" -> jobRoutes.get(owner, request);
                  case "POST /v1/jobs/{id}/cancel" -> jobRoutes.cancel(owner, request);
                  case "GET /v1/songs" -> songRoutes.list(owner, request);
                  case "GET /v1/songs/{id}" -> songRoutes.get(owner, request);
                  case "GET /v1/songs/{id}/assets/{name+}" -> songRoutes.asset(owner, request);
                  case "GET /v1/uploads/{id}" -> uploadRoutes.get(owner, request);
                  case "GET /v1/providers" -> providerRoutes.list();
                  case "POST /v1/endpoints" -> endpointRoutes.create(owner, request);
                  case "GET /v1/endpoints" -> endpointRoutes.list(owner);
                  case "GET /v1/endpoints/{id}" -> endpointRoutes.get(owner, request);
                  case "PATCH /v1/endpoints/{id}" -> endpointRoutes.edit(owner, request);
                  case "DELETE /v1/endpoints/{id}" -> endpointRoutes.delete(owner, request);
                  case "GET /v1/endpoints/{id}/secret" -> endpointRoutes.secret(owner, request);
                  case "POST /v1/endpoints/{id}/rotate-secret" ->
                      endpointRoutes.rotate(owner, request);
                  case "POST /v1/endpoints/{id}/test" -> endpointRoutes.test(owner, request);
                  case "GET /v1/endpoints/{id}/deliveries" ->
                      endpointRoutes.deliveries(owner, request);
                  case "POST /v1/endpoints/{id}/deliveries/{deliveryId}/redeliver" ->
                      endpointRoutes.redeliver(owner, request);
                  case "POST /v1/endpoints/{id}/redeliver" ->
                      endpointRoutes.redeliverMissed(owner, request);
                  default -> Problem.notFound();
                })
        .orElseGet(Problem::unauthenticated);
  }
}
