package io.riffhook.domain;

import java.util.Optional;

/** The settings of a deployment, by their names in the environment. */
public interface Settings {

  /** The setting's value, or empty where it has none. */
  Optional<String> find(String name);

  /** Whether the setting has a value, without fetching it from where secrets are kept. */
  default boolean isSet(String name) {
    return find(name).isPresent();
  }

  /** The setting's value. */
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
    return find("RIFFHOOK_ONE_MACHINE").filter("true"::equals).isPresent();
  }

  /** A setting that something needs is not there. */
  final class MissingSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingSettingException(String name) {
      super("the setting " + name + " is missing");
    }
  }
}
