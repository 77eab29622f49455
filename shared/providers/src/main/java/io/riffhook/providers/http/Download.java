package io.riffhook.providers.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of a file. Where their connection is cut, they go on over another, as long as it is the
 * same version of the file and something comes each time: its reader sees one stream. Bounded in
 * bytes, in time, and in the silence between two reads.
 */
final class Download extends InputStream {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);

  private final Limits limits;
  private final Optional<Resume> resume;
  private final long deadline;
  private InputStream in;
  private OptionalLong total;
  private long position;
  private int resumes;

  /** Where it was resumed last; before the first byte, nothing has come yet. */
  private long resumedAt;

  /**
   * @param resume how to go on where it is cut; nothing where that cannot be
   */
  Download(Incoming answer, Limits limits, Optional<Resume> resume) {
    this.limits = limits;
    this.resume = resume;
    this.deadline = System.nanoTime() + limits.time().toNanos();
    this.in = new StallGuard(answer.body(), limits.stall());
    this.total = answer.length();
  }

  /**
   * Bounds of a download.
   *
   * @param bytes how long the file may be
   * @param time how long all of it may take
   * @param stall how long nothing may come
   * @param resumes how often it may be taken up again
   */
  record Limits(long bytes, Duration time, Duration stall, int resumes) {
    /** A function has 15 minutes: what ends in 12 can still be stored, or tried again. */
    static final Limits DEFAULT =
        new Limits(Downloads.MAX_BYTES, Duration.ofMinutes(12), Duration.ofSeconds(60), 3);
  }

  /** Opens the rest of the file. */
  @FunctionalInterface
  interface Resume {
    /**
     * All bytes from this one on.
     *
     * @throws IOException where they can't be had, or would be those of another version
     */
    Rest from(long position) throws IOException;
  }

  /**
   * The rest of a file.
   *
   * @param total how long the whole file is
   */
  record Rest(Incoming answer, long total) {}

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (System.nanoTime() - deadline > 0) {
      throw new IOException("took longer than " + limits.time().toMinutes() + " minutes");
    }
    int count = readOn(buffer, offset, length);
    position += Math.max(count, 0);
    if (position > limits.bytes()) {
      throw new IOException("is longer than " + limits.bytes() + " bytes");
    }
    return count;
  }

  /** Reads, over as many connections as it takes. */
  private int readOn(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException cut) {
        in.close();
        goOn(cut);
      }
    }
  }

  private void goOn(IOException cut) throws IOException {
    if (resume.isEmpty() || resumes == limits.resumes() || position == resumedAt) {
      throw cut;
    }
    resumes++;
    resumedAt = position;
    LOG.info("cut after {} bytes, resuming: {}", position, Exchange.describe(cut));
    try {
      Rest rest = resume.get().from(position);
      if (total.isPresent() && total.getAsLong() != rest.total()) {
        rest.answer().close();
        throw new IOException("the file has changed");
      }
      total = OptionalLong.of(rest.total());
      in = new StallGuard(rest.answer().body(), limits.stall());
    } catch (IOException e) {
      LOG.info("not resumed: {}", Exchange.describe(e));
      cut.addSuppressed(e);
      throw cut;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
