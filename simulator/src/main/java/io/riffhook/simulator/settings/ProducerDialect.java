package io.riffhook.simulator.settings;

/** The two dialects of the producer API. */
public enum ProducerDialect {
  /**
   * That of musicapi.ai: a {@code state} with each song; songs can be extended, replaced, covered.
   */
  MUSICAPI,
  /**
   * That of aimusicapi.ai: one {@code status} beside the songs; nothing but {@code create_music}.
   */
  AIMUSICAPI
}
