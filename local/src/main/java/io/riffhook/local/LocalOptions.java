package io.riffhook.local;

import io.riffhook.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to run on one machine.
 *
 * @param data the folder that keeps the data of the embedded services, or none to keep it in memory
 * @param port the API's port on loopback, or 0 for any
 * @param awsEndpoint an AWS that runs elsewhere, in place of the embedded services
 * @param environment settings that replace the template's; a setting X stands for X_ARN and
 *     X_PARAMETER too
 * @param template the template.yaml to run
 * @param visibility replaces the visibility timeout of every queue, so that a failure comes back
 *     sooner
 */
public record LocalOptions(
    Optional<Path> data,
    int port,
    Optional<URI> awsEndpoint,
    Map<String, String> environment,
    Path template,
    Optional<Duration> visibility) {

  static final String ALLOWED_ORIGINS = "RIFFHOOK_ALLOWED_ORIGINS";

  public LocalOptions {
    environment = Map.copyOf(environment);
  }

  /**
   * Reads the template with the parameters that the environment sets.
   *
   * @throws io.riffhook.local.template.TemplateException if a value is not allowed
   */
  Template readTemplate() throws IOException {
    String origins = environment.getOrDefault(ALLOWED_ORIGINS, "");
    return Template.read(
        template, origins.isBlank() ? Map.of() : Map.of("AllowedOrigins", origins));
  }

  /** In memory, on any port, with embedded services. */
  public static LocalOptions inMemory(Path template) {
    return new LocalOptions(
        Optional.empty(), 0, Optional.empty(), Map.of(), template, Optional.empty());
  }

  public LocalOptions withData(Path folder) {
    return new LocalOptions(
        Optional.of(folder), port, awsEndpoint, environment, template, visibility);
  }

  public LocalOptions withPort(int number) {
    return new LocalOptions(data, number, awsEndpoint, environment, template, visibility);
  }

  public LocalOptions withAwsEndpoint(URI endpoint) {
    return new LocalOptions(data, port, Optional.of(endpoint), environment, template, visibility);
  }

  public LocalOptions withEnvironment(Map<String, String> settings) {
    return new LocalOptions(data, port, awsEndpoint, settings, template, visibility);
  }

  public LocalOptions withVisibility(Duration timeout) {
    return new LocalOptions(data, port, awsEndpoint, environment, template, Optional.of(timeout));
  }

  /** Leaves the values of settings out: some are secret. */
  @Override
  public String toString() {
    return "LocalOptions[data=%s, port=%d, awsEndpoint=%s, environment=%s, template=%s]"
        .formatted(data, port, awsEndpoint, environment.keySet(), template);
  }
}
