package io.riffhook.domain;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

/** Where assets are kept: S3, for the caller. */
public interface AssetStore {

  /**
   * Streams bytes to a key in bounded memory, verifying them on the way. Nothing is left under the
   * key unless every byte arrived and the content is what was expected. An object that is already
   * there is kept, read, and told instead.
   *
   * @throws BadContentException where the bytes end early or are not what was expected
   */
  StoredFile write(AssetKey key, Opened.Body body, ContentType.Expected expected)
      throws BadContentException;

  /** Writes a document of ours, in place of an older one. */
  StoredFile write(AssetKey key, byte[] document, String contentType);

  /** Opens what is stored. The caller closes it. */
  InputStream read(AssetKey key);

  /** A link that lets anybody read the asset for a while, saved under the asset's own name. */
  URI link(AssetKey key, Duration life);
}
