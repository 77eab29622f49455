package io.riffhook.simulation;

import java.util.List;

/**
 * How often each fault happens, as a share of its chances, 0 to 1.
 *
 * @param kill a process dies at a step; each call of a port has two
 * @param outage a port's call fails, before or after it took effect
 * @param pause others run between two steps of a process
 * @param repeated a message is delivered twice
 * @param busy the provider takes no job now (429)
 * @param trouble the provider's account needs attention (596), or our token is refused (401)
 * @param unanswered a call that the provider took is not answered
 * @param broken the provider fails with 5xx, having taken nothing
 * @param dropped a callback is never sent
 * @param doubled a callback comes again
 * @param lost a callback's answer does not matter: the provider never repeats a failed one
 * @param unreadable the provider's answer to a read is none
 * @param badFile a download goes wrong: dead link, cut, page of HTML, wrong type, empty
 * @param deaf whoever is told fails, before or after it took what it was told
 * @param hopeless a job fails at the provider, is moderated, hangs, or has an asset that is gone
 */
record Rates(
    double kill,
    double outage,
    double pause,
    double repeated,
    double busy,
    double trouble,
    double unanswered,
    double broken,
    double dropped,
    double doubled,
    double lost,
    double unreadable,
    double badFile,
    double deaf,
    double hopeless) {

  /** No fault, and nobody is slow. */
  static Rates calm() {
    return new Rates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** All faults, from rare to frequent, by chance. */
  static Rates mixed(Dice dice) {
    return all(dice, dice.oneOf(List.of(0.2, 1.0, 3.0)));
  }

  /** All faults, all the time. */
  static Rates harsh(Dice dice) {
    return all(dice, 3);
  }

  private static Rates all(Dice dice, double much) {
    return new Rates(
        0.005 * much,
        0.004 * much,
        0.2,
        0.04 * much,
        0.05 * much,
        0.01 * much,
        0.03 * much,
        0.02 * much,
        0.08 * much,
        0.15 * much,
        dice.happens(0.5) ? 1 : 0,
        0.04 * much,
        0.05 * much,
        0.05 * much,
        0.02 * much);
  }
}
