package io.riffhook.aws;

import io.riffhook.net.BulkSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.apache.hc.core5.http.io.EofSensorWatcher;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The SDK's transport: HTTP/1.1 by Apache HttpCore, which providers are spoken to with as well,
 * over sockets that are made for many bytes. The SDK's own smallest one hands a body to TLS in
 * pieces of 4 KB, each of which becomes a record that is encrypted and sent by itself; sends the
 * head of a request before its body; and asks the socket for each kept connection whether it is
 * open, which costs an exception. Signatures, retries and errors are the SDK's, as ever. No proxy
 * is used. Safe for use by several threads.
 */
final class HttpCoreClient implements SdkHttpClient {
  private static final int BUFFER = 16 * 1024;

  /** Longer than this and a server, or the freeze of a function, may have ended the connection. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(5);

  /** Within this, the SDK's second try is cheaper than to ask the socket each time. */
  private static final Duration SURELY_OPEN = Duration.ofSeconds(1);

  /** How long to wait for a server to say that a body may come, before it is sent unasked. */
  private static final Timeout CONTINUE = Timeout.ofSeconds(1);

  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(BUFFER).build();

  private final Duration connect;
  private final Duration read;
  private final Supplier<SSLSocketFactory> tls;
  private final InstantSource clock;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param connect how long it may take to connect
   * @param read how long to wait for the next bytes of an answer
   */
  HttpCoreClient(Duration connect, Duration read) {
    // Asked for when it is needed, for reading all certificates takes a while.
    this(
        connect,
        read,
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
        InstantSource.system());
  }

