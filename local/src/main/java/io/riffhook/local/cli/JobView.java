package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A job as the API shows it.
 *
 * @param json the whole of it
 */
record JobView(
    String id,
    Status status,
    String provider,
    OptionalInt progress,
    Optional<String> reason,
    List<SongView> songs,
    JsonNode json) {

  /** A song of it. */
  record SongView(String id, String title, OptionalDouble seconds, List<AssetView> assets) {
    static SongView of(JsonNode json) {
      return new SongView(
          json.path("id").asText(),
          json.path("title").asText(),
          json.hasNonNull("durationSeconds")
              ? OptionalDouble.of(json.path("durationSeconds").asDouble())
              : OptionalDouble.empty(),
          each(json.path("assets"))
              .map(AssetView::of)
              .sorted(Comparator.comparingInt(AssetView::rank).thenComparing(AssetView::name))
              .toList());
    }

    List<AssetView> stored() {
      return assets.stream().filter(AssetView::isStored).toList();
    }
  }

  /** One file of a song. */
  record AssetView(
      String name, String kind, String status, long bytes, String sha256, Optional<String> reason) {
    private static final List<String> KINDS =
        List.of("audio", "stem", "cover", "lyrics", "timings", "metadata");

    static AssetView of(JsonNode json) {
      return new AssetView(
          json.path("name").asText(),
          json.path("kind").asText(),
          json.path("status").asText(),
          json.path("bytes").asLong(),
          json.path("sha256").asText(),
          JobView.reason(json));
    }

    boolean isStored() {
      return status.equals("stored");
    }

    /** What a listener looks for first comes first. */
    private int rank() {
      int rank = KINDS.indexOf(kind);
      return rank < 0 ? KINDS.size() : rank;
    }

    boolean isSound() {
      return kind.equals("audio") || kind.equals("stem");
    }
  }

  static JobView of(JsonNode json) {
    return new JobView(
        json.path("id").asText(),
        Status.valueOf(json.path("status").asText()),
        json.path("provider").asText(),
        json.hasNonNull("progress")
            ? OptionalInt.of(json.path("progress").asInt())
            : OptionalInt.empty(),
        reason(json),
        each(json.path("songs")).map(SongView::of).toList(),
        json);
  }

  /** All files of all songs. */
  List<AssetView> assets() {
    return songs.stream().flatMap(song -> song.assets().stream()).toList();
  }

  private static Optional<String> reason(JsonNode json) {
    return json.has("reason")
        ? Optional.of(json.path("reason").path("detail").asText())
        : Optional.empty();
  }

  static Stream<JsonNode> each(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items.stream();
  }
}
