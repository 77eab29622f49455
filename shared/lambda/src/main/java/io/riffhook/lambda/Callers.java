package io.riffhook.lambda;

import io.riffhook.domain.Owner;
import io.riffhook.domain.Settings;
import java.util.Optional;

/** Who is calling. */
public final class Callers {
  private final boolean oneMachine;

  public Callers(Settings settings) {
    this.oneMachine = settings.isOneMachine();
  }

  /** The owner behind a request; on one machine, whoever calls without an identity is local. */
  public Optional<Owner> owner(HttpRequest request) {
    return request
        .principal()
        .filter(Owner::isValid)
        .map(Owner::new)
        .or(() -> oneMachine ? Optional.of(Owner.LOCAL) : Optional.empty());
  }
}
