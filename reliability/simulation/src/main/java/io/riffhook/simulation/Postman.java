package io.riffhook.simulation;

import java.net.URI;

/** Calls back, as a provider does. */
interface Postman {
  /** Posts a callback to a URL of ours. */
  void post(URI url, String body);
}
