package io.riffhook.aws;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * All memory that parts may take: so many buffers, used again and again. Who needs one when all are
 * taken waits, and so does whoever sends the bytes. Safe for use by several threads.
 */
final class PartBuffers {
  /** One fills while the other is sent. */
  private static final int FEWEST = 2;

  /** S3 takes this many from one function faster than any provider gives them. */
  private static final int MOST = 8;

  private final int size;
  private final Semaphore free;
  private final Deque<byte[]> used = new ArrayDeque<>();

  /** As many as fit into half of the memory that this JVM may have, and no more than are of use. */
  static PartBuffers ofThisProcess(int size) {
    long most = Runtime.getRuntime().maxMemory() / 2 / size;
    return new PartBuffers(size, Math.clamp(most, FEWEST, MOST));
  }

  /**
   * @param size of each, in bytes
   * @param most how many there may be
   */
  PartBuffers(int size, int most) {
    this.size = size;
    this.free = new Semaphore(most, true);
  }

  /** A part for any number of bytes up to a buffer's size. It waits for a buffer that is free. */
  Part part() {
    return new Part(take(), this::giveBack);
  }

  /**
   * A part for a file that is announced with a length, with a byte more to notice when it goes on.
   */
  Part part(long length) {
    return length + 1 < size ? new Part(new byte[(int) length + 1], _ -> {}) : part();
  }

  private byte[] take() {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
    synchronized (used) {
      byte[] buffer = used.poll();
      return buffer == null ? new byte[size] : buffer;
    }
  }

  private void giveBack(byte[] buffer) {
    synchronized (used) {
      used.push(buffer);
    }
    free.release();
  }
}
