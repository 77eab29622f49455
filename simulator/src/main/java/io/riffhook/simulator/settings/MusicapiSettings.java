package io.riffhook.simulator.settings;

/**
 * How musicapi.ai answers where its pages and its clients disagree.
 *
 * @param code whether the answer of a create holds {@code "code":200}
 * @param producer which of the two dialects the producer speaks
 */
public record MusicapiSettings(boolean code, ProducerDialect producer) {

  /** The settings of a simulator nobody has changed. */
  public static MusicapiSettings defaults() {
    return new MusicapiSettings(false, ProducerDialect.MUSICAPI);
  }

  /** These settings with another {@code code}. */
  public MusicapiSettings withCode(boolean code) {
    return new MusicapiSettings(code, producer);
  }

  /** These settings with another {@code producer}. */
  public MusicapiSettings withProducer(ProducerDialect producer) {
    return new MusicapiSettings(code, producer);
  }
}
