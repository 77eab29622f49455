package io.riffhook.aws;

import io.riffhook.domain.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings from environment variables. Where {@code X} is not there, {@code X_ARN} names a secret
 * in Secrets Manager that holds its value, or else {@code X_PARAMETER} a parameter in SSM. Those
 * are read when first asked for and again after a few minutes, so a rotation needs no deployment.
 *
 * <p>Nothing of Secrets Manager, SSM or Powertools is loaded before it is needed: most functions of
 * one machine, and tests, never need it. Safe for use by several threads.
 */
public final class EnvironmentSettings implements Settings {
  private final Map<String, String> environment;
  private final Lazy secrets;
  private final Lazy parameters;

  public EnvironmentSettings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    secrets = new Lazy(() -> new SecretValues(new AwsClients(this.environment).secretsManager()));
    parameters = new Lazy(() -> new ParameterValues(new AwsClients(this.environment).ssm()));
  }

  @Override
  public Optional<String> find(String name) {
    return variable(name)
        .or(() -> variable(name + "_ARN").map(secrets::value))
        .or(() -> variable(name + "_PARAMETER").map(parameters::value))
        // A secret that was pasted with a line's end is meant without it.
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  @Override
  public boolean isSet(String name) {
    return Stream.of(name, name + "_ARN", name + "_PARAMETER")
        .anyMatch(each -> variable(each).isPresent());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Where values are kept outside the environment. */
  interface Values {
    /** The value under a name or ARN. */
    String value(String name);
  }

  /** Values that are made when the first of them is asked for, and asked for one at a time. */
  private static final class Lazy implements Values {
    private final Supplier<Values> maker;
    private @Nullable Values values;

    private Lazy(Supplier<Values> maker) {
      this.maker = maker;
    }

    @Override
    public synchronized String value(String name) {
      Values made = values;
      if (made == null) {
        made = maker.get();
        values = made;
      }
      return made.value(name);
    }
  }
}
