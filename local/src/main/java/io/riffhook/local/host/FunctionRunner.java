package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.Context;

/** Runs the invocations of one function. Safe for use by many threads. */
@FunctionalInterface
public interface FunctionRunner {

  /**
   * Runs one invocation, on the caller's thread.
   *
   * @return the function's answer
   * @throws Exception what the function threw, or why it could not be run to its end
   */
  byte[] run(byte[] event, Context context) throws Exception;

  /** How many invocations it runs at a time; what comes beyond that waits. */
  default int concurrency() {
    return Integer.MAX_VALUE;
  }
}
