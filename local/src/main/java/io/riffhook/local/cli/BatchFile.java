package io.riffhook.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that asks for many songs: prompts or submissions, one a line. */
final class BatchFile {
  private static final JsonMapper JSON = new JsonMapper();

  private BatchFile() {}

  /**
   * The jobs that it asks for. Lines with nothing in them are none.
   *
   * @throws CliException if it cannot be read, or a line of it
   */
  static ArrayNode read(Path file) {
    boolean prompts = file.toString().endsWith(".txt");
    ArrayNode jobs = JsonNodeFactory.instance.arrayNode();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        jobs.add(
            prompts
                ? JsonNodeFactory.instance.objectNode().put("prompt", line)
                : submission(line, file, i + 1));
      }
    }
    if (jobs.isEmpty()) {
      throw new CliException(ExitCode.USAGE, file + " asks for no song");
    }
    return jobs;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, file + " cannot be read: " + e, e);
    }
  }

  private static JsonNode submission(String line, Path file, int number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new CliException(
          ExitCode.USAGE,
          "%s, line %d is not JSON: %s".formatted(file, number, e.getOriginalMessage()),
          e);
    }
  }
}
