package io.riffhook.simulator.settings;

import java.util.function.UnaryOperator;

/**
 * What only one provider has.
 *
 * @param musicapi musicapi.ai, with its platforms riffusion and producer
 * @param riffgateway the Riffusion gateway
 */
public record ProviderSettings(MusicapiSettings musicapi, RiffgatewaySettings riffgateway) {

  /** The settings of a simulator nobody has changed. */
  public static ProviderSettings defaults() {
    return new ProviderSettings(MusicapiSettings.defaults(), RiffgatewaySettings.defaults());
  }

  /** These settings with {@code musicapi} changed: {@code providers.musicapi(m -> m.with…)}. */
  public ProviderSettings musicapi(UnaryOperator<MusicapiSettings> change) {
    return new ProviderSettings(change.apply(musicapi), riffgateway);
  }

  /** These settings with {@code riffgateway} changed: {@code providers.riffgateway(r -> …)}. */
  public ProviderSettings riffgateway(UnaryOperator<RiffgatewaySettings> change) {
    return new ProviderSettings(musicapi, change.apply(riffgateway));
  }
}
