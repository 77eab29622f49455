package io.riffhook.simulator.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A WAV file of any length, written without being held: the sound is repeated, or cut, until the
 * file has its size.
 *
 * @param pcm the sound
 * @param bytes the size of the whole file, 48 to 4,294,967,292 (the format's sizes have 32 bits), a
 *     multiple of 4
 */
public record WavFile(Pcm pcm, long bytes) {
  /** What comes before the samples. */
  public static final int HEADER_BYTES = 44;

  private static final long LARGEST = 0xFFFF_FFFCL;
  private static final int CHUNK = 1 << 16;

  public WavFile {
    if (bytes < HEADER_BYTES + Pcm.FRAME_BYTES || bytes > LARGEST || bytes % Pcm.FRAME_BYTES != 0) {
      throw new IllegalArgumentException(
          "bytes must be 48 to 4294967292 and a multiple of 4, is " + bytes);
    }
  }

  /** The sound once. */
  public static WavFile of(Pcm pcm) {
    return new WavFile(pcm, HEADER_BYTES + (long) pcm.frames() * Pcm.FRAME_BYTES);
  }

  /** Writes the file. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(header());
    byte[] chunk = new byte[CHUNK];
    int frame = 0;
    for (long left = bytes - HEADER_BYTES; left > 0; ) {
      int frames = pcm.copy(frame, chunk, 0);
      int count = (int) Math.min(left, (long) frames * Pcm.FRAME_BYTES);
      out.write(chunk, 0, count);
      left -= count;
      frame = (frame + frames) % pcm.frames();
    }
  }

  /** RIFF, a {@code fmt} chunk for plain PCM, and the head of the {@code data} chunk. */
  private byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) (bytes - 8))
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 2)
        .putInt(Pcm.RATE)
        .putInt(Pcm.RATE * Pcm.FRAME_BYTES)
        .putShort((short) Pcm.FRAME_BYTES)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) (bytes - HEADER_BYTES))
        .array();
  }
}
