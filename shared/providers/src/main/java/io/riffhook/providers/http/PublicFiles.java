package io.riffhook.providers.http;

import io.riffhook.domain.Opened;
import io.riffhook.domain.WebFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * Files on the public web, by URLs of callers: HTTPS only, and never from an address that is not
 * public (RFC 6890), neither at once nor by redirect. On one machine plain HTTP to loopback is
 * accepted, too. Safe for use by several threads.
 */
public final class PublicFiles implements WebFiles {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);
  private static final int MAX_REDIRECTS = 3;
  private static final int MAX_URL = 2_048;

  private final boolean loopback;

  /**
   * @param loopback whether plain HTTP to this machine is accepted, as on one machine it is
   */
  public PublicFiles(boolean loopback) {
    this.loopback = loopback;
  }

  /** Built at its first use: who only asks whether a URL is refused needs none. */
  private static final class Client {
    private static final HttpClient INSTANCE =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Optional<String> refusal(URI url) {
    if (url.toString().length() > MAX_URL) {
      return Optional.of("must have at most " + MAX_URL + " characters");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      return Optional.of("must name a host, and no user");
    }
    if (loopback && "http".equals(url.getScheme()) && isLoopback(url.getHost())) {
      return Optional.empty();
    }
    return "https".equals(url.getScheme()) ? Optional.empty() : Optional.of("must be an https URL");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  @Override
  public Opened open(URI url) {
    return open(url, 0);
  }

  private Opened open(URI url, int redirects) {
    try {
      Optional<String> refusal = refusal(url).or(() -> notPublic(url));
      if (refusal.isPresent()) {
        return new Opened.Gone("its URL " + refusal.get());
      }
      HttpResponse<InputStream> response =
          Client.INSTANCE.send(
              HttpRequest.newBuilder(url).timeout(HEADERS_TIMEOUT).GET().build(),
              BodyHandlers.ofInputStream());
      return switch (response.statusCode()) {
        case 200 ->
            new Opened.Body(
                new StallGuard(response.body(), STALL_TIMEOUT),
                response.headers().firstValueAsLong("Content-Length"));
        case 301, 302, 303, 307, 308 -> redirected(response, url, redirects);
        case 408, 425, 429 -> closing(response, new Opened.NotNow(status(response)));
        default ->
            closing(
                response,
                response.statusCode() >= 500
                    ? new Opened.NotNow(status(response))
                    : new Opened.Gone(status(response)));
      };
    } catch (UnresolvedHostException e) {
      return new Opened.NotNow("its host is not known");
    } catch (IOException e) {
      return new Opened.NotNow(ProviderHttp.describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Opened.NotNow("interrupted");
    }
  }

  /** Every address that the host has must be public; a host can have one for each sort. */
  private Optional<String> notPublic(URI url) {
    if (loopback && "http".equals(url.getScheme())) {
      return Optional.empty();
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
        if (!isPublic(address)) {
          return Optional.of("leads to an address that is not public");
        }
      }
      return Optional.empty();
    } catch (UnknownHostException e) {
      throw new UnresolvedHostException(e);
    }
  }

  /** Whether an address is one of the public internet's. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (bytes.length == 4) {
      return first != 0
          && !(first == 100 && second >= 64 && second < 128) // carrier-grade NAT
          && !(first == 192 && second == 0 && (bytes[2] == 0 || bytes[2] == 2))
          && !(first == 198 && (second == 18 || second == 19))
          && !(first == 198 && second == 51 && bytes[2] == 100)
          && !(first == 203 && second == 0 && bytes[2] == 113)
          && first < 240;
    }
    return (first & 0xe0) == 0x20 // global unicast, 2000::/3
        && !(first == 0x20 && second == 0x02) // 6to4 holds any IPv4 address
        && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0); // Teredo, too
  }

  private Opened redirected(HttpResponse<InputStream> response, URI from, int redirects)
      throws IOException {
    response.body().close();
    Optional<String> location = response.headers().firstValue("Location");
    if (location.isEmpty() || redirects == MAX_REDIRECTS) {
      return new Opened.Gone(status(response) + " leads nowhere");
    }
    try {
      return open(from.resolve(location.get()), redirects + 1);
    } catch (IllegalArgumentException e) {
      return new Opened.Gone("its redirect is not a URL");
    }
  }

  private static String status(HttpResponse<InputStream> response) {
    return "HTTP " + response.statusCode();
  }

  private static Opened closing(HttpResponse<InputStream> response, Opened result)
      throws IOException {
    response.body().close();
    return result;
  }

  /** A host that has no address now. */
  private static final class UnresolvedHostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnresolvedHostException(UnknownHostException cause) {
      super(cause);
    }
  }
}
