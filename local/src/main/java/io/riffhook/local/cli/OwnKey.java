package io.riffhook.local.cli;

import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.Owner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key by which this process calls the API that it serves itself, where keys are required. It is
 * made when it is needed and works no longer than the process.
 */
final class OwnKey implements AutoCloseable {
  /** Should the process be killed before it revokes the key. */
  private static final Duration LIFE = Duration.ofDays(1);

  private final Map<String, String> environment;
  private ApiKeys.@Nullable Created made;

  OwnKey(Map<String, String> environment) {
    this.environment = environment;
  }

  synchronized Credential credential() {
    ApiKeys.Created key = made;
    if (key == null) {
      String label = "riffhook itself, process " + ProcessHandle.current().pid();
      try (KeyTable table = new KeyTable(environment)) {
        key = table.keys().create(Owner.LOCAL, Optional.of(label), Optional.of(LIFE));
      }
      made = key;
    }
    return new Credential(key.secret().reveal());
  }

  @Override
  public synchronized void close() {
    ApiKeys.Created key = made;
    if (key != null) {
      try (KeyTable table = new KeyTable(environment)) {
        table.keys().revoke(key.key().id());
      }
    }
  }
}
