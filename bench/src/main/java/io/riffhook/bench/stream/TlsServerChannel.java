package io.riffhook.bench.stream;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/**
 * The server's end of a TLS connection, with as few system calls as there can be: the servers share
 * one core, and must not be what a client waits for.
 */
final class TlsServerChannel implements Closeable {
  /** Some records at once. */
  private static final int NET = 512 * 1024;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer in = ByteBuffer.allocateDirect(NET);
  private final ByteBuffer out = ByteBuffer.allocateDirect(NET);
  private final ByteBuffer encrypted = ByteBuffer.allocate(NET);
  private final ByteBuffer sealed = ByteBuffer.allocate(NET);

  TlsServerChannel(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    encrypted.limit(0);
  }

  /**
   * Reads into a buffer, as much as has come.
   *
   * @return how many bytes, or -1 at the end
   */
  int read(ByteBuffer to) throws IOException {
    int before = to.position();
    while (true) {
      SSLEngineResult result = engine.unwrap(encrypted, to);
      switch (result.getStatus()) {
        case OK -> {
          handshake(result);
          if (result.bytesConsumed() == 0
              && result.bytesProduced() == 0
              && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
              && !encrypted.hasRemaining()) {
            if (to.position() > before) {
              return to.position() - before;
            }
            if (!fill()) {
              return -1;
            }
          }
        }
        case BUFFER_UNDERFLOW -> {
          if (to.position() > before) {
            return to.position() - before;
          }
          if (!fill()) {
            return -1;
          }
        }
        case BUFFER_OVERFLOW -> {
          if (to.position() == before) {
            throw new IOException("the buffer is too small for a record");
          }
          return to.position() - before;
        }
        case CLOSED -> {
          return to.position() > before ? to.position() - before : -1;
        }
      }
    }
  }

  private void handshake(SSLEngineResult result) throws IOException {
    switch (result.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
          write(ByteBuffer.allocate(0));
        }
      }
      case NEED_WRAP -> write(ByteBuffer.allocate(0));
      default -> {
        // There is no more to do.
      }
    }
  }

  private boolean fill() throws IOException {
    encrypted.compact();
    in.clear().limit(encrypted.remaining());
    if (channel.read(in) < 0) {
      encrypted.flip();
      return false;
    }
    encrypted.put(in.flip()).flip();
    return true;
  }

  /** Writes all of a buffer. */
  void write(ByteBuffer from) throws IOException {
    do {
      SSLEngineResult result = engine.wrap(from, sealed);
      if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
        throw new EOFException("closed");
      }
      if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
        flush();
      }
    } while (from.hasRemaining()
        || engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP);
    flush();
  }

  private void flush() throws IOException {
    out.clear().put(sealed.flip()).flip();
    sealed.clear();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
