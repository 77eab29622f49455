package io.riffhook.local;

import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbUnfinishedWork;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.Delays;
import io.riffhook.domain.Limits;
import io.riffhook.domain.RepairQueues;
import io.riffhook.domain.Settings;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.data.DataFolder;
import io.riffhook.local.host.FunctionRuntime;
import io.riffhook.local.host.HttpListener;
import io.riffhook.local.host.LocalHost;
import io.riffhook.local.template.Template;
import io.riffhook.providers.ConfiguredProviders;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The whole system on this machine: an AWS, and the functions of template.yaml on it. */
public final class LocalMachine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalMachine.class);
  private static final String PUBLIC_URL = "RIFFHOOK_PUBLIC_URL";
  private static final String REQUIRE_KEYS = "RIFFHOOK_REQUIRE_KEYS";

  /** What the template limits for a deployment, where others spend the deployer's money. */
  private static final List<String> LIMITS =
      List.of("RIFFHOOK_MAX_RUNNING_JOBS", "RIFFHOOK_MAX_JOBS_PER_DAY");

  private final URI apiUrl;
  private final boolean reachable;
  private final AwsServices aws;
  private final Optional<DataFolder> data;
  private final LocalHost host;
  private final Map<String, Map<String, String>> environments;
  private final Map<String, String> awsEnvironment;
  private final Map<String, String> resources;

  private LocalMachine(
      URI apiUrl,
      boolean reachable,
      AwsServices aws,
      Optional<DataFolder> data,
      LocalHost host,
      Map<String, Map<String, String>> environments,
      Map<String, String> awsEnvironment,
      Map<String, String> resources) {
    this.apiUrl = apiUrl;
    this.reachable = reachable;
    this.aws = aws;
    this.data = data;
    this.host = host;
    this.environments = environments;
    this.awsEnvironment = awsEnvironment;
    this.resources = resources;
  }

  /**
   * Answers once requests are served; the functions run in this process.
   *
   * @throws IllegalArgumentException if a setting has a value that is not allowed
   * @throws DataFolder.UnusableException if another process has the data open, or if the folder
   *     cannot be written
   */
  public static LocalMachine start(LocalOptions options) throws Exception {
    return start(options, FunctionRuntime.inProcess());
  }

  /**
   * Answers once requests are served.
   *
   * @throws IllegalArgumentException if a setting has a value that is not allowed
   * @throws DataFolder.UnusableException if another process has the data open, or if the folder
   *     cannot be written
   */
  public static LocalMachine start(LocalOptions options, FunctionRuntime runtime) throws Exception {
    check(options.environment());
    Template template = options.readTemplate();
    Optional<DataFolder> data =
        options.data().isEmpty()
            ? Optional.empty()
            : Optional.of(DataFolder.open(options.data().get()));
    HttpListener http = null;
    HttpListener events = null;
    AwsServices aws = null;
    try {
      http = HttpListener.open(options.port());
      URI apiUrl = http.url();
      if (data.isPresent()) {
        data.get().servedAt(apiUrl);
      }
      events = HttpListener.open(0);
      aws = AwsServices.start(LocalAws.of(options, template), template, options.visibility());
      if (data.isPresent()) {
        data.get().makeFilesPrivate("dynamodb");
      }
      Map<String, String> awsEnvironment = withEvents(aws.environment(), events);
      Map<String, String> settings = settings(options, apiUrl, awsEnvironment);
      boolean reachable = !settings.getOrDefault(PUBLIC_URL, "").isBlank();
      Map<String, Map<String, String>> environments =
          template.environments(aws.resolver(), settings);
      if (data.isPresent() && options.awsEndpoint().isEmpty()) {
        repair(LocalAws.environment(template, aws));
      }
      LocalHost host = LocalHost.start(template, environments, aws, http, events, runtime);
      return new LocalMachine(
          apiUrl,
          reachable,
          aws,
          data,
          host,
          environments,
          awsEnvironment,
          withEvents(LocalAws.environment(template, aws), events));
    } catch (Exception e) {
      if (http != null) {
        http.close();
      }
      if (events != null) {
        events.close();
      }
      if (aws != null) {
        aws.close();
      }
      data.ifPresent(DataFolder::close);
      throw e;
    }
  }

  /**
   * Sends what should be in the queues. The table is written before a call is answered, so it knows
   * of all that was taken.
   */
  private static void repair(Map<String, String> resources) {
    Settings settings = name -> Optional.ofNullable(resources.get(name));
    Optional<String> table = settings.find("RIFFHOOK_TABLE");
    if (table.isEmpty()) {
      return; // the template has none
    }
    AwsClients clients = new AwsClients(resources);
    try (DynamoDbClient dynamoDb = clients.dynamoDb();
        SqsClient sqs = clients.sqs()) {
      RepairQueues.Report report =
          new RepairQueues(
                  new DynamoDbUnfinishedWork(dynamoDb, table.get()),
                  new SqsQueues(sqs, settings),
                  InstantSource.system())
              .repair(_ -> {});
      LOG.info("{} items read, {} messages sent", report.scanned(), report.messages());
    }
  }

  /** Refuses values that the functions would only find at the first request. */
  private static void check(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("RIFFHOOK_ONE_MACHINE", "true");
    Settings settings =
        name -> Optional.ofNullable(all.get(name)).filter(value -> !value.isBlank());
    Limits.from(settings);
    Delays.from(settings, RandomGenerator.getDefault());
    settings
        .find(REQUIRE_KEYS)
        .filter(value -> !value.equals("true") && !value.equals("false"))
        .ifPresent(
            value -> {
              throw new IllegalArgumentException(
                  "%s is '%s', but must be true or false".formatted(REQUIRE_KEYS, value));
            });
  }

  /** The name is the SDK's: AWS_ENDPOINT_URL and the service's id. */
  private static Map<String, String> withEvents(
      Map<String, String> environment, HttpListener events) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_ENDPOINT_URL_EVENTBRIDGE", events.url().toString());
    return Map.copyOf(all);
  }

  private static Map<String, String> settings(
      LocalOptions options, URI apiUrl, Map<String, String> awsEnvironment) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFHOOK_ONE_MACHINE", "true");
    settings.put(PUBLIC_URL, reachableFrom(options.environment()) ? apiUrl.toString() : "");
    if (!options.environment().containsKey("RIFFHOOK_CALLBACK_SECRETS")) {
      settings.put("RIFFHOOK_CALLBACK_SECRETS", CallbackSecret.of(options.data()));
    }
    LIMITS.forEach(limit -> settings.put(limit, ""));
    settings.putAll(options.environment());
    settings.remove(LocalOptions.ALLOWED_ORIGINS); // the gateway's, not the functions'
    settings.putAll(awsEnvironment);
    return settings;
  }

  /**
   * Whether the providers can call the API, which listens on loopback: only those on this machine
   * can. For any other the public URL is blank, which also takes the place of the template's
   * parameter, and jobs go by their checks unless the user names a URL that leads here. One that
   * cannot is enough: it might refuse a request with such an address in it.
   */
  private static boolean reachableFrom(Map<String, String> environment) {
    return Arrays.stream(
            environment.getOrDefault("RIFFHOOK_PROVIDERS", ConfiguredProviders.DEFAULT).split(","))
        .map(name -> name.strip().toUpperCase(Locale.ROOT).replace('-', '_') + "_BASE_URL")
        .allMatch(setting -> Loopback.isHostOf(URI.create(environment.getOrDefault(setting, ""))));
  }

  /** Where the API is served. */
  public URI apiUrl() {
    return apiUrl;
  }

  /** Whether providers have an address to call; where not, jobs go by their checks. */
  public boolean isReachable() {
    return reachable;
  }

  /**
   * Adds a listener that is told the function's name after each invocation, on that invocation's
   * thread.
   */
  public void onInvocation(Consumer<String> listener) {
    host.onInvocation(listener);
  }

  /**
   * Adds a listener that is told each event that is put on the event bus, as EventBridge's JSON. It
   * may be told one twice: events arrive at least once.
   */
  public void onEvent(Consumer<String> listener) {
    host.onEvent(listener);
  }

  /**
   * The variables by which an AWS SDK finds and opens the AWS that is used. EventBridge is this
   * machine's own, wherever the rest is.
   */
  public Map<String, String> awsEnvironment() {
    return awsEnvironment;
  }

  /** {@link #awsEnvironment} and the names of the table, the bucket and the queues. */
  public Map<String, String> resources() {
    return resources;
  }

  /**
   * The environment of a function, by its name in the template: names of tables, queues and
   * buckets, for instance.
   */
  public Map<String, String> environment(String function) {
    Map<String, String> environment = environments.get(function);
    if (environment == null) {
      throw new IllegalArgumentException("the template has no function " + function);
    }
    return environment;
  }

  /** Waits for running invocations, then stops. Data in a folder is kept. */
  @Override
  public void close() {
    host.close();
    aws.close();
    data.ifPresent(DataFolder::close);
  }
}
