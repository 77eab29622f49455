package io.riffhook.providers.standard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The mappings that the page of the standard provider shows. */
final class Mappings {
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");

  private Mappings() {}

  static List<String> ofThePage() {
    try {
      return JSON.matcher(Files.readString(page()))
          .results()
          .map((MatchResult block) -> block.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Wherever below the repository the test runs. */
  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/standard-provider.md"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("not below the repository");
      }
    }
    return folder.resolve("docs/standard-provider.md");
  }
}
