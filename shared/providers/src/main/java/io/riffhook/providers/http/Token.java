package io.riffhook.providers.http;

import io.riffhook.domain.Settings;

/** Our token at a provider, which may be rotated while the process lives. */
@FunctionalInterface
public interface Token {
  /**
   * The token, asked for at each call.
   *
   * @throws Settings.MissingSettingException where there is none
   */
  String value();

  /** Whether there is another one by now than this one, which the provider refused. */
  default boolean isReplaced(String refused) {
    return false;
  }

  /** The token that a setting holds. */
  static Token of(Settings settings, String name) {
    return new Token() {
      @Override
      public String value() {
        return settings.require(name);
      }

      @Override
      public boolean isReplaced(String refused) {
        return settings.isReplaced(name, refused);
      }
    };
  }
}