  /**
   * @param clock the time of day: it goes on while a function is frozen, or lies in a snapshot
   */
  HttpCoreClient(
      Duration connect, Duration read, Supplier<SSLSocketFactory> tls, InstantSource clock) {
    this.connect = connect;
    this.read = read;
    this.tls = tls;
    this.clock = clock;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  @Override
  public String clientName() {
    return "HttpCore";
  }

  @Override
  public void close() {
    for (Connection each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }

  /** A connection that is as good as new, or a new one. */
  private Connection connection(URI uri) throws IOException {
    for (Connection each = idle.poll(); each != null; each = idle.poll()) {
      if (each.isFor(uri) && each.isOpen(clock.instant())) {
        return each;
      }
      each.close();
    }
    return Connection.open(uri, connect, read, tls, clock.instant());
  }

  /** One request and its answer. */
  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final AtomicReference<@Nullable Connection> used = new AtomicReference<>();

    private Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      Connection connection = connection(request.httpRequest().getUri());
      used.set(connection);
      try {
        return answer(connection);
      } catch (HttpException e) {
        connection.close();
        throw new IOException("not HTTP", e);
      } catch (IOException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }

    private HttpExecuteResponse answer(Connection connection) throws IOException, HttpException {
      BasicClassicHttpRequest head = head();
      Exchanged exchanged = connection.exchange(head);
      ClassicHttpResponse response = exchanged.response();
      SdkHttpFullResponse.Builder answer =
          SdkHttpFullResponse.builder()
              .statusCode(response.getCode())
              .statusText(response.getReasonPhrase());
      for (Header header : response.getHeaders()) {
        answer.appendHeader(header.getName(), header.getValue());
      }
      boolean reusable =
          exchanged.isWhole()
              && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                  head, response, HttpCoreContext.create());
      if (hasNoBody(head, response)) {
        // Nobody would read it to its end.
        release(connection, reusable);
        return HttpExecuteResponse.builder().response(answer.build()).build();
      }
      connection.http().receiveResponseEntity(response);
      return HttpExecuteResponse.builder()
          .response(answer.build())
          .responseBody(
              AbortableInputStream.create(
                  new EofSensorInputStream(
                      response.getEntity().getContent(), new Ending(connection, reusable)),
                  connection::close))
          .build();
    }

    private static boolean hasNoBody(BasicClassicHttpRequest head, ClassicHttpResponse response) {
      Header length = response.getFirstHeader("Content-Length");
      return head.getMethod().equals("HEAD")
          || response.getCode() == 204
          || response.getCode() == 304
          || (length != null && length.getValue().equals("0"));
    }

    private BasicClassicHttpRequest head() {
      SdkHttpRequest http = request.httpRequest();
      URI uri = http.getUri();
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      BasicClassicHttpRequest head =
          new BasicClassicHttpRequest(
              http.method().name(),
              uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
      http.forEachHeader((name, values) -> values.forEach(value -> head.addHeader(name, value)));
      if (!head.containsHeader("If-None-Match")) {
        // Nothing but a condition has a body refused, and to ask costs a round trip for each part.
        head.removeHeaders("Expect");
      }
      if (!head.containsHeader("Host")) {
        head.addHeader("Host", uri.getRawAuthority());
      }
      request
          .contentStreamProvider()
          .ifPresent(content -> head.setEntity(new Sent(content, length(http))));
      return head;
    }

    private static long length(SdkHttpRequest http) {
      return http.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
    }

    @Override
    public void abort() {
      Connection connection = used.get();
      if (connection != null) {
        connection.close();
      }
    }
  }

  private void release(Connection connection, boolean reusable) {
    if (reusable) {
      idle.push(connection.idle(clock.instant()));
    } else {
      connection.close();
    }
  }

  /**
   * An answer.
   *
   * @param isWhole whether all of the request was sent before it
   */
  private record Exchanged(ClassicHttpResponse response, boolean isWhole) {}

  /**
   * One connection, to one host.
   *
   * @param since when it was used last
   */
  private record Connection(
      String scheme,
      String authority,
      Socket raw,
      DefaultBHttpClientConnection http,
      Instant since) {

    static Connection open(
        URI uri, Duration connect, Duration read, Supplier<SSLSocketFactory> tls, Instant now)
        throws IOException {
      boolean secure = "https".equals(uri.getScheme());
      int defaultPort = secure ? 443 : 80;
      int port = uri.getPort() == -1 ? defaultPort : uri.getPort();
      Socket raw = new BulkSocket();
      try {
        raw.connect(
            new InetSocketAddress(uri.getHost(), port), Math.toIntExact(connect.toMillis()));
        raw.setTcpNoDelay(true);
        raw.setSoTimeout(Math.toIntExact(read.toMillis()));
        DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(CONFIG);
        if (secure) {
          http.bind(secure(raw, uri.getHost(), port, tls.get()), raw);
        } else {
          http.bind(raw);
        }
        http.setSocketTimeout(Timeout.of(read));
        return new Connection(uri.getScheme(), uri.getRawAuthority(), raw, http, now);
      } catch (IOException e) {
        raw.close();
        throw e;
      }
    }

    private static SSLSocket secure(Socket raw, String host, int port, SSLSocketFactory tls)
        throws IOException {
      SSLSocket socket = (SSLSocket) tls.createSocket(raw, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      // Without this the certificate could be anybody's.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    }

    boolean isFor(URI uri) {
      return scheme.equals(uri.getScheme()) && authority.equals(uri.getRawAuthority());
    }

    /** Whether the server may be taken to hold it open; a clock that was set back tells nothing. */
    boolean isOpen(Instant now) throws IOException {
      Duration idle = Duration.between(since, now);
      if (idle.isNegative() || idle.compareTo(MAX_IDLE) >= 0) {
        return false;
      }
      return idle.compareTo(SURELY_OPEN) < 0 || !http.isStale();
    }

    Connection idle(Instant now) {
      return new Connection(scheme, authority, raw, http, now);
    }

    Exchanged exchange(BasicClassicHttpRequest head) throws IOException, HttpException {
      http.sendRequestHeader(head);
      http.flush();
      if (head.getEntity() != null) {
        if (head.containsHeader("Expect") && http.isDataAvailable(CONTINUE)) {
          ClassicHttpResponse early = http.receiveResponseHeader();
          if (early.getCode() >= 200) {
            return new Exchanged(early, false);
          }
        }
        http.sendRequestEntity(head);
      }
      http.flush();
      ClassicHttpResponse response = http.receiveResponseHeader();
      while (response.getCode() < 200) {
        response = http.receiveResponseHeader();
      }
      return new Exchanged(response, true);
    }

    void close() {
      try {
        raw.close();
      } catch (IOException e) {
        throw new UncheckedIOException("closing a socket failed", e);
      }
    }
  }

  /** The body of a request. */
  private static final class Sent extends AbstractHttpEntity {
    private final ContentStreamProvider content;
    private final long length;

    private Sent(ContentStreamProvider content, long length) {
      super((String) null, null, false);
      this.content = content;
      this.length = length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = getContent()) {
        in.transferTo(out);
      }
    }

    @Override
    public InputStream getContent() {
      return content.newStream();
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public long getContentLength() {
      return length;
    }

    @Override
    public void close() {
      // Nothing is open between two uses.
    }
  }

  /** What becomes of an answer's connection: it is used again once all of the body was read. */
  private final class Ending implements EofSensorWatcher {
    private final Connection connection;
    private final boolean reusable;

    private Ending(Connection connection, boolean reusable) {
      this.connection = connection;
      this.reusable = reusable;
    }

    @Override
    public boolean eofDetected(InputStream body) {
      release(connection, reusable);
      return false;
    }

    /** Without reading the rest, for that may be long. */
    @Override
    public boolean streamClosed(InputStream body) {
      connection.close();
      return false;
    }

    @Override
    public boolean streamAbort(InputStream body) {
      connection.close();
      return false;
    }
  }
}
