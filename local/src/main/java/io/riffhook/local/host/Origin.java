package io.riffhook.local.host;

import io.riffhook.local.Loopback;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * Tells a call of this machine's user from one that only arrives by loopback: through a tunnel or a
 * proxy, or from a web page in the user's browser.
 *
 * <p>The port is on loopback, but a tunnel that lets a provider call back lets everybody call, and
 * any page can have a browser send requests here. So what carries the name of another host, the
 * mark of a proxy, or the origin of a foreign page is not from here.
 */
final class Origin {
  private static final List<String> PROXIES = List.of("forwarded", "x-forwarded-for", "via");

  private Origin() {}

  static boolean isHere(Request request) {
    String host = request.getHeaders().get("host");
    return host != null
        && isLoopback("http://" + host)
        && PROXIES.stream().noneMatch(request.getHeaders()::contains)
        && request.getHeaders().getValuesList("origin").stream().allMatch(Origin::isLoopback);
  }

  private static boolean isLoopback(String url) {
    try {
      return Loopback.isHostOf(URI.create(url));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
