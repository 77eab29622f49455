package io.riffhook.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Looks whether results can be saved, before anything is paid for them. */
final class Writable {
  private Writable() {}

  /**
   * Makes a folder, if there is none, and looks whether files can be made in it.
   *
   * @throws CliException if not
   */
  static void folder(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".riffhook", ".tmp"));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE,
          "--out: nothing can be saved in %s (%s)".formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * Looks whether a file can be written; null stands for standard output.
   *
   * @throws CliException if not
   */
  static void file(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new CliException(ExitCode.USAGE, "--out: " + file + " is a folder, not a file");
    }
    if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(folder)) {
      throw new CliException(ExitCode.USAGE, "--out: " + file + " cannot be written");
    }
  }
}
