package io.riffhook.local.host;

import org.jspecify.annotations.Nullable;

/** The host cannot run what the template asks for. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
