package io.riffhook.local.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Where the system runs that a command talks to, and how its answer is printed. */
final class RemoteOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:RIFFHOOK_URL:-" + DEFAULT_URL + "}",
      description =
          "Where the API is (default: the variable RIFFHOOK_URL, or else " + DEFAULT_URL + ").")
  URI url = URI.create(DEFAULT_URL);

  @Option(names = "--json", description = "Print what the API answers.")
  boolean json;

  Api api() {
    return new Api(url);
  }
}
