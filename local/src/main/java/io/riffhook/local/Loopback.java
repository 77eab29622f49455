package io.riffhook.local;

import java.net.URI;
import java.util.regex.Pattern;

/** Addresses that lead no further than this machine. */
public final class Loopback {
  private static final Pattern HOST =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  /** Whether a URL's host is this machine, by its name alone. */
  public static boolean isHostOf(URI url) {
    return url.getHost() != null && HOST.matcher(url.getHost()).matches();
  }
}
