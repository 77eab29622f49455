package io.riffhook.local.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as a user would give them. */
final class Sounds {
  private static final int RATE = 8_000;

  private Sounds() {}

  /** A second of silence. */
  static Path wav(Path folder) throws IOException {
    ByteBuffer wav = ByteBuffer.allocate(44 + RATE).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + RATE);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE);
    wav.putShort((short) 1).putShort((short) 8);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(RATE);
    while (wav.hasRemaining()) {
      wav.put((byte) 128);
    }
    return Files.write(folder.resolve("demo.wav"), wav.array());
  }

  /** A picture as far as its first bytes tell. */
  static Path picture(Path folder) throws IOException {
    byte[] head = {
      (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    return Files.write(folder.resolve("boat.png"), head);
  }
}
