package io.riffhook.simulation;

/** The process is gone: nothing of it runs any more, so nothing may catch this. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed(String where) {
    super(where, null, false, false);
  }
}
