package io.riffhook.local;

import io.riffhook.local.aws.Aws;
import io.riffhook.local.aws.AwsElsewhere;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.Credentials;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.data.DataFolder;
import io.riffhook.local.template.Template;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The AWS of a Riffhook on one machine without its functions, for what is done to its data while it
 * does not run.
 */
public final class LocalAws implements AutoCloseable {
  private static final Pattern RESOURCE = Pattern.compile("RIFFHOOK_(TABLE|BUCKET|[A-Z]+_QUEUE)");

  private final AwsServices aws;
  private final Optional<DataFolder> data;
  private final Map<String, String> environment;

  private LocalAws(AwsServices aws, Optional<DataFolder> data, Map<String, String> environment) {
    this.aws = aws;
    this.data = data;
    this.environment = environment;
  }

  /**
   * Answers once the services do. The port of the options is not used.
   *
   * @throws DataFolder.UnusableException if another process has the data open, or if the folder
   *     cannot be written
   */
  public static LocalAws start(LocalOptions options) throws Exception {
    Template template = options.readTemplate();
    Optional<DataFolder> data =
        options.data().isEmpty() || options.awsEndpoint().isPresent()
            ? Optional.empty()
            : Optional.of(DataFolder.open(options.data().get()));
    try {
      AwsServices aws = AwsServices.start(of(options, template), template, options.visibility());
      if (data.isPresent()) {
        data.get().makeFilesPrivate("dynamodb");
      }
      return new LocalAws(aws, data, environment(template, aws));
    } catch (Exception e) {
      data.ifPresent(DataFolder::close);
      throw e;
    }
  }

  static Aws of(LocalOptions options, Template template) {
    Map<String, String> environment = options.environment();
    return options
        .awsEndpoint()
        .<Aws>map(
            endpoint ->
                new AwsElsewhere(
                    endpoint,
                    environment.getOrDefault("AWS_REGION", "us-east-1"),
                    new Credentials(
                        environment.getOrDefault("AWS_ACCESS_KEY_ID", "test"),
                        environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "test"))))
        .orElseGet(
            () ->
                new EmbeddedAws(
                    options.data(),
                    template.buckets().stream()
                        .flatMap(bucket -> bucket.cors().stream())
                        .findFirst()));
  }

  /** What the functions are told of where their resources are, all together. */
  static Map<String, String> environment(Template template, AwsServices aws) {
    Map<String, String> all = new HashMap<>();
    template
        .environments(aws.resolver(), Map.of())
        .values()
        .forEach(
            function ->
                function.forEach(
                    (name, value) -> {
                      if (RESOURCE.matcher(name).matches()) {
                        all.put(name, value);
                      }
                    }));
    // No function needs the URL of the inbox queue, but an operator does.
    template.queues().stream()
        .filter(queue -> queue.redrive().isPresent())
        .forEach(queue -> all.putIfAbsent(setting(queue.name()), aws.queue(queue.name()).url()));
    all.putAll(aws.environment());
    return Map.copyOf(all);
  }

  /** The variable that holds the URL of a queue, such as RIFFHOOK_CHECK_QUEUE of CheckQueue. */
  private static String setting(String queue) {
    return "RIFFHOOK_" + queue.replaceFirst("Queue$", "").toUpperCase(Locale.ROOT) + "_QUEUE";
  }

  /**
   * The variables by which an AWS SDK finds and opens the services, and the names of the table, the
   * bucket and the queues as the functions have them.
   */
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public void close() {
    aws.close();
    data.ifPresent(DataFolder::close);
  }
}
