package io.riffhook.local.cli;

import io.riffhook.domain.WebUrl;
import java.net.URI;
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

  /** Reads an http or https URL. */
  static WebUrl read(String text) {
    return switch (WebUrl.read(text)) {
      case WebUrl.Reading.Read read -> read.url();
      case WebUrl.Reading.Unreadable unreadable ->
          throw new TypeConversionException(
              "'%s' is not an http or https URL: it %s".formatted(text, unreadable.why()));
    };
  }

  /** Reads where an API is. */
  static final class UrlConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      URI url = read(text).uri();
      // The JDK's client calls no other host.
      if (url.getHost() == null) {
        throw new TypeConversionException(
            "'%s' has a host that this command cannot call, as one with an underscore"
                .formatted(text));
      }
      return url;
    }
  }
}
