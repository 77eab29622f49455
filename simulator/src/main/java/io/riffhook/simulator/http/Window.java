package io.riffhook.simulator.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets a part of what is written through, and stops its writer behind it. */
final class Window extends FilterOutputStream {
  private long skip;
  private long left;

  /**
   * @param skip how many bytes are passed over first
   * @param left how many come through then
   */
  Window(OutputStream out, long skip, long left) {
    super(out);
    this.skip = skip;
    this.left = left;
  }

  boolean isFull() {
    return left == 0;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int skipped = (int) Math.min(skip, count);
    skip -= skipped;
    int allowed = (int) Math.min(left, count - skipped);
    out.write(bytes, from + skipped, allowed);
    left -= allowed;
    if (skipped + allowed < count) {
      throw new Full();
    }
  }

  /** All that is let through is written. */
  static final class Full extends IOException {
    private static final long serialVersionUID = 1L;

    private Full() {
      super("no more is let through");
    }
  }
}
