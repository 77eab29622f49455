package io.riffhook.simulator.settings;

/**
 * What a callback's body looks like; the vendor publishes none, so a receiver must take them all.
 */
public enum Wrapper {
  /**
   * The song with {@code job_id}, {@code user_id}, {@code replyRef} and {@code replyUrl} beside its
   * own fields.
   */
  OBJECT,
  /** An array of that one object. */
  ARRAY,
  /** The bare song as {@code GET /music} gives it. */
  NONE
}
