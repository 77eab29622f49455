package io.riffhook.providers.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer while it comes. Whoever has it closes it, and with it the connection.
 *
 * @param headers by their names in lower case, the first of each
 * @param body ends with an {@link IOException} where it is cut short of its announced length, or of
 *     its last chunk
 */
record Incoming(int status, Map<String, String> headers, InputStream body) implements Closeable {

  /** A header's value. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** How many bytes the body has, where that is announced. */
  OptionalLong length() {
    return headers.containsKey("transfer-encoding")
        ? OptionalLong.empty()
        : header("Content-Length")
            .filter(value -> value.matches("[0-9]{1,18}"))
            .map(value -> OptionalLong.of(Long.parseLong(value)))
            .orElse(OptionalLong.empty());
  }

  /**
   * Whether nothing but the end of the connection ends the body: then nothing tells it from a cut.
   */
  boolean endsWithItsConnection() {
    return status != 204
        && !headers.containsKey("content-length")
        && !headers.containsKey("transfer-encoding");
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
