package io.riffhook.domain;

import java.net.URI;
import java.util.Optional;

/** Files anywhere on the web, whose URLs come from callers. */
public interface WebFiles {

  /** Why a URL is not one that is fetched, or nothing where it is. Asks nobody. */
  Optional<String> refusal(URI url);

  /** Opens a file, unless its URL leads to an address that is nobody's business. */
  Opened open(URI url);
}
