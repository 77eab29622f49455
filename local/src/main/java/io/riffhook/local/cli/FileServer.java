package io.riffhook.local.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves one file to this machine until it is closed: uploads are fetched by URL. Its path cannot
 * be guessed, since others may have a login here.
 */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path file;
  private final String path;

  private FileServer(HttpServer server, Path file) {
    this.server = server;
    this.file = file;
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    this.path = "/" + HexFormat.of().formatHex(secret);
  }

  static FileServer of(Path file) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    FileServer one = new FileServer(HttpServer.create(new InetSocketAddress(loopback, 0), 0), file);
    one.server.createContext("/", one::answer);
    one.server.setExecutor(one.threads);
    one.server.start();
    return one;
  }

  /** Where the file is. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getRawPath().equals(path)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
      } else {
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        long length = Files.size(file);
        // To the server 0 means a length that is not known.
        exchange.sendResponseHeaders(200, length == 0 ? -1 : length);
        try (OutputStream body = exchange.getResponseBody()) {
          Files.copy(file, body);
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
