package io.riffhook.simulator.settings;

import java.util.function.UnaryOperator;

/**
 * What only one provider has.
 *
 * @param musicapi musicapi.ai
 */
public record ProviderSettings(MusicapiSettings musicapi) {

  /** The settings of a simulator nobody has changed. */
  public static ProviderSettings defaults() {
    return new ProviderSettings(MusicapiSettings.defaults());
  }

  /** These settings with another {@code musicapi}. */
  public ProviderSettings withMusicapi(MusicapiSettings musicapi) {
    return new ProviderSettings(musicapi);
  }

  /** These settings with {@code musicapi} changed: {@code providers.musicapi(m -> m.with…)}. */
  public ProviderSettings musicapi(UnaryOperator<MusicapiSettings> change) {
    return withMusicapi(change.apply(musicapi));
  }
}
