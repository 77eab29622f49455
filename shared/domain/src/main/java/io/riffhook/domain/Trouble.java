package io.riffhook.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What keeps a provider, or one of its accounts, from taking jobs, by its own answers.
 *
 * @param account the account; empty for the provider as a whole
 * @param until when jobs are given to it again
 */
public record Trouble(
    String provider, Optional<String> account, Reason reason, Instant at, Instant until) {
  /**
   * An account's name comes from the provider, and is part of a key, which has room for so much.
   */
  private static final int MAX_ACCOUNT = 200;

  public Trouble {
    account = account.map(name -> Cut.to(MAX_ACCOUNT, name));
  }
}
