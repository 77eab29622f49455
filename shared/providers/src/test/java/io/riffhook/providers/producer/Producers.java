package io.riffhook.providers.producer;

import io.riffhook.providers.StubProvider;
import java.util.HashMap;
import java.util.Map;

/** The adapter, led to a stub. */
final class Producers {
  static final String CALLBACK_SECRET = "callback-secret-0001";
  static final String OLD_SECRET = "callback-secret-0000";

  private Producers() {}

  /** It, with further settings as names and values in turn. */
  static ProducerProvider at(StubProvider stub, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFHOOK_ONE_MACHINE", "true");
    settings.put("RIFFHOOK_CALLBACK_SECRETS", CALLBACK_SECRET + "," + OLD_SECRET);
    settings.put("MUSICAPI_PRODUCER_BASE_URL", stub.baseUrl());
    settings.put("MUSICAPI_PRODUCER_TOKEN", "key-1234");
    for (int i = 0; i < more.length; i += 2) {
      settings.put("MUSICAPI_PRODUCER_" + more[i], more[i + 1]);
    }
    return ProducerProvider.from(StubProvider.settings(settings));
  }

  static String json(String quoted) {
    return quoted.replace('\'', '"');
  }
}
