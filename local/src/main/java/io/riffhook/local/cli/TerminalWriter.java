package io.riffhook.local.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * Prints text that others wrote, such as titles and error messages of providers, without letting it
 * steer the terminal. Control characters and characters that change the direction of text are
 * printed as JSON escapes them ({@code \}{@code u001b}), so JSON stays the same JSON.
 */
final class TerminalWriter extends PrintWriter {
  /**
   * Prints to another writer.
   *
   * @param flush whether each line is flushed
   */
  TerminalWriter(Writer out, boolean flush) {
    super(out, flush);
  }

  /** The writer itself if it is one of these, else one around it. */
  static TerminalWriter over(PrintWriter writer) {
    return writer instanceof TerminalWriter same ? same : new TerminalWriter(writer, false);
  }

  /** Prints a sequence of our own that does steer the terminal. */
  void control(String sequence) {
    super.write(sequence, 0, sequence.length());
  }

  @Override
  public void write(int character) {
    write(String.valueOf((char) character), 0, 1);
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    write(new String(characters, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) {
    String clean = clean(text.substring(offset, offset + length));
    super.write(clean, 0, clean.length());
  }

  private static String clean(String text) {
    if (text.chars().noneMatch(TerminalWriter::steers)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.chars()
        .forEach(
            character -> {
              if (steers(character)) {
                clean.append(String.format(Locale.ROOT, "\\u%04x", character));
              } else {
                clean.append((char) character);
              }
            });
    return clean.toString();
  }

  /**
   * Control characters but the line feed and the tab, and the controls of the Unicode bidirectional
   * algorithm (UAX #9) and line separators, with which a text can show another than it is.
   */
  private static boolean steers(int character) {
    return switch (character) {
      case '\n', '\t' -> false;
      case 0x061C, 0x200E, 0x200F, 0x2028, 0x2029 -> true;
      default ->
          Character.isISOControl(character)
              || (character >= 0x202A && character <= 0x202E)
              || (character >= 0x2066 && character <= 0x2069);
    };
  }
}
