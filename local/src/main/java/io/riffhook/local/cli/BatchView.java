package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A batch, as the API shows it.
 *
 * @param counts how many of its jobs ended how; empty until all have
 */
record BatchView(
    String id, boolean isOver, int total, int running, int ended, Map<String, Integer> counts) {
  BatchView {
    counts = Map.copyOf(counts);
  }

  static BatchView of(JsonNode json) {
    Map<String, Integer> counts = new TreeMap<>();
    json.path("counts")
        .properties()
        .forEach(each -> counts.put(each.getKey(), each.getValue().asInt()));
    return new BatchView(
        json.path("id").asText(),
        json.path("status").asText().equals("ENDED"),
        json.path("total").asInt(),
        json.path("running").asInt(),
        json.path("ended").asInt(),
        counts);
  }

  /** What the process is to end with: the worst that happened to any job. */
  int exitCode() {
    if (counts.getOrDefault("READY", 0) == total) {
      return ExitCode.OK;
    }
    return counts.getOrDefault("READY", 0) + counts.getOrDefault("REJECTED", 0) == total
        ? ExitCode.REJECTED
        : ExitCode.FAILED;
  }
}
