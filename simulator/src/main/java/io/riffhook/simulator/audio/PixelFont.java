package io.riffhook.simulator.audio;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.Locale;

/**
 * Letters made of dots. Fonts differ between machines, and a small server has none; these are the
 * same everywhere.
 */
final class PixelFont {
  /** Width of a letter and the gap behind it, in dots. */
  static final int ADVANCE = 6;

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'-,.!? ";

  /**
   * Seven rows of five dots per letter, each row a number of which the highest of five bits is the
   * left dot.
   */
  private static final int[][] ROWS = {
    {14, 17, 17, 31, 17, 17, 17}, {30, 17, 17, 30, 17, 17, 30}, {14, 17, 16, 16, 16, 17, 14},
    {30, 17, 17, 17, 17, 17, 30}, {31, 16, 16, 30, 16, 16, 31}, {31, 16, 16, 30, 16, 16, 16},
    {14, 17, 16, 23, 17, 17, 15}, {17, 17, 17, 31, 17, 17, 17}, {14, 4, 4, 4, 4, 4, 14},
    {7, 2, 2, 2, 2, 18, 12}, {17, 18, 20, 24, 20, 18, 17}, {16, 16, 16, 16, 16, 16, 31},
    {17, 27, 21, 21, 17, 17, 17}, {17, 25, 21, 19, 17, 17, 17}, {14, 17, 17, 17, 17, 17, 14},
    {30, 17, 17, 30, 16, 16, 16}, {14, 17, 17, 17, 21, 18, 13}, {30, 17, 17, 30, 20, 18, 17},
    {15, 16, 16, 14, 1, 1, 30}, {31, 4, 4, 4, 4, 4, 4}, {17, 17, 17, 17, 17, 17, 14},
    {17, 17, 17, 17, 17, 10, 4}, {17, 17, 17, 21, 21, 27, 17}, {17, 17, 10, 4, 10, 17, 17},
    {17, 17, 10, 4, 4, 4, 4}, {31, 1, 2, 4, 8, 16, 31}, {14, 17, 19, 21, 25, 17, 14},
    {4, 12, 4, 4, 4, 4, 14}, {14, 17, 1, 2, 4, 8, 31}, {30, 1, 1, 14, 1, 1, 30},
    {2, 6, 10, 18, 31, 2, 2}, {31, 16, 30, 1, 1, 17, 14}, {14, 16, 30, 17, 17, 17, 14},
    {31, 1, 2, 4, 8, 8, 8}, {14, 17, 17, 14, 17, 17, 14}, {14, 17, 17, 15, 1, 1, 14},
    {4, 4, 8, 0, 0, 0, 0}, {0, 0, 0, 14, 0, 0, 0}, {0, 0, 0, 0, 4, 4, 8},
    {0, 0, 0, 0, 0, 12, 12}, {4, 4, 4, 4, 4, 0, 4}, {14, 17, 1, 2, 4, 0, 4},
    {0, 0, 0, 0, 0, 0, 0}
  };

  private PixelFont() {}

  /** Draws a line of text, its top left corner at x and y, each dot {@code size} pixels apart. */
  static void draw(Graphics2D graphics, String text, double x, double y, double size) {
    String letters = text.toUpperCase(Locale.ROOT);
    for (int index = 0; index < letters.length(); index++) {
      int letter = LETTERS.indexOf(letters.charAt(index));
      int[] rows = ROWS[letter < 0 ? ROWS.length - 1 : letter];
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; column < 5; column++) {
          if ((rows[row] >> (4 - column) & 1) == 1) {
            double left = x + (index * ADVANCE + column) * size;
            graphics.fill(new Ellipse2D.Double(left, y + row * size, size * 0.92, size * 0.92));
          }
        }
      }
    }
  }
}
