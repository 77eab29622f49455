package io.riffhook.simulator.settings;

import java.time.Duration;

/**
 * How {@code replyUrl} is called. A post is tried once unless {@code attempts} says more.
 *
 * @param never whether no callback is sent at all
 * @param progressPosts how many posts with the status processing come before the terminal one
 * @param wrapper what the body looks like
 * @param duplicates how many times more each post is sent
 * @param delay how long after its cause a post is sent
 * @param beforeAnswer whether the song is made, and all its posts delivered, before the create call
 *     is answered
 * @param terminalFirst whether the terminal post comes first and those of progress after it
 * @param forgedCompleted whether a post claims completed while the song is still being made
 * @param attempts how often a post is tried until it gets a 2xx, 1 or more
 */
public record CallbackSettings(
    boolean never,
    int progressPosts,
    Wrapper wrapper,
    int duplicates,
    Duration delay,
    boolean beforeAnswer,
    boolean terminalFirst,
    boolean forgedCompleted,
    int attempts) {

  public CallbackSettings {
    if (progressPosts < 0 || duplicates < 0 || attempts < 1) {
      throw new IllegalArgumentException(
          "progressPosts and duplicates must be 0 or more, attempts 1 or more");
    }
  }

  /** The settings of a simulator nobody has changed. */
  public static CallbackSettings defaults() {
    return new CallbackSettings(false, 2, Wrapper.OBJECT, 0, Duration.ZERO, false, false, false, 1);
  }

  /** These settings with another {@code never}. */
  public CallbackSettings withNever(boolean never) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code progressPosts}. */
  public CallbackSettings withProgressPosts(int progressPosts) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code wrapper}. */
  public CallbackSettings withWrapper(Wrapper wrapper) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code duplicates}. */
  public CallbackSettings withDuplicates(int duplicates) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code delay}. */
  public CallbackSettings withDelay(Duration delay) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code beforeAnswer}. */
  public CallbackSettings withBeforeAnswer(boolean beforeAnswer) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code terminalFirst}. */
  public CallbackSettings withTerminalFirst(boolean terminalFirst) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code forgedCompleted}. */
  public CallbackSettings withForgedCompleted(boolean forgedCompleted) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }

  /** These settings with another {@code attempts}. */
  public CallbackSettings withAttempts(int attempts) {
    return new CallbackSettings(
        never,
        progressPosts,
        wrapper,
        duplicates,
        delay,
        beforeAnswer,
        terminalFirst,
        forgedCompleted,
        attempts);
  }
}
