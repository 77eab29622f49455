package io.riffhook.domain;

/** Bytes that are not what they should be: cut short, or of another kind. */
public final class BadContentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public BadContentException(String message) {
    this(message, Fault.BROKEN);
  }

  public BadContentException(String message, Fault fault) {
    super(message);
    this.fault = fault;
  }

  public BadContentException(String message, Throwable cause) {
    super(message, cause);
    fault = Fault.BROKEN;
  }

  /** What is wrong with the bytes. */
  public Fault fault() {
    return fault;
  }

  /** What is wrong with some bytes. */
  public enum Fault {
    /** Empty, cut, or not as long as announced. The next try may get all. */
    BROKEN,
    /** A page, a document, or of no known kind. A server in error sends such, for a while. */
    PAGE,
    /** A file of a known kind, which is not the expected one. */
    OTHER_KIND
  }
}
