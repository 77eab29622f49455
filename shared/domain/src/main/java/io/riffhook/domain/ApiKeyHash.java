package io.riffhook.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a key, which is all that is kept of it. A key is 32 random bytes, so unlike a
 * password it needs neither salt nor a slow hash: there is nothing to guess.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record ApiKeyHash(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public ApiKeyHash {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a key's hash is 64 hexadecimal digits in lower case");
    }
  }

  static ApiKeyHash of(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
      return new ApiKeyHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }

  /** The id of the key. */
  public ApiKeyId id() {
    return new ApiKeyId(hex.substring(0, ApiKeyId.LENGTH));
  }

  /** Whether both are the same, in a time that does not tell how far they agree. */
  boolean matches(ApiKeyHash other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return hex;
  }
}
