package io.riffhook.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Decodes bytes as text without losing a character. Java's own conversion replaces what it cannot
 * decode by U+FFFD, and a prompt damaged in that way would be paid for.
 */
public final class StrictText {
  /** Stands for a character that could not be decoded, here or on the way to here. */
  public static final char REPLACEMENT = '\uFFFD';

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private StrictText() {}

  /** The bytes are not text in an encoding that is read. */
  public static final class NotTextException extends Exception {
    private static final long serialVersionUID = 1L;

    private NotTextException(String rule) {
      super(rule);
    }
  }

  /**
   * Decodes UTF-8, or UTF-16 if a byte order mark names it. The mark is not part of the text.
   *
   * @throws NotTextException if the bytes are not valid in that encoding, or hold a zero byte's
   *     character; its message continues a sentence whose subject is the file or body
   */
  public static String decode(byte[] bytes) throws NotTextException {
    String text =
        switch (mark(bytes)) {
          case 0xFEFF -> decode(bytes, StandardCharsets.UTF_16BE.newDecoder());
          case 0xFFFE -> decode(bytes, StandardCharsets.UTF_16LE.newDecoder());
          default -> decode(bytes, StandardCharsets.UTF_8.newDecoder());
        };
    if (text.indexOf('\0') >= 0) {
      throw new NotTextException(
          "holds a NUL character: it is not text, or UTF-16 without a byte order mark");
    }
    return text.startsWith(String.valueOf(BYTE_ORDER_MARK)) ? text.substring(1) : text;
  }

  /**
   * Removes the byte order mark, and converts UTF-16 named by one into UTF-8. Other bytes stay as
   * they are, so that a file can be split into lines and each be judged by {@link #decode}.
   *
   * @throws NotTextException if a mark names UTF-16 and the rest is not valid in it
   */
  public static byte[] withoutMark(byte[] bytes) throws NotTextException {
    return switch (mark(bytes)) {
      case 0xFEFF, 0xFFFE -> decode(bytes).getBytes(StandardCharsets.UTF_8);
      default ->
          bytes.length >= 3 && mark(bytes) == 0xEFBB && bytes[2] == (byte) 0xBF
              ? Arrays.copyOfRange(bytes, 3, bytes.length)
              : bytes;
    };
  }

  private static int mark(byte[] bytes) {
    return bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
  }

  private static String decode(byte[] bytes, CharsetDecoder decoder) throws NotTextException {
    decoder.onMalformedInput(CodingErrorAction.REPORT);
    decoder.onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int at = in.position();
      throw new NotTextException(
          String.format(
              Locale.ROOT,
              "is not valid %s: byte 0x%02X at position %d does not belong to any character",
              decoder.charset().name(),
              bytes[at],
              at + 1));
    }
    return out.flip().toString();
  }
}
