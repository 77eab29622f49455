package io.riffhook.simulator.settings;

/**
 * How the Riffusion gateway answers where its pages are silent.
 *
 * @param failedStatus the {@code status} of a feed of failed songs
 * @param generations whether a feed without songs holds {@code generations}, empty
 */
public record RiffgatewaySettings(String failedStatus, boolean generations) {

  /** The settings of a simulator nobody has changed. */
  public static RiffgatewaySettings defaults() {
    return new RiffgatewaySettings("failed", false);
  }

  /** These settings with another {@code failedStatus}. */
  public RiffgatewaySettings withFailedStatus(String failedStatus) {
    return new RiffgatewaySettings(failedStatus, generations);
  }

  /** These settings with another {@code generations}. */
  public RiffgatewaySettings withGenerations(boolean generations) {
    return new RiffgatewaySettings(failedStatus, generations);
  }
}
