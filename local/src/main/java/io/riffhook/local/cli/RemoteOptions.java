package io.riffhook.local.cli;

import java.net.URI;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the system runs that a command talks to, and how its answer is printed. */
final class RemoteOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:RIFFHOOK_URL:-" + DEFAULT_URL + "}",
      converter = UrlConverter.class,
      description =
          "Where the API is (default: the variable RIFFHOOK_URL, or else " + DEFAULT_URL + ").")
  URI url = URI.create(DEFAULT_URL);

  @Option(names = "--json", description = "Print what the API answers.")
  boolean json;

  Api api(CliContext context) {
    return new Api(url, Credential.of(context));
  }

  /** Reads where an API is. */
  static final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        URI url = URI.create(text);
        if (List.of("http", "https").contains(String.valueOf(url.getScheme()))
            && url.getHost() != null) {
          return url;
        }
      } catch (IllegalArgumentException e) {
        // Told below, like all else that is none.
      }
      throw new TypeConversionException("'" + text + "' is no http or https URL");
    }
  }
}
