package io.riffhook.aws;

import io.riffhook.domain.BadContentException;
import io.riffhook.domain.Opened;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Reads a body part by part into one buffer, so that memory does not grow with its length, and adds
 * up its length and SHA-256 on the way.
 */
final class PartReader {
  private static final int NONE = -1;
  private static final String BYTES = "application/octet-stream";

  private final InputStream bytes;
  private final OptionalLong announced;
  private final MessageDigest digest = Sha256.digest();
  private final byte[] buffer;
  private int size;
  private long total;

  /** A byte read past the part, to know whether another part follows. */
  private int ahead = NONE;

  PartReader(Opened.Body body, int partSize) {
    bytes = body.bytes();
    announced = body.length();
    // A small file of known length gets a small buffer; one byte more than announced is noticed.
    long length = announced.orElse(partSize);
    buffer = new byte[length < partSize ? (int) length + 1 : partSize];
  }

  /**
   * Reads the next part over the last one. The first one may be empty.
   *
   * @throws BadContentException where the body is not as long as was announced
   */
  void next() throws BadContentException {
    size = 0;
    if (ahead != NONE) {
      buffer[size++] = (byte) ahead;
    }
    try {
      ahead = fill();
    } catch (IOException e) {
      throw new BadContentException(ended(total + size), e);
    }
    total += size;
    digest.update(buffer, 0, size);
    checkLength();
  }

  /** Whether another part follows the one that was read. */
  boolean hasNext() {
    return ahead != NONE;
  }

  /** Fills the buffer as far as the body goes, and gives the byte after it. */
  private int fill() throws IOException {
    // Not readNBytes: it does not tell how far it came where it throws.
    while (size < buffer.length) {
      int read = bytes.read(buffer, size, buffer.length - size);
      if (read < 0) {
        return NONE;
      }
      size += read;
    }
    return bytes.read();
  }

  private void checkLength() throws BadContentException {
    if (announced.isEmpty()) {
      return;
    }
    long read = total + (ahead == NONE ? 0 : 1);
    if (read > announced.getAsLong()) {
      throw new BadContentException("went on after all of its " + announced.getAsLong() + " bytes");
    }
    if (ahead == NONE && total < announced.getAsLong()) {
      throw new BadContentException(ended(total));
    }
  }

  private String ended(long read) {
    return announced.isPresent()
        ? "ended after " + read + " of " + announced.getAsLong() + " bytes"
        : "ended after " + read + " bytes";
  }

  /** The first bytes of the part. */
  byte[] head(int length) {
    return Arrays.copyOf(buffer, Math.min(length, size));
  }

  /** The part as what a request sends; it can be sent again until the next part is read. */
  RequestBody part() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(buffer, 0, size), size, BYTES);
  }

  /** How many bytes were read so far. */
  long total() {
    return total;
  }

  /** The SHA-256 of all that was read. May be asked once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
