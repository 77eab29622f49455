package io.riffhook.domain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How our account with a provider stands, by the provider's own word.
 *
 * @param credits how much is left to spend, in the provider's own unit
 * @param accounts the accounts behind our token, where there can be several
 */
public record Standing(OptionalLong credits, List<Account> accounts) {
  /** Nothing is known. */
  public static final Standing UNKNOWN = new Standing(OptionalLong.empty(), List.of());

  public Standing {
    accounts = List.copyOf(accounts);
  }

  /**
   * One account.
   *
   * @param maxJobs how many jobs it does at once
   * @param trouble what its holder must put right
   */
  public record Account(String name, OptionalInt maxJobs, Optional<String> trouble) {}
}
