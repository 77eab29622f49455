package io.riffhook.simulator.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A reply's body, which can be written without being held.
 *
 * @param length its bytes
 * @param writer writes them
 */
public record Body(long length, Writer writer) {

  /** Writes a body. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of the body to {@code out}. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A part of this body.
   *
   * @param from its first byte
   * @param count how many bytes it has
   */
  public Body part(long from, long count) {
    return new Body(
        count,
        out -> {
          Window window = new Window(out, from, count);
          try {
            writer.writeTo(window);
          } catch (Window.Full e) {
            // The rest is not asked for.
          }
          if (!window.isFull()) {
            throw new IOException("the body ends before its part");
          }
        });
  }

  /** A body in memory. */
  public static Body of(byte[] bytes) {
    return new Body(bytes.length, out -> out.write(bytes));
  }
}
