package io.riffhook.bench;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Results in a folder: one JSON file for each benchmark. */
final class Results {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // What a record says of itself is not kept with it.
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final Path folder;

  Results(Path folder) {
    this.folder = folder;
  }

  /** The last result of a benchmark. */
  Optional<Result> find(String benchmark) throws IOException {
    Path file = file(benchmark);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), Result.class))
        : Optional.empty();
  }

  /** Keeps a result in place of the one before. */
  void save(Result result) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        file(result.benchmark()), JSON.writeValueAsString(result) + "\n", StandardCharsets.UTF_8);
  }

  private Path file(String benchmark) {
    return folder.resolve(benchmark + ".json");
  }
}
