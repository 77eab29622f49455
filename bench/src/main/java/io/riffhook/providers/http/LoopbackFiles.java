package io.riffhook.providers.http;

import io.riffhook.domain.Opened;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens files as every provider's adapter does, but for one thing: whatever address a host's name
 * means, it is this machine that is connected to. Production refuses TLS to an address that is not
 * public, and a benchmark has no other.
 */
public final class LoopbackFiles {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final Downloads downloads =
      new Downloads(
          new Connector(
              CONNECT,
              () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
              (socket, address, millis) ->
                  socket.connect(
                      new InetSocketAddress(
                          InetAddress.getLoopbackAddress(),
                          ((InetSocketAddress) address).getPort()),
                      millis)),
          new AnyUrl());

  /** Opens a file. */
  public Opened open(URI uri) {
    return downloads.open(uri, Map.of(), Downloads.Repeat.FREE);
  }

  private static final class AnyUrl implements Downloads.Rules {
    @Override
    public Optional<Opened> refusal(URI uri) {
      return Optional.empty();
    }

    @Override
    public Opened unwelcome(int status, Optional<Duration> retryAfter) {
      return new Opened.NotNow("HTTP " + status);
    }

    @Override
    public Opened astray(int status) {
      return new Opened.NotNow("HTTP " + status);
    }
  }
}
