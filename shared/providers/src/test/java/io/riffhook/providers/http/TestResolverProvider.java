package io.riffhook.providers.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A resolver for names under {@code riffhook.test} that say themselves what they resolve to; all
 * others go to the platform's. An answer is addresses joined by {@code .and.} ({@code
 * 1-1-1-1.and.10-0-0-1} is two); a name has one, or several in turn, joined by {@code .then.}:
 * {@code 1-1-1-1.then.127-0-0-1.x.riffhook.test} is public the first time and loopback from then
 * on. The JDK loads it for the whole test run; a name's last label makes it a test's own.
 */
public final class TestResolverProvider extends InetAddressResolverProvider {
  private static final String ZONE = ".riffhook.test";
  private static final Map<String, Integer> ASKED = new ConcurrentHashMap<>();

  /** How often a name was asked for. */
  static int asked(String name) {
    return ASKED.getOrDefault(name, 0);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    // The JDK's own memory of names would hide that a name has moved.
    Security.setProperty("networkaddress.cache.ttl", "0");
    return new Resolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "riffhook.test";
  }

  private record Resolver(InetAddressResolver platform) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      if (!host.endsWith(ZONE)) {
        return platform.lookupByName(host, policy);
      }
      int times = ASKED.merge(host, 1, Integer::sum);
      String name = host.substring(0, host.length() - ZONE.length());
      String[] answers = name.substring(0, name.lastIndexOf('.')).split("\\.then\\.", -1);
      String answer = answers[Math.min(times, answers.length) - 1];
      return Stream.of(answer.split("\\.and\\.", -1))
          .map(address -> InetAddress.ofLiteral(address.replace('-', '.')));
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return platform.lookupByAddress(address);
    }
  }
}
