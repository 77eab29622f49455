package io.riffhook.providers.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a stream that gives nothing for a while: the JDK's client waits for the next byte for ever,
 * and a function that waits with it is paid for until its own time-out.
 */
final class StallGuard extends FilterInputStream {
  private static final Logger LOG = LoggerFactory.getLogger(StallGuard.class);

  private final long timeoutNanos;
  private volatile long waitingSince;
  private volatile boolean waiting;
  private volatile boolean closed;
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration timeout) {
    super(in);
    this.timeoutNanos = timeout.toNanos();
    watch(timeoutNanos);
  }

  private void watch(long nanos) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
  }

  private void look() {
    if (closed) {
      return;
    }
    // Only while its reader waits: one that is slow to come back is none of the server's faults.
    long left = waiting ? waitingSince + timeoutNanos - System.nanoTime() : timeoutNanos;
    if (left > 0) {
      watch(left);
      return;
    }
    stalled = true;
    try {
      in.close();
    } catch (IOException e) {
      LOG.debug("closing a stalled stream failed; its reader is told all the same", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    waiting = true;
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw stalled
          ? new IOException("nothing came for " + timeoutNanos / 1_000_000_000 + " s", e)
          : e;
    } finally {
      waiting = false;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    super.close();
  }
}
