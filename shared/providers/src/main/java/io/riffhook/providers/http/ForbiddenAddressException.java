package io.riffhook.providers.http;

import java.io.IOException;

/**
 * A host leads to an address that nothing is sent to. Says the same whatever is, or is not, at that
 * address: nobody may learn by asking what there is in a network of ours.
 */
final class ForbiddenAddressException extends IOException {
  static final String WHY = "leads to an address that is not public";
  private static final long serialVersionUID = 1L;

  ForbiddenAddressException() {
    super(WHY);
  }
}
