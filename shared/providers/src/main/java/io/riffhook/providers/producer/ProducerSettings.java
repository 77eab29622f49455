package io.riffhook.providers.producer;

import static io.riffhook.providers.producer.ProducerProvider.NAME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.riffhook.domain.Settings;
import io.riffhook.providers.http.Signatures;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the settings say about this provider. */
final class ProducerSettings {
  static final String TOKEN = "MUSICAPI_PRODUCER_TOKEN";
  static final String BASE_URL = "MUSICAPI_PRODUCER_BASE_URL";

  private static final String CALLBACK_SECRETS = "RIFFHOOK_CALLBACK_SECRETS";

  private final Settings settings;

  ProducerSettings(Settings settings) {
    this.settings = settings;
  }

  ProducerDialect dialect() {
    return choice("MUSICAPI_PRODUCER_DIALECT", ProducerDialect.values());
  }

  ProducerSignature.Scheme signature() {
    return choice("MUSICAPI_PRODUCER_SIGNATURE", ProducerSignature.Scheme.values());
  }

  /** One of some words; the first where the setting is not there. */
  private <E extends Enum<E>> E choice(String name, E[] values) {
    Optional<String> word = settings.find(name).map(String::strip);
    return word.isEmpty()
        ? values[0]
        : Arrays.stream(values)
            .filter(value -> word(value).equals(word.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    new Settings.UnusableSettingException(
                        name
                            + " is "
                            + word.get()
                            + ", which is none of: "
                            + Arrays.stream(values)
                                .map(ProducerSettings::word)
                                .collect(joining(", "))));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The secrets that callbacks are signed with, newest first. They are made from those of our
   * callback tokens, so that there is nothing more to set or to rotate, and none that the provider
   * is told opens anything else.
   */
  List<String> webhookSecrets() {
    List<String> secrets =
        Arrays.stream(settings.require(CALLBACK_SECRETS).split("[,\\s]+"))
            .filter(secret -> !secret.isEmpty())
            .map(ProducerSettings::derived)
            .toList();
    if (secrets.isEmpty()) {
      throw new Settings.MissingSettingException(CALLBACK_SECRETS);
    }
    return secrets;
  }

  private static String derived(String secret) {
    byte[] message = ("webhook-secret|" + NAME).getBytes(UTF_8);
    return HexFormat.of().formatHex(Signatures.hmac(secret.getBytes(UTF_8), message));
  }
}
