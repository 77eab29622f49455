package io.riffhook.aws;

/** A service took only a part of a batch, however often it was asked. */
public final class IncompleteBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IncompleteBatchException(String message) {
    super(message);
  }

  public IncompleteBatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
