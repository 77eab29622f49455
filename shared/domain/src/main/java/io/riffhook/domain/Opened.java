package io.riffhook.domain;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What came of opening an asset's bytes. */
public sealed interface Opened {

  /**
   * The bytes are coming.
   *
   * @param length how many there will be, where the server said
   */
  record Body(InputStream bytes, OptionalLong length) implements Opened, AutoCloseable {
    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  /** The link is dead, or was never allowed. */
  record Gone(String detail) implements Opened {}

  /**
   * The provider has begun to make the file. Asking for it the first time may have cost money, so
   * it is asked for here from now on.
   */
  record Making(AssetSource source) implements Opened {}

  /**
   * The server does not give them now.
   *
   * @param retryAfter how long it asks to wait
   */
  record NotNow(String detail, Optional<Duration> retryAfter) implements Opened {
    /** Where it does not say for how long. */
    public NotNow(String detail) {
      this(detail, Optional.empty());
    }
  }
}
