package io.riffhook.simulator.work;

/** What may be told about work. */
public sealed interface Notice {
  /**
   * How far it is.
   *
   * @param percent 1 to 99
   */
  record Progress(int percent) implements Notice {}

  /**
   * How it ended, or, when the settings want a forged notice, how it might.
   *
   * @param ending how
   */
  record End(Ending ending) implements Notice {}
}
