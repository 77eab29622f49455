package io.riffhook.local.aws;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/** An AWS key pair. */
public record Credentials(String accessKeyId, String secretAccessKey) {

  /** A fresh pair for services that run in this process: the embedded S3 verifies signatures. */
  public static Credentials generate() {
    SecureRandom random = new SecureRandom();
    // Beginning so, it is known where it has no business to be: in a log, for instance.
    return new Credentials(
        "LOCAL" + hex(random, 8).toUpperCase(Locale.ROOT), "LocalSecret" + hex(random, 20));
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }

  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]";
  }
}
