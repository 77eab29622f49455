package io.riffhook.providers.http;

import io.riffhook.domain.WebUrl;
import io.riffhook.net.BulkSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections: over TLS to addresses that are public, in plain to loopback, and to no other.
 * A host's name is resolved once; the address that was looked at is the one that is connected to,
 * so a name that means something else the next time (DNS rebinding) gains nothing. No proxy is
 * used, for it would resolve the name again. Safe for use by several threads.
 */
final class Connector {
  private final Duration limit;
  private final Supplier<SSLSocketFactory> tls;
  private final Dialer dialer;

  /**
   * @param limit how long it may take to reach one address
   */
  Connector(Duration limit) {
    this(limit, Connector::trusted, Socket::connect);
  }

  Connector(Duration limit, Supplier<SSLSocketFactory> tls, Dialer dialer) {
    this.limit = limit;
    this.tls = tls;
    this.dialer = dialer;
  }

  /** As the JDK trusts. Asked for when it is needed, for reading all certificates takes a while. */
  private static SSLSocketFactory trusted() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  /** Connects a socket, as {@link Socket#connect(SocketAddress, int)} does. */
  @FunctionalInterface
  interface Dialer {
    void connect(Socket socket, SocketAddress address, int millis) throws IOException;
  }

  /** Is told of each socket before it is connected, so that it can be closed meanwhile. */
  @FunctionalInterface
  interface Holder {
    void hold(Socket socket) throws IOException;
  }

  /** A connection. To close the first socket ends it at once, whatever the other is doing. */
  record Connection(Socket raw, Socket socket) {}

  /**
   * Connects to a URL's host, with TLS where it is an https URL. Nothing of a request is sent.
   *
   * @throws ForbiddenAddressException where the host has an address that is not public; then none
   *     of its addresses was tried
   * @throws IOException where it cannot be reached, or is not who it says
   */
  Connection open(URI uri, Holder holder) throws IOException {
    WebUrl url = url(uri);
    boolean plain = !url.isSecure();
    String host = url.resolvable();
    int port = url.effectivePort();
    List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
    for (InetAddress address : addresses) {
      if (plain ? !address.isLoopbackAddress() : !PublicAddress.isPublic(address)) {
        throw new ForbiddenAddressException();
      }
    }
    Socket raw = connect(addresses.iterator(), port, holder);
    try {
      raw.setTcpNoDelay(true);
      return new Connection(raw, plain ? raw : secure(raw, host, port));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Reads the URL as the rules that allowed it did. */
  private static WebUrl url(URI uri) throws IOException {
    return switch (WebUrl.read(uri)) {
      case WebUrl.Reading.Read read -> read.url();
      case WebUrl.Reading.Unreadable unreadable ->
          throw new IOException("its URL " + unreadable.why());
    };
  }

  private Socket connect(Iterator<InetAddress> addresses, int port, Holder holder)
      throws IOException {
    Socket socket = new BulkSocket();
    holder.hold(socket);
    try {
      dialer.connect(
          socket, new InetSocketAddress(addresses.next(), port), Math.toIntExact(limit.toMillis()));
      return socket;
    } catch (IOException e) {
      socket.close();
      if (addresses.hasNext()) {
        return connect(addresses, port, holder);
      }
      throw e;
    }
  }

  private SSLSocket secure(Socket raw, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.get().createSocket(raw, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    // Without this the certificate could be anybody's.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
