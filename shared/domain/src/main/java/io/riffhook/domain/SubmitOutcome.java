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

  /** The provider will never take it as it is, or will not take it from us. */
  record Refused(Reason reason) implements SubmitOutcome {}

  /** Nothing was bought; the same request may go through later. */
  record TryLater(Reason reason, Optional<Duration> after) implements SubmitOutcome {}

  /** Nothing was bought, and nothing will be until somebody puts the provider account right. */
  record AccountTrouble(Reason reason) implements SubmitOutcome {}

  /** The request went out and no answer that says what came of it came back. */
  record Unknown(Reason reason) implements SubmitOutcome {}
}
