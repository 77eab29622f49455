package io.riffhook.simulator.settings;

/**
 * How musicapi.ai answers where its pages and its clients disagree.
 *
 * @param code whether the answer of a create holds {@code "code":200}
 * @param producer which of the two dialects the producer speaks
 * @param failure how a failed task reads
 * @param moderation the text of the 403 for words that are not allowed
 */
public record MusicapiSettings(
    boolean code, ProducerDialect producer, TaskFailure failure, String moderation) {

  /** The settings of a simulator nobody has changed. */
  public static MusicapiSettings defaults() {
    return new MusicapiSettings(
        false,
        ProducerDialect.MUSICAPI,
        TaskFailure.STATE,
        "Your input contains inappropriate content");
  }

  /** These settings with another {@code code}. */
  public MusicapiSettings withCode(boolean code) {
    return new MusicapiSettings(code, producer, failure, moderation);
  }

  /** These settings with another {@code producer}. */
  public MusicapiSettings withProducer(ProducerDialect producer) {
    return new MusicapiSettings(code, producer, failure, moderation);
  }

  /** These settings with another {@code failure}. */
  public MusicapiSettings withFailure(TaskFailure failure) {
    return new MusicapiSettings(code, producer, failure, moderation);
  }

  /** These settings with another {@code moderation}. */
  public MusicapiSettings withModeration(String moderation) {
    return new MusicapiSettings(code, producer, failure, moderation);
  }
}
