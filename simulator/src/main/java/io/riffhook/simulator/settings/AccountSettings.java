package io.riffhook.simulator.settings;

/**
 * The account behind the token, of the providers that count credits.
 *
 * @param credits how many there are when the settings are set; work takes of them, and gives back
 *     when it fails
 */
public record AccountSettings(int credits) {

  public AccountSettings {
    if (credits < 0) {
      throw new IllegalArgumentException("credits must be 0 or more");
    }
  }

  /** The settings of a simulator nobody has changed. */
  public static AccountSettings defaults() {
    return new AccountSettings(1_000_000);
  }

  /** These settings with another {@code credits}. */
  public AccountSettings withCredits(int credits) {
    return new AccountSettings(credits);
  }
}
