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

  /** A body in memory. */
  public static Body of(byte[] bytes) {
    return new Body(bytes.length, out -> out.write(bytes));
  }
}
