package io.riffhook.providers.producer;

import static io.riffhook.providers.producer.ProducerProvider.NAME;

import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an answer means that is no success, by the table of docs.musicapi.ai's error-handling and
 * the newer {@code type}s. Its 403 stands for several things, told apart by their texts only.
 */
enum ProducerFault {
  /** Our token is missing or wrong. */
  TOKEN,
  /** No credits, or no subscription. */
  ACCOUNT,
  /** What was asked for is not allowed. */
  MODERATED,
  /** It is not served, or no longer. */
  RETIRED,
  /** Too many calls. */
  BUSY,
  /** The request is wrong. */
  REFUSED,
  /** The server failed, and what it did before is not known. */
  SERVER;

  private static final List<String> OF_ACCOUNTS = List.of("credit", "subscription");

  private static final List<String> OF_MODERATION =
      List.of("copyright", "inappropriate", "moderat", "sensitive", "artist", "producer tag");

  /** Which it is. */
  static ProducerFault of(Reply.Answer answer) {
    int status = answer.status();
    return switch (status) {
      case 401 -> TOKEN;
      case 402 -> ACCOUNT;
      case 403 -> forbidden(answer);
      case 404, 410 -> RETIRED;
      case 429 -> BUSY;
      default -> status >= 500 ? SERVER : REFUSED;
    };
  }

  private static ProducerFault forbidden(Reply.Answer answer) {
    String said = said(answer).toLowerCase(Locale.ROOT);
    if (OF_ACCOUNTS.stream().anyMatch(said::contains)) {
      return ACCOUNT;
    }
    return OF_MODERATION.stream().anyMatch(said::contains) ? MODERATED : REFUSED;
  }

  /** It as a reason for an owner, where nothing is in doubt. */
  Reason reason(String said) {
    return switch (this) {
      case TOKEN -> Reasons.unauthorized(NAME, ProducerSettings.TOKEN);
      case ACCOUNT -> Reasons.accountNeedsAttention(NAME, "behind " + ProducerSettings.TOKEN, said);
      case MODERATED -> Reasons.moderated(NAME, said);
      case RETIRED -> Reasons.retired(NAME, said);
      case BUSY -> Reasons.busy(NAME, said);
      case REFUSED -> Reasons.refused(NAME, said);
      case SERVER -> Reasons.unavailable(NAME, said);
    };
  }

  /** The provider's own words: {@code error}, or {@code message} where only that is there. */
  static String said(Reply.Answer answer) {
    return error(answer).orElse("HTTP " + answer.status());
  }

  /** The words of an answer that is one of the API's own, and not of a gateway before it. */
  static Optional<String> error(Reply.Answer answer) {
    return ProviderJson.text(answer.body(), "error")
        .or(() -> ProviderJson.text(answer.body(), "message"))
        .or(() -> ProviderJson.text(answer.body(), "type"));
  }
}
