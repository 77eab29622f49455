package io.riffhook.providers.http;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the signature schemes of webhooks have in common. */
public final class Signatures {
  /** How far a signed time may be off, either way: what receivers of these webhooks use. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";

  private Signatures() {}

  /** The HMAC-SHA256 (RFC 2104) of a message, given in parts, under a key of at least one byte. */
  public static byte[] hmac(byte[] key, byte[]... message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (byte[] part : message) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is in every Java platform", e);
    }
  }

  /**
   * Whether some bytes are one of those wanted. Takes as long whichever it is, and tells nothing of
   * how much of one was guessed.
   */
  public static boolean matches(byte[] given, List<byte[]> wanted) {
    boolean valid = false;
    for (byte[] each : wanted) {
      valid |= MessageDigest.isEqual(each, given);
    }
    return valid;
  }

  /** Whether a text is a time in Unix seconds that is near enough to when it came. */
  public static boolean isFresh(String unixSeconds, Instant at) {
    return unixSeconds.matches("[0-9]{1,15}")
        && Math.abs(Long.parseLong(unixSeconds) - at.getEpochSecond()) <= TOLERANCE.toSeconds();
  }
}
