package io.riffhook.domain;

import java.net.URI;
import java.util.Optional;

/** Where a provider keeps the bytes of an asset. */
public sealed interface AssetSource {

  /** A link that anybody can read, for as long as it lives. */
  record Link(URI uri) implements AssetSource {}

  /**
   * A link that the provider gave and that is not a URL.
   *
   * @param why the field that holds it and the rule that it breaks
   */
  record Unreadable(String why) implements AssetSource {}

  /** A call to the provider's API, made with our token, that answers with the bytes. */
  record ApiDownload(String providerSong, Format format, Optional<String> account)
      implements AssetSource {}
}
