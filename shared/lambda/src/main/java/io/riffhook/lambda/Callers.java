package io.riffhook.lambda;

import io.riffhook.domain.Owner;
import io.riffhook.domain.Settings;
import java.util.Optional;

/** Who is calling. */
public final class Callers {
  private final boolean keyless;

  public Callers(Settings settings) {
    this.keyless =
        settings.isOneMachine()
            && settings.fixed("RIFFHOOK_REQUIRE_KEYS").filter("true"::equals).isEmpty();
  }

  /**
   * The owner behind a request. On one machine a call without a key is local's, unless keys are
   * required.
   */
  public Optional<Owner> owner(HttpRequest request) {
    return request.principal().isPresent()
        ? request.principal().filter(Owner::isValid).map(Owner::new)
        : Optional.of(Owner.LOCAL).filter(_ -> keyless);
  }
}
