package io.riffhook.processes;

import io.riffhook.local.template.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A function's code as Lambda unpacks it.
 *
 * @param function the function in the template
 * @param folder what Lambda calls {@code /var/task}
 * @param cache the classes as the JVM keeps them for a faster start, where it was made to
 */
public record FunctionCode(Function function, Path folder, Optional<Path> cache) {

  /**
   * Unpacks the zip that the template names.
   *
   * @param root the folder of the template
   * @param folder where to; it need not exist
   */
  public static FunctionCode unpack(Function function, Path root, Path folder) throws IOException {
    Path zip =
        root.resolve(
            function
                .codeUri()
                .orElseThrow(() -> new IllegalArgumentException(function.name() + " has no code")));
    Files.createDirectories(folder);
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.resolve("..").normalize());
          Files.copy(in, file);
        }
      }
    }
    return new FunctionCode(function, folder, Optional.empty());
  }

  /** The same code, started with what the JVM kept of an earlier start. */
  public FunctionCode withCache(Path file) {
    return new FunctionCode(function, folder, Optional.of(file));
  }
}
