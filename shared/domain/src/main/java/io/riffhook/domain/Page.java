package io.riffhook.domain;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param next the cursor of the page after it, where there is one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** The most items of a page. */
  public static final int MAX = 100;

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Which page.
   *
   * @param limit how many items, 1 to {@link #MAX}
   * @param cursor where it begins; empty for the first
   */
  public record Request(int limit, Optional<String> cursor) {}

  /** The cursor is none that a page of this listing gave. */
  public static final class BadCursorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadCursorException() {
      super("cursor is not one that a page of this listing gave");
    }
  }
}
