package io.riffhook.aws;

import io.riffhook.domain.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings from environment variables. If {@code X} is not set, {@code X_ARN} names a secret in
 * Secrets Manager that holds its value, or else {@code X_PARAMETER} a parameter in SSM. Those are
 * read when first asked for and again after five minutes, or when a value is refused, so a rotation
 * needs no deployment. A blank variable counts as unset.
 *
 * <p>Nothing of Secrets Manager, SSM or Powertools is loaded before it is needed: most functions of
 * one machine, and tests, never need it. Safe for use by several threads.
 */
public final class EnvironmentSettings implements Settings {
  /** How long a value is used before it is read again. */
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** How soon after a failed read a value is read again. One event asks for a value many times. */
  private static final Duration FAILED_AGE = Duration.ofSeconds(3);

  /** How soon after another a value that was refused is read again. */
  private static final Duration REFUSED_AGE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentSettings.class);

  private final Map<String, String> environment;
  private final Lazy secrets;
  private final Lazy parameters;

  public EnvironmentSettings(Map<String, String> environment) {
    this(environment, InstantSource.system());
  }

  EnvironmentSettings(Map<String, String> environment, InstantSource clock) {
    this.environment = Map.copyOf(environment);
    AwsClients clients = new AwsClients(this.environment);
    secrets = new Lazy(() -> new SecretValues(clients.secretsManager(), clock), clock);
    parameters = new Lazy(() -> new ParameterValues(clients.ssm(), clock), clock);
  }

  @Override
  public Optional<String> find(String name) {
    return variable(name)
        .or(() -> read(name, name + "_ARN", secrets))
        .or(() -> read(name, name + "_PARAMETER", parameters))
        // A secret that was pasted with a line's end is meant without it.
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private Optional<String> read(String name, String source, Lazy values) {
    return variable(source)
        .map(
            id -> {
              try {
                return values.value(id);
              } catch (RuntimeException e) {
                // AWS's own words name accounts and roles, so they go to the log and no further.
                throw new UnusableSettingException(
                    "the setting %s cannot be read from what %s names".formatted(name, source), e);
              }
            });
  }

  @Override
  public Optional<String> fixed(String name) {
    Optional<String> value = variable(name).map(String::strip);
    if (value.isEmpty() && isSet(name)) {
      throw new UnusableSettingException(
          "the setting %s is read when a function starts, so it cannot come from a secret or a parameter: set the variable %s itself"
              .formatted(name, name));
    }
    return value;
  }

  @Override
  public boolean isSet(String name) {
    return Stream.of(name, name + "_ARN", name + "_PARAMETER")
        .anyMatch(each -> variable(each).isPresent());
  }

  @Override
  public boolean isReplaced(String name, String refused) {
    try {
      if (!find(name).orElse(refused).equals(refused)) {
        return true;
      }
      if (variable(name).isPresent()) {
        return false;
      }
      boolean forgotten =
          variable(name + "_ARN").isPresent() ? secrets.forget() : parameters.forget();
      return forgotten && !find(name).orElse(refused).equals(refused);
    } catch (RuntimeException e) {
      // The caller reports the refusal.
      LOG.warn("{} cannot be read anew", name, e);
      return false;
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Where values are kept outside the environment. */
  interface Values {
    /** The value under a name or ARN, no older than a time. */
    String value(String name, Duration maxAge);

    /** Has all values read anew. */
    void forget();
  }

  /** Values that are made when the first of them is asked for, and asked for one at a time. */
  private static final class Lazy {
    private final Supplier<Values> maker;
    private final InstantSource clock;
    private final Map<String, Failure> failures = new HashMap<>();
    private @Nullable Values values;
    private Instant forgotten = Instant.EPOCH;

    private Lazy(Supplier<Values> maker, InstantSource clock) {
      this.maker = maker;
      this.clock = clock;
    }

    private synchronized String value(String name) {
      Values made = values;
      if (made == null) {
        made = maker.get();
        values = made;
      }
      Failure failure = failures.get(name);
      if (failure != null && clock.instant().isBefore(failure.at().plus(FAILED_AGE))) {
        throw failure.why();
      }
      try {
        String value = made.value(name, MAX_AGE);
        failures.remove(name);
        return value;
      } catch (RuntimeException e) {
        LOG.error("{} cannot be read", name, e);
        failures.put(name, new Failure(clock.instant(), e));
        throw e;
      }
    }

    /** A read that failed. */
    private record Failure(Instant at, RuntimeException why) {}

    /** Has values read anew, unless that was just done; whether they will be. */
    private synchronized boolean forget() {
      Instant now = clock.instant();
      if (values == null || now.isBefore(forgotten.plus(REFUSED_AGE))) {
        return false;
      }
      forgotten = now;
      values.forget();
      return true;
    }
  }
}
