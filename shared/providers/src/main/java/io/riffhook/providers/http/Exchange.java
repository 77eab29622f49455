package io.riffhook.providers.http;

import io.riffhook.domain.WebUrl;
import io.riffhook.providers.http.Connector.Connection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request over a connection of its own, sent once: never repeated, and never over a connection
 * that was kept, which may have died while a function was frozen.
 *
 * @param <T> what the answer is read as
 */
final class Exchange<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int BUFFER = 16 * 1024;
  private static final int MAX_INFORMATIONAL = 16;
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setBufferSize(BUFFER)
          .setMaxLineLength(64 * 1024)
          .setMaxHeaderCount(256)
          .build();

  private final Connector connector;
  private final Outgoing request;
  private final Reader<T> reader;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);
  private final AtomicReference<Socket> held = new AtomicReference<>();

  private Exchange(Connector connector, Outgoing request, Reader<T> reader) {
    this.connector = connector;
    this.request = request;
    this.reader = reader;
  }

  private enum Phase {
    CONNECTING,
    /** From just before the first byte on. */
    SENDING,
    /** Before the first byte, and there will be none. */
    ABANDONED
  }

  /** Reads an answer, or takes it over; one that it throws for is closed. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Incoming answer) throws IOException;
  }

  /**
   * Sends a request and reads the answer.
   *
   * @param limit for all of it, from resolving the host's name until the reader is done
   */
  static <T> Outcome<T> of(
      Connector connector, Outgoing request, Duration limit, Reader<T> reader) {
    return new Exchange<>(connector, request, reader).within(limit);
  }

  /** In a thread of its own, for neither a resolver nor a socket can be waited for so long only. */
  private Outcome<T> within(Duration limit) {
    FutureTask<Outcome<T>> task = new FutureTask<>(this::run);
    Thread.ofPlatform().daemon().name("exchange").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return abandon()
          ? new Outcome.Unsent<>("no connection in " + limit.toSeconds() + " s")
          : new Outcome.Silent<>("no answer in " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      abandon();
      Thread.currentThread().interrupt();
      return new Outcome.Silent<>("interrupted");
    } catch (ExecutionException e) {
      return new Outcome.Silent<>(describe(e.getCause() == null ? e : e.getCause()));
    }
  }

  /** Ends whatever is going on; true where nothing was sent, and nothing will be. */
  private boolean abandon() {
    boolean unsent = phase.compareAndSet(Phase.CONNECTING, Phase.ABANDONED);
    Socket socket = held.get();
    if (socket != null) {
      close(socket);
    }
    return unsent;
  }

  private void hold(Socket socket) throws IOException {
    held.set(socket);
    if (phase.get() == Phase.ABANDONED) {
      socket.close();
      throw new IOException("it was given up");
    }
  }

  private Outcome<T> run() {
    Connection connection;
    try {
      connection = connector.open(request.uri(), this::hold);
    } catch (ForbiddenAddressException e) {
      return new Outcome.Forbidden<>(describe(e));
    } catch (UnknownHostException e) {
      return new Outcome.Unsent<>("its host is not known");
    } catch (SocketTimeoutException e) {
      return new Outcome.Unsent<>("no connection in time");
    } catch (ConnectException e) {
      // What it says differs with the platform, and holds the address on some.
      return new Outcome.Unsent<>(e.getClass().getSimpleName());
    } catch (IOException e) {
      return new Outcome.Unsent<>(describe(e));
    }
    if (!phase.compareAndSet(Phase.CONNECTING, Phase.SENDING)) {
      close(connection.raw());
      return new Outcome.Unsent<>("it was given up");
    }
    try {
      return new Outcome.Answered<>(reader.read(answer(connection)));
    } catch (IOException | HttpException | RuntimeException e) {
      close(connection.raw());
      return new Outcome.Silent<>(describe(e));
    }
  }

  private Incoming answer(Connection connection) throws IOException, HttpException {
    // Looks for an answer while it sends a large body: a server may refuse it half way.
    @SuppressWarnings("resource") // Its close() would wait for the rest of the answer.
    DefaultBHttpClientConnection http =
        new DefaultBHttpClientConnection(
            LIMITS,
            null,
            null,
            null,
            null,
            MonitoringResponseOutOfOrderStrategy.INSTANCE,
            null,
            null);
    if (connection.socket() instanceof SSLSocket secure) {
      http.bind(secure, connection.raw());
    } else {
      http.bind(connection.socket());
    }
    ClassicHttpRequest head = head();
    http.sendRequestHeader(head);
    if (head.getEntity() != null) {
      http.sendRequestEntity(head);
    }
    http.flush();
    ClassicHttpResponse response = http.receiveResponseHeader();
    for (int i = 0; response.getCode() < 200; i++) {
      if (i == MAX_INFORMATIONAL) {
        throw new IOException("it answers in preliminaries only");
      }
      response = http.receiveResponseHeader();
    }
    return incoming(http, response, connection.raw());
  }

  private ClassicHttpRequest head() {
    WebUrl url = WebUrl.require("the URL", request.uri().toString());
    BasicClassicHttpRequest head = new BasicClassicHttpRequest(request.method(), url.target());
    head.setHeader("Host", url.authority());
    head.setHeader("Connection", "close");
    head.setHeader("User-Agent", "riffhook");
    request.headers().forEach(head::setHeader);
    request
        .payload()
        .ifPresent(
            payload -> {
              head.setHeader("Content-Type", payload.type());
              head.setHeader("Content-Length", Long.toString(payload.bytes()));
              head.setEntity(new Sent(payload));
            });
    return head;
  }

  private static Incoming incoming(
      DefaultBHttpClientConnection http, ClassicHttpResponse response, Socket raw)
      throws IOException, HttpException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    int status = response.getCode();
    InputStream content = InputStream.nullInputStream();
    if (status != 204 && status != 304) {
      http.receiveResponseEntity(response);
      content = response.getEntity().getContent();
    }
    return new Incoming(status, Map.copyOf(headers), new Received(content, raw));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing a connection failed", e);
    }
  }

  /** What went wrong, in words. */
  static String describe(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** The body of an answer; to close it is to close the connection, without reading the rest. */
  private static final class Received extends FilterInputStream {
    private final Socket raw;

    private Received(InputStream content, Socket raw) {
      super(content);
      this.raw = raw;
    }

    @Override
    public void close() throws IOException {
      raw.close();
    }
  }

  /** The body of a request. */
  private static final class Sent extends AbstractHttpEntity {
    private final Outgoing.Payload payload;

    private Sent(Outgoing.Payload payload) {
      super(payload.type(), null, false);
      this.payload = payload;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[BUFFER];
      long left = payload.bytes();
      try (InputStream in = getContent()) {
        while (left > 0) {
          int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
          if (count < 0) {
            throw new IOException("the file to send ends " + left + " bytes too early");
          }
          out.write(buffer, 0, count);
          left -= count;
        }
      }
    }

    @Override
    public InputStream getContent() throws IOException {
      return payload.content().open();
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public long getContentLength() {
      return payload.bytes();
    }

    @Override
    public void close() {
      // Nothing is open between two uses.
    }
  }
}
