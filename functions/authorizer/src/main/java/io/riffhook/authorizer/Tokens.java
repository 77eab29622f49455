package io.riffhook.authorizer;

import io.riffhook.domain.Owner;

/** Verifies what callers bring that is no key of ours. */
@FunctionalInterface
interface Tokens {

  /**
   * Looks at a token.
   *
   * @throws IssuerException if it cannot be told now
   */
  Verdict verify(String token);

  /** What came of it. */
  sealed interface Verdict {
    /** The issuer says that this is the owner. */
    record Valid(Owner owner) implements Verdict {}

    /**
     * It is not to be trusted.
     *
     * @param why for the log; nothing of the token is in it
     */
    record Invalid(String why) implements Verdict {}
  }

  /** The issuer's keys cannot be had, so nothing is known of its tokens. */
  final class IssuerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IssuerException(String message, Throwable cause) {
      super(message, cause);
    }

    IssuerException(String message) {
      super(message);
    }
  }
}
