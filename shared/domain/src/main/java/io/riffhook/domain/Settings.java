package io.riffhook.domain;

import java.util.Optional;

/** The settings of a deployment, by their names in the environment. */
public interface Settings {

  /**
   * Returns the setting's value, or empty if it has none. The value may come from a secret or a
   * parameter, so a function calls this when it handles an event and never while it starts.
   *
   * @throws UnusableSettingException if the value cannot be read
   */
  Optional<String> find(String name);

  /**
   * Returns the value of a setting that is read while a function starts. It comes from the variable
   * itself. With SnapStart a function starts when its version is published, before the resources
   * that depend on it exist, and what it reads then is frozen into the snapshot.
   *
   * @throws UnusableSettingException if only a secret or a parameter holds the value
   */
  default Optional<String> fixed(String name) {
    return find(name);
  }

  /**
   * Returns the value of a setting that is read while a function starts.
   *
   * @throws MissingSettingException if it has none
   */
  default String requireFixed(String name) {
    return fixed(name).orElseThrow(() -> new MissingSettingException(name));
  }

  /** Whether the setting has a value, without fetching it from where secrets are kept. */
  default boolean isSet(String name) {
    return find(name).isPresent();
  }

  /**
   * Returns the setting's value, read as {@link #find} does.
   *
   * @throws MissingSettingException if it has none
   * @throws UnusableSettingException if it cannot be read
   */
  default String require(String name) {
    return find(name).orElseThrow(() -> new MissingSettingException(name));
  }

  /**
   * Whether a setting has another value by now than one that was refused somewhere, as after a
   * rotation. Where the value is kept elsewhere it is read anew, but not more often than every few
   * seconds: what is refused may well be the newest.
   *
   * @param refused a value that the setting had
   */
  default boolean isReplaced(String name, String refused) {
    return !find(name).orElse(refused).equals(refused);
  }

  /** Whether this is one machine, where plain HTTP and loopback addresses are accepted. */
  default boolean isOneMachine() {
    return fixed("RIFFHOOK_ONE_MACHINE").filter("true"::equals).isPresent();
  }

  /**
   * A setting is missing, cannot be read, or has a value that is not allowed. The message names the
   * setting and holds no secret: it becomes the reason for which a job waits.
   */
  class UnusableSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableSettingException(String message) {
      super(message);
    }

    public UnusableSettingException(String message, Throwable cause) {
      super(message, cause);
    }

    /** A setting whose value is not allowed, by an exception that names the setting. */
    public static UnusableSettingException invalid(IllegalArgumentException cause) {
      return new UnusableSettingException(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** A setting that something needs has no value. */
  final class MissingSettingException extends UnusableSettingException {
    private static final long serialVersionUID = 1L;

    public MissingSettingException(String name) {
      super("the setting " + name + " is missing");
    }
  }
}
