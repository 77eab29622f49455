package io.riffhook.providers.http;

import io.riffhook.domain.Opened;
import io.riffhook.domain.WebFiles;
import io.riffhook.domain.WebUrl;
import java.net.InetAddress;
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
    return switch (WebUrl.read(url)) {
      case WebUrl.Reading.Read read -> refusal(read.url());
      case WebUrl.Reading.Unreadable unreadable -> Optional.of(unreadable.why());
    };
  }

  private Optional<String> refusal(WebUrl url) {
    if (url.toString().length() > MAX_URL) {
      return Optional.of("must have at most " + MAX_URL + " characters when percent-encoded");
    }
    if (url.user().isPresent()) {
      return Optional.of("must not contain a user or a password");
    }
    if (loopback && !url.isSecure() && Endpoint.isLoopback(url.host())) {
      return Optional.empty();
    }
    if (!url.isSecure()) {
      return Optional.of("must be an https URL");
    }
    // Any other would let a caller look which ports of others are open.
    if (url.port().isPresent()) {
      return Optional.of("must have no port but 443");
    }
    return url.isAddress() && !PublicAddress.isPublic(InetAddress.ofLiteral(url.resolvable()))
        ? Optional.of(ForbiddenAddressException.WHY)
        : Optional.empty();
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
