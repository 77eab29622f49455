package io.riffhook.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffhook.json.JsonTrees;
import io.riffhook.json.StrictText;
import io.riffhook.local.data.FileFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file that asks for many songs: prompts or submissions, one a line.
 *
 * @param jobs the bodies of the submissions
 * @param lines the number of the line that each stands in, 1 for the first
 */
record BatchFile(ArrayNode jobs, List<Integer> lines) {
  private static final JsonTrees JSON =
      new JsonTrees(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  BatchFile {
    lines = List.copyOf(lines);
  }

  /**
   * Reads the jobs, in UTF-8, or in UTF-16 if a byte order mark names it. Blank lines are skipped.
   *
   * @throws CliException if the file cannot be read, or lines of it; all of those are named
   */
  static BatchFile read(Path file) {
    boolean prompts = file.toString().endsWith(".txt");
    ArrayNode jobs = JsonNodeFactory.instance.arrayNode();
    List<Integer> numbers = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    List<byte[]> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        String line = text(lines.get(i)).strip();
        if (!line.isEmpty()) {
          jobs.add(
              prompts ? JsonNodeFactory.instance.objectNode().put("prompt", line) : document(line));
          numbers.add(i + 1);
        }
      } catch (BadLineException e) {
        errors.add("  line %d %s".formatted(i + 1, e.getMessage()));
      }
    }
    if (!errors.isEmpty()) {
      throw new CliException(
          ExitCode.USAGE,
          "%s cannot be used:%n%s".formatted(file, String.join(System.lineSeparator(), errors)));
    }
    if (jobs.isEmpty()) {
      throw new CliException(ExitCode.USAGE, file + " asks for no song");
    }
    return new BatchFile(jobs, numbers);
  }

  private static List<byte[]> lines(Path file) {
    byte[] text;
    try {
      text = StrictText.withoutMark(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.USAGE, "there is no file '" + file + "'", e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE, file + " cannot be read: " + FileFailures.reason(e), e);
    } catch (StrictText.NotTextException e) {
      throw new CliException(ExitCode.USAGE, file + " " + e.getMessage(), e);
    }
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int to = 0; to <= text.length; to++) {
      if (to == text.length || text[to] == '\n') {
        lines.add(Arrays.copyOfRange(text, from, to));
        from = to + 1;
      }
    }
    return lines;
  }

  private static String text(byte[] line) throws BadLineException {
    String text;
    try {
      text = StrictText.decode(line);
    } catch (StrictText.NotTextException e) {
      throw new BadLineException(String.valueOf(e.getMessage()));
    }
    if (text.indexOf(StrictText.REPLACEMENT) >= 0) {
      throw new BadLineException("holds U+FFFD, which stands for a character that was lost");
    }
    return text;
  }

  private static JsonNode document(String line) throws BadLineException {
    try {
      return JSON.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new BadLineException("is not JSON: " + e.getOriginalMessage());
    }
  }

  /** A line that asks for no song; its message continues a sentence about the line. */
  private static final class BadLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private BadLineException(String rule) {
      super(rule);
    }
  }
}
