package io.riffhook.aws;

/**
 * A queue message that nobody can act on, however often it comes: it is to be dropped, and told.
 */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String what) {
    super("a queue message cannot be understood: " + what);
  }
}
