package io.riffhook.lambda;

import io.riffhook.domain.WebUrl;
import java.net.URI;
import java.util.Optional;

/** Reads URLs in the bodies of callers. */
final class Urls {
  private Urls() {}

  /** The URL in a field; if it is not one, the error names the rule that it breaks. */
  static Optional<URI> read(FieldReader reader, String field, String text) {
    return switch (WebUrl.read(text)) {
      case WebUrl.Reading.Read read -> Optional.of(read.url().uri());
      case WebUrl.Reading.Unreadable unreadable -> reader.wrong(field, unreadable.why());
    };
  }
}
