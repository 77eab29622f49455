package io.riffhook.domain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Bytes that must all arrive within a time. A read that begins later fails. */
final class TimedInput extends FilterInputStream {
  private final Duration time;
  private final Instant end;
  private final InstantSource clock;

  TimedInput(InputStream in, Duration time, InstantSource clock) {
    super(in);
    this.time = time;
    this.end = clock.instant().plus(time);
    this.clock = clock;
  }

  @Override
  public int read() throws IOException {
    check();
    return super.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    check();
    return super.read(buffer, offset, length);
  }

  private void check() throws IOException {
    if (clock.instant().isAfter(end)) {
      throw new IOException("took more than " + time.toSeconds() + " s");
    }
  }
}
