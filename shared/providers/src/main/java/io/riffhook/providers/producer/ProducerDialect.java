package io.riffhook.providers.producer;

/** Which of the family's two sites is spoken with: their pages have diverged since 2026. */
enum ProducerDialect {
  /** docs.musicapi.ai, {@code producer-api-overview}, pages of April and May 2026. */
  MUSICAPI("https://api.musicapi.ai"),

  /** docs.aimusicapi.ai, doc-2058751: every task type but {@code create_music} answers 410. */
  AIMUSICAPI("https://api.aimusicapi.ai");

  private final String baseUrl;

  ProducerDialect(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** Where its API is, unless a setting says otherwise. */
  String baseUrl() {
    return baseUrl;
  }
}
