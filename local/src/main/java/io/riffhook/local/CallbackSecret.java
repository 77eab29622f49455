package io.riffhook.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The secret that signs callback tokens where none is given: kept with the data, since jobs outlive
 * the process.
 */
final class CallbackSecret {
  private CallbackSecret() {}

  static String of(Optional<Path> data) throws IOException {
    if (data.isEmpty()) {
      return generate();
    }
    Path file = Files.createDirectories(data.get()).resolve("callback-secret");
    if (Files.notExists(file)) {
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (posix) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, generate());
    }
    return Files.readString(file).strip();
  }

  private static String generate() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
