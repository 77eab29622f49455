package io.riffhook.providers.producer;

import static io.riffhook.providers.producer.ProducerProvider.NAME;

import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be done in each dialect. */
final class ProducerCapabilities {
  /**
   * Where {@code audio_url}, {@code wav_url} and {@code image_url} lead, by the pages' examples.
   */
  static final Set<String> FILE_HOSTS = Set.of("musicapi-cdn.b-cdn.net", "storage.googleapis.com");

  private static final Set<Format> FORMATS = Set.of(Format.M4A, Format.WAV, Format.MP3);

  /** The family's pages ask for 15 to 25 s between two reads of a task; a song takes about 30 s. */
  private static final Duration PACE = Duration.ofSeconds(15);

  /** No page states a length for {@code sound}, {@code instruction} or {@code lyrics}: ours. */
  private static final int MAX_TEXT = 5_000;

  private static final int MAX_LYRICS = 10_000;

  /** A range that every API takes which documents one for its seeds; none is stated here. */
  private static final int MAX_SEED = Integer.MAX_VALUE;

  /** In seconds. Longer than anything that it makes, for files that are given to it may be long. */
  private static final int MAX_TIME = 3_600;

  private static final Can PROMPT =
      Can.of().needs(Option.PROMPT, 1, MAX_TEXT).takes(Option.INSTRUMENTAL);

  private static final Can COMPOSE =
      Can.of()
          .takes(Option.TITLE, 1, 80)
          .takes(Option.LYRICS, 1, MAX_LYRICS)
          .needs(Option.SOUNDS, 1, 1)
          .needs(Option.PROMPT, 1, MAX_TEXT)
          .takes(Option.INSTRUMENTAL)
          .takes(Option.SEED, 0, MAX_SEED);

  // Of starts_at, ends_at, length and instruction only length has a documented default, so the
  // others are asked for rather than left out and found missing.
  private static final Can EXTEND =
      Can.of()
          .needs(Option.PROMPT, 1, MAX_TEXT)
          .needs(Option.AT, 0, MAX_TIME)
          .takes(Option.SECONDS, 1, 240)
          .from(Sources.ANY);

  private static final Can REPLACE =
      Can.of()
          .needs(Option.PROMPT, 1, MAX_TEXT)
          .needs(Option.START, 0, MAX_TIME)
          .needs(Option.END, 0, MAX_TIME)
          .from(Sources.ANY);

  private static final Can COVER =
      Can.of()
          .takes(Option.PROMPT, 1, MAX_TEXT)
          .takes(Option.LYRICS, 1, MAX_LYRICS)
          .takes(Option.COVER_STRENGTH)
          .from(Sources.ANY);

  /** Old names are accepted and quietly mapped to the one model that there is. */
  private static final List<String> MODELS =
      List.of(
          "FUZZ-2.0",
          "FUZZ-2.0 Pro",
          "FUZZ-2.0 Raw",
          "FUZZ-1.1 Pro",
          "FUZZ-1.1",
          "FUZZ-1.0 Pro",
          "FUZZ-1.0",
          "FUZZ-0.8",
          "FUZZ-3-Demo");

  private ProducerCapabilities() {}

  static Capabilities of(ProducerDialect dialect) {
    return switch (dialect) {
      case MUSICAPI ->
          capabilities(
              MODELS,
              Map.of(
                  Kind.PROMPT, PROMPT,
                  Kind.COMPOSE, COMPOSE,
                  Kind.EXTEND, EXTEND,
                  Kind.REPLACE, REPLACE,
                  Kind.COVER, COVER));
      case AIMUSICAPI ->
          capabilities(
              List.of(MODELS.getFirst()), Map.of(Kind.PROMPT, PROMPT, Kind.COMPOSE, COMPOSE));
    };
  }

  private static Capabilities capabilities(List<String> models, Map<Kind, Can> operations) {
    return new Capabilities(NAME, operations, FORMATS, models, true, PACE, FILE_HOSTS);
  }
}
