package io.riffhook.simulator.settings;

/**
 * How webhooks are signed, by the providers that sign.
 *
 * @param scheme what is signed and which headers tell
 * @param badSignature whether the signature is that of another secret
 * @param staleTimestamp whether the time that is signed lies an hour back
 * @param streaming whether work that is half done is told too, as {@code song.streaming}
 */
public record WebhookSettings(
    SignatureScheme scheme, boolean badSignature, boolean staleTimestamp, boolean streaming) {

  /** The settings of a simulator nobody has changed. */
  public static WebhookSettings defaults() {
    return new WebhookSettings(SignatureScheme.TIMESTAMPED, false, false, false);
  }

  /** These settings with another {@code scheme}. */
  public WebhookSettings withScheme(SignatureScheme scheme) {
    return new WebhookSettings(scheme, badSignature, staleTimestamp, streaming);
  }

  /** These settings with another {@code badSignature}. */
  public WebhookSettings withBadSignature(boolean badSignature) {
    return new WebhookSettings(scheme, badSignature, staleTimestamp, streaming);
  }

  /** These settings with another {@code staleTimestamp}. */
  public WebhookSettings withStaleTimestamp(boolean staleTimestamp) {
    return new WebhookSettings(scheme, badSignature, staleTimestamp, streaming);
  }

  /** These settings with another {@code streaming}. */
  public WebhookSettings withStreaming(boolean streaming) {
    return new WebhookSettings(scheme, badSignature, staleTimestamp, streaming);
  }
}
