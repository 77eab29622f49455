package io.riffhook.aws;

import io.riffhook.domain.BadContentException;
import io.riffhook.domain.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * Reads a body part by part, and adds up its length and SHA-256 on the way, while the bytes are
 * still in the processor's cache.
 */
final class PartReader {
  private static final int NONE = -1;

  private final InputStream bytes;
  private final OptionalLong announced;
  private final PartBuffers buffers;
  private final MessageDigest digest = Sha256.digest();
  private long total;

  /** A byte read past the part, to know whether another part follows. */
  private int ahead = NONE;

  PartReader(Opened.Body body, PartBuffers buffers) {
    this.bytes = body.bytes();
    this.announced = body.length();
    this.buffers = buffers;
  }

  /**
   * Reads the next part, which the caller closes. The first one may be empty.
   *
   * @throws BadContentException where the body is not as long as was announced
   */
  Part next() throws BadContentException {
    Part part = announced.isPresent() ? buffers.part(announced.getAsLong()) : buffers.part();
    try {
      fill(part);
      checkLength();
      return part;
    } catch (BadContentException | RuntimeException | Error e) {
      part.close();
      throw e;
    }
  }

  /** Whether another part follows the one that was read. */
  boolean hasNext() {
    return ahead != NONE;
  }

  /** Fills the part as far as the body goes, and takes the byte after it. */
  private void fill(Part part) throws BadContentException {
    if (ahead != NONE) {
      part.buffer()[0] = (byte) ahead;
      took(part, 1);
      ahead = NONE;
    }
    try {
      // Not readNBytes: it does not tell how far it came where it throws.
      while (!part.isFull()) {
        int read = bytes.read(part.buffer(), part.size(), part.buffer().length - part.size());
        if (read < 0) {
          return;
        }
        took(part, read);
      }
      ahead = bytes.read();
    } catch (IOException e) {
      throw new BadContentException(ended(total), e);
    }
  }

  private void took(Part part, int count) {
    digest.update(part.buffer(), part.size(), count);
    part.grow(count);
    total += count;
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

  /** How many bytes were read so far. */
  long total() {
    return total;
  }

  /** The SHA-256 of all that was read. May be asked once, at the end. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
