package io.riffhook.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Asks an API whether its parts answer. */
final class Health {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 40_000;

  private Health() {}

  /**
   * Waits until the parts answer.
   *
   * @throws CliException if they do not within the patience
   */
  static void await(URI api, Duration patience) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (true) {
      String problem = problem(api);
      if (problem.isEmpty()) {
        return;
      }
      if (Instant.now().isAfter(end)) {
        throw new CliException(
            ExitCode.UNREACHABLE, "cannot start: not all parts answer: " + problem);
      }
      Thread.sleep(PAUSE);
    }
  }

  /** What the API says is wrong; blank if nothing is. */
  private static String problem(URI api) {
    try {
      HttpURLConnection call =
          (HttpURLConnection) api.resolve("/v1/health").toURL().openConnection();
      call.setConnectTimeout(CONNECT_MILLIS);
      call.setReadTimeout(READ_MILLIS);
      int status = call.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return "";
      }
      try (InputStream body = call.getErrorStream()) {
        String said =
            body == null ? "" : ", " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        return "/v1/health answers " + status + said;
      }
    } catch (IOException e) {
      return "/v1/health: " + e.getMessage();
    }
  }
}
