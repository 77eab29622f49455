package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Runs a function in this process. As on Lambda, an environment runs one invocation at a time: a
 * handler object is never called by two threads at once, and one that ran into its timeout is not
 * used again.
 */
final class HandlerRunner implements FunctionRunner {
  private final HandlerFactory handlers;
  private final ConcurrentLinkedDeque<RequestStreamHandler> idle = new ConcurrentLinkedDeque<>();

  HandlerRunner(HandlerFactory handlers) {
    this.handlers = handlers;
  }

  @Override
  public byte[] run(byte[] event, Context context) throws IOException {
    RequestStreamHandler last = idle.pollLast();
    RequestStreamHandler handler = last == null ? handlers.create() : last;
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(event), answer, context);
      return answer.toByteArray();
    } finally {
      if (context.getRemainingTimeInMillis() > 0) {
        idle.addLast(handler);
      }
    }
  }
}
