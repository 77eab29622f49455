package io.riffhook.providers.http;

import io.riffhook.domain.Settings;
import io.riffhook.domain.WebUrl;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hosts that an adapter speaks with: its API and those that its files come from.
 *
 * @param base what stands before every path of the API, without a slash at its end
 * @param hosts the names of all hosts, in lower case
 * @param loopback whether plain HTTP to this machine is accepted, as on one machine it is
 */
public record Endpoint(URI base, Set<String> hosts, boolean loopback) {

  /**
   * An API at a base URL.
   *
   * @param setting the setting that the URL comes from, for the error
   * @param fileHosts the hosts besides the API's that files come from
   * @throws IllegalArgumentException where the URL is not one that is accepted
   */
  public static Endpoint of(
      String setting, String baseUrl, Set<String> fileHosts, boolean loopback) {
    WebUrl url = WebUrl.require(setting, baseUrl);
    if (url.target().indexOf('?') >= 0) {
      throw new IllegalArgumentException(setting + " must not contain a query");
    }
    if (url.user().isPresent()) {
      throw new IllegalArgumentException(setting + " must not contain a user or a password");
    }
    URI base = URI.create(url.toString().replaceAll("/+$", ""));
    Set<String> hosts = new TreeSet<>(fileHosts);
    hosts.add(url.host());
    Endpoint endpoint = new Endpoint(base, Set.copyOf(hosts), loopback);
    if (!endpoint.allows(base)) {
      throw new IllegalArgumentException(
          setting + " must be an https URL (plain http to loopback on one machine only)");
    }
    return endpoint;
  }

  /**
   * An API at the base URL that a setting names.
   *
   * @param setting the setting that holds the base URL
   * @param defaultBaseUrl the base URL unless the setting names another
   * @param fileHosts the hosts besides the API's that its files come from, as far as is known;
   *     {@code RIFFHOOK_FILE_HOSTS} adds to them, for vendors move their files without a word
   * @throws Settings.UnusableSettingException if the URL is not accepted
   */
  public static Endpoint of(
      Settings settings, String setting, String defaultBaseUrl, Set<String> fileHosts) {
    Set<String> hosts = new TreeSet<>(fileHosts);
    try {
      for (String host : settings.find("RIFFHOOK_FILE_HOSTS").orElse("").split("[,\\s]+")) {
        if (!host.isEmpty()) {
          hosts.add(WebUrl.require("RIFFHOOK_FILE_HOSTS", "https://" + host).host());
        }
      }
      return of(
          setting, settings.find(setting).orElse(defaultBaseUrl), hosts, settings.isOneMachine());
    } catch (IllegalArgumentException e) {
      throw Settings.UnusableSettingException.invalid(e);
    }
  }

  /** The URL of a path of the API. */
  public URI api(String path) {
    return WebUrl.require("the path", base + path).uri();
  }

  /** A text as one segment of a path, whatever it holds. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether a URL may be fetched: HTTPS to a named host, or plain HTTP to this very machine. */
  public boolean allows(URI uri) {
    return WebUrl.read(uri) instanceof WebUrl.Reading.Read(WebUrl url) && allows(url);
  }

  private boolean allows(WebUrl url) {
    if (url.user().isPresent()) {
      return false;
    }
    return url.isSecure()
        ? hosts.contains(url.host())
            && (url.port().isEmpty()
                || url.port().equals(WebUrl.require("base", base.toString()).port()))
        : loopback && isLoopback(url.host());
  }

  /** Whether a host is this very machine by its name alone. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || (host.startsWith("127.")
            && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')))
        || host.equals("[::1]");
  }
}
