package io.riffhook.providers.http;

import io.riffhook.domain.Opened;
import io.riffhook.domain.WebFiles;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Files on the public web, by URLs of callers: HTTPS only, at its own port, and never from an
 * address that is not public, neither at once nor by redirect. On one machine plain HTTP to
 * loopback is accepted, too. Safe for use by several threads.
 */
public final class PublicFiles implements WebFiles {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int HTTPS = 443;
  private static final String IPV4 = "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}";
  private static final int MAX_URL = 2_048;

  private final boolean loopback;
  private final Downloads downloads;

  /**
   * @param loopback whether plain HTTP to this machine is accepted, as on one machine it is
   */
  public PublicFiles(boolean loopback) {
    this(loopback, new Connector(CONNECT_TIMEOUT));
  }

  PublicFiles(boolean loopback, Connector connector) {
    this.loopback = loopback;
    this.downloads = new Downloads(connector, new UrlRules());
  }

  @Override
  public Optional<String> refusal(URI url) {
    if (url.toString().length() > MAX_URL) {
      return Optional.of("must have at most " + MAX_URL + " characters");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null || isOdd(url.getHost())) {
      return Optional.of("must name a host, and no user");
    }
    if (loopback && "http".equals(url.getScheme()) && Endpoint.isLoopback(url.getHost())) {
      return Optional.empty();
    }
    if (!"https".equals(url.getScheme())) {
      return Optional.of("must be an https URL");
    }
    // Any other would let a caller look which ports of others are open.
    return url.getPort() == -1 || url.getPort() == HTTPS
        ? Optional.empty()
        : Optional.of("must have no port but 443");
  }

  /** Hosts that not every program takes for the same: {@code 0177.0.0.1}, {@code 0x7f000001}. */
  private static boolean isOdd(String host) {
    boolean number = host.matches("([^\\[]*\\.)?[0-9][^.]*");
    return host.endsWith(".") || host.contains("%") || (number && !host.matches(IPV4));
  }

  @Override
  public Opened open(URI url) {
    return downloads.open(url, Map.of(), Downloads.Repeat.FREE);
  }

  /** Any host. */
  private final class UrlRules implements Downloads.Rules {
    @Override
    public Optional<Opened> refusal(URI uri) {
      return PublicFiles.this.refusal(uri).map(why -> new Opened.Gone("its URL " + why));
    }

    @Override
    public Opened unwelcome(int status, Optional<Duration> retryAfter) {
      return switch (status) {
        case 408, 425, 429 -> new Opened.NotNow("HTTP " + status, retryAfter);
        default ->
            status >= 500
                ? new Opened.NotNow("HTTP " + status, retryAfter)
                : new Opened.Gone("HTTP " + status);
      };
    }

    @Override
    public Opened astray(int status) {
      return new Opened.Gone("HTTP " + status + " leads nowhere");
    }
  }
}
