package io.riffhook.domain;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Where a job stands. A job only moves forward, in the order of these constants. */
public enum Status {
  /** Written down; the provider has not taken it yet. */
  QUEUED(false),
  /** The provider took it. */
  SUBMITTED(false),
  /** The provider was heard of: it is making the song. */
  GENERATING(false),
  /** A song is finished at the provider and its assets are on their way to S3. */
  STORING(false),
  /** Every asset that the job asked for is in S3, verified. */
  READY(true),
  /** The provider's moderation refused it. */
  REJECTED(true),
  /** The provider, or an asset, failed for good. */
  FAILED(true),
  /** Its owner stopped it. */
  CANCELLED(true);

  /** The states that a job can still leave. */
  public static final Set<Status> OPEN =
      Collections.unmodifiableSet(EnumSet.of(QUEUED, SUBMITTED, GENERATING, STORING));

  private final boolean terminal;

  Status(boolean terminal) {
    this.terminal = terminal;
  }

  /** Whether a job in this state has ended. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Whether a text is the name of a status. */
  public static boolean isValid(String name) {
    return Arrays.stream(values()).anyMatch(status -> status.name().equals(name));
  }
}
