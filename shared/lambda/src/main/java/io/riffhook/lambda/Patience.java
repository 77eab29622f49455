package io.riffhook.lambda;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a caller wants an answer to wait for the job's end: {@code Prefer: wait=N} (RFC 7240).
 *
 * @param seconds 1 to {@link #MAX}
 */
public record Patience(int seconds) {
  /** The longest: API Gateway cuts a call off after 30 seconds. */
  public static final int MAX = 25;

  private static final Pattern WAIT = Pattern.compile("(?i)wait\\s*=\\s*\"?([0-9]{1,6})\"?");

  /**
   * What the request asks for. More than the longest is taken for the longest; what can't be
   * understood is not there, as RFC 7240 has it.
   */
  public static Optional<Patience> of(HttpRequest request) {
    return request.header("prefer").stream()
        .flatMap(header -> Arrays.stream(header.split("[,;]")))
        .map(preference -> WAIT.matcher(preference.strip()))
        .filter(Matcher::matches)
        .map(match -> Integer.parseInt(match.group(1)))
        .filter(seconds -> seconds > 0)
        .map(seconds -> new Patience(Math.min(seconds, MAX)))
        .findFirst();
  }

  /** The same as a duration. */
  public Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /** The answer, which says that it was waited for. */
  public HttpResponse applied(HttpResponse response) {
    return response.with("preference-applied", "wait=" + seconds);
  }
}
