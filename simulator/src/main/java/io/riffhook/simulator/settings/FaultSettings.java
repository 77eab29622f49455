package io.riffhook.simulator.settings;

/**
 * What is wrong with the whole service.
 *
 * @param unauthorized whether every token is refused with 401
 * @param accountError whether the account behind is in trouble: 596, or 403 where there is no such
 *     status
 * @param decommissioned whether the service is gone for good: 410
 */
public record FaultSettings(boolean unauthorized, boolean accountError, boolean decommissioned) {

  /** The settings of a simulator nobody has changed. */
  public static FaultSettings defaults() {
    return new FaultSettings(false, false, false);
  }

  /** These settings with another {@code unauthorized}. */
  public FaultSettings withUnauthorized(boolean unauthorized) {
    return new FaultSettings(unauthorized, accountError, decommissioned);
  }

  /** These settings with another {@code accountError}. */
  public FaultSettings withAccountError(boolean accountError) {
    return new FaultSettings(unauthorized, accountError, decommissioned);
  }

  /** These settings with another {@code decommissioned}. */
  public FaultSettings withDecommissioned(boolean decommissioned) {
    return new FaultSettings(unauthorized, accountError, decommissioned);
  }
}
