package io.riffhook.providers.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on loopback that does to each connection whatever a test says, to the byte. */
final class RawServer implements AfterEachCallback, AutoCloseable {
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Behaviour behaviour;

  RawServer(ServerSocketFactory factory, Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      listening = factory.createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Plain HTTP. */
  static RawServer plain(Behaviour behaviour) {
    return new RawServer(ServerSocketFactory.getDefault(), behaviour);
  }

  /** What is done with a connection; it is closed afterwards. */
  @FunctionalInterface
  interface Behaviour {
    void serve(RawServer server, Socket connection) throws IOException;

    /** Reads a request and answers with this text. */
    static Behaviour answering(String... lines) {
      return (server, connection) -> {
        server.request(connection);
        send(connection, String.join("\r\n", lines));
      };
    }
  }

  static void send(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().flush();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(connection));
      } catch (SocketException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      behaviour.serve(this, connection);
    } catch (IOException e) {
      // The other side went away first, as some tests want it to.
    }
  }

  /** Reads a request, head and body, and remembers it. */
  String request(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String text = "";
    while (!text.contains("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      bytes.write(next);
      text = bytes.toString(StandardCharsets.ISO_8859_1);
    }
    int at = text.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    if (at >= 0) {
      int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
      text += new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }
    requests.add(text);
    return text;
  }

  int port() {
    return listening.getLocalPort();
  }

  SocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** How many connections were made to it. */
  int connections() {
    return connections.get();
  }

  List<String> requests() {
    return requests;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
