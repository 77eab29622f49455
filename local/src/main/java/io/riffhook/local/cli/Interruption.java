package io.riffhook.local.cli;

/** Something to do when the process is told to end while something else is under way. */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  /** Has work done if the process is told to end before this is closed. */
  static Interruption then(Runnable work) {
    Thread hook = new Thread(work, "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already, and the process ends when it is through: nobody is to go on before that.
      awaitEnd();
    }
  }

  private static void awaitEnd() {
    boolean waiting = true;
    while (waiting) {
      try {
        Thread.currentThread().join();
        waiting = false;
      } catch (InterruptedException e) {
        // The end comes all the same.
      }
    }
  }
}
