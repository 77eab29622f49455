package io.riffhook.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of asking a provider to make a song. */
public sealed interface SubmitOutcome {

  /** The provider took it, under these ids of its own; each is to be heard of separately. */
  record Accepted(List<String> providerJobs, Optional<String> account) implements SubmitOutcome {
    public Accepted {
      providerJobs = List.copyOf(providerJobs);
    }
  }

  /** The provider's moderation refused it. */
  record Moderated(Reason reason) implements SubmitOutcome {}

  /** The provider will never take it as it is; another provider might. */
  record Refused(Reason reason) implements SubmitOutcome {}

  /** Nothing was bought; the same request may go through later. */
  record TryLater(Reason reason, Optional<Duration> after) implements SubmitOutcome {}

  /**
   * Nothing was bought, and nothing will be until somebody puts the provider account, or our token,
   * right.
   *
   * @param accounts which accounts, where the provider tells
   */
  record AccountTrouble(Reason reason, List<String> accounts) implements SubmitOutcome {
    public AccountTrouble {
      accounts = List.copyOf(accounts);
    }

    /** Of an account that the provider does not name. */
    public AccountTrouble(Reason reason) {
      this(reason, List.of());
    }
  }

  /**
   * Nothing was bought: the provider refused our token, or has retired what was asked for. Only
   * another provider can help.
   */
  record Closed(Reason reason) implements SubmitOutcome {}

  /** The request went out and no answer that says what came of it came back. */
  record Unknown(Reason reason) implements SubmitOutcome {}
}
