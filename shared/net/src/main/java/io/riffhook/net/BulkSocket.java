package io.riffhook.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;

/**
 * A socket for requests and answers of many bytes, under TLS. The JDK's TLS makes two system calls
 * for each record of 16 KiB that it reads and one for each that it writes, which is a third of what
 * a transfer costs; this one reads ahead, and writes behind.
 *
 * <p>What is written goes out when there is a buffer full of it, and when something is read: {@code
 * flush} does nothing, for TLS calls it after each record. So it is for protocols in which whoever
 * has written waits for an answer, as HTTP/1.1. What has not gone out when it is closed never does;
 * closing never waits. No proxy is used. One thread at a time may use it, another may close it.
 */
public final class BulkSocket extends Socket {
  /** As much as the JDK gives to the system at once. */
  private static final int BUFFER = 128 * 1024;

  private final Behind behind = new Behind();
  private final Ahead ahead = new Ahead();

  /** One that is not connected. */
  public BulkSocket() {
    super(Proxy.NO_PROXY);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    ahead.in = super.getInputStream();
    return ahead;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    behind.out = super.getOutputStream();
    return behind;
  }

  private final class Ahead extends InputStream {
    private final byte[] buffer = new byte[BUFFER];
    private InputStream in = InputStream.nullInputStream();
    private int next;
    private int end;

    @Override
    public int read() throws IOException {
      return fill() ? buffer[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, end - next);
      System.arraycopy(buffer, next, to, offset, count);
      next += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (next < end) {
        return true;
      }
      behind.push();
      int count = in.read(buffer, 0, buffer.length);
      next = 0;
      end = Math.max(count, 0);
      return count > 0;
    }

    @Override
    public int available() throws IOException {
      return next < end ? end - next : in.available();
    }

    @Override
    public void close() throws IOException {
      BulkSocket.this.close();
    }
  }

  private final class Behind extends OutputStream {
    private final byte[] buffer = new byte[BUFFER];
    private OutputStream out = OutputStream.nullOutputStream();
    private int size;

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        int count = Math.min(length - done, buffer.length - size);
        System.arraycopy(from, offset + done, buffer, size, count);
        size += count;
        done += count;
        if (size == buffer.length) {
          push();
        }
      }
    }

    private void push() throws IOException {
      if (size > 0) {
        int count = size;
        size = 0;
        out.write(buffer, 0, count);
      }
    }

    @Override
    public void close() throws IOException {
      BulkSocket.this.close();
    }
  }
}
