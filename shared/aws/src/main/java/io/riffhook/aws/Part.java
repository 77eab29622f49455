package io.riffhook.aws;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A piece of a body in memory. One thread fills it, and then another may send it. To close it gives
 * its memory back, once, however often it is closed.
 */
final class Part implements AutoCloseable {
  private static final String BYTES = "application/octet-stream";

  private final byte[] buffer;
  private final Consumer<byte[]> giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CRC32 crc = new CRC32();
  private int size;

  /**
   * @param buffer holds the bytes
   * @param giveBack takes the buffer when it is not needed any more
   */
  Part(byte[] buffer, Consumer<byte[]> giveBack) {
    this.buffer = buffer;
    this.giveBack = giveBack;
  }

  /** The array that the bytes are in. */
  byte[] buffer() {
    return buffer;
  }

  /** How many bytes there are. */
  int size() {
    return size;
  }

  /** Whether nothing more fits. */
  boolean isFull() {
    return size == buffer.length;
  }

  /** Takes in what was written to the array after what there is. */
  void grow(int count) {
    crc.update(buffer, size, count);
    size += count;
  }

  /** The CRC-32 of the bytes, as S3 has it. */
  String crc32() {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  /** The first bytes. */
  byte[] head(int length) {
    return Arrays.copyOf(buffer, Math.min(length, size));
  }

  /** What a request sends, as often as it is repeated. */
  RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(buffer, 0, size), size, BYTES);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.accept(buffer);
    }
  }
}
