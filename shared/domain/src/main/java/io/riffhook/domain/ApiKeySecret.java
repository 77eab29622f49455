package io.riffhook.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key itself: {@code rk_} and, in base64url, 32 random bytes with a CRC-32 of all that stands
 * before it. The sum tells a typing error, or a key that was cut off, without a look into the
 * table, and lets tools that search code for secrets be sure of a find; it protects nothing.
 *
 * <p>It exists where it is made and where it is checked, is never written down, and does not show
 * in {@link #toString}.
 */
public final class ApiKeySecret {
  private static final String PREFIX = "rk_";
  private static final int RANDOM_BYTES = 32;

  // 36 bytes are 48 letters without a bit to spare, so no two texts stand for the same key.
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{48}");

  private final String text;

  private ApiKeySecret(String text) {
    this.text = text;
  }

  /** A new key. */
  public static ApiKeySecret generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return of(bytes);
  }

  static ApiKeySecret of(byte[] random) {
    byte[] bytes =
        ByteBuffer.allocate(RANDOM_BYTES + Integer.BYTES).put(random).putInt(sum(random)).array();
    return new ApiKeySecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The key in a text, or empty where it can be none. */
  public static Optional<ApiKeySecret> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
    byte[] random = Arrays.copyOf(bytes, RANDOM_BYTES);
    return ByteBuffer.wrap(bytes).getInt(RANDOM_BYTES) == sum(random)
        ? Optional.of(new ApiKeySecret(text))
        : Optional.empty();
  }

  /** Whether a text is meant as a key, right or wrong. */
  public static boolean looksLikeOne(String text) {
    return text.startsWith(PREFIX);
  }

  private static int sum(byte[] random) {
    CRC32 crc = new CRC32();
    crc.update(PREFIX.getBytes(StandardCharsets.US_ASCII));
    crc.update(random);
    return (int) crc.getValue();
  }

  /** What is kept of it. */
  public ApiKeyHash hash() {
    return ApiKeyHash.of(text);
  }

  /** The key, for the one who asked for it. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
