package io.riffhook.providers.mureka;

import static io.riffhook.providers.mureka.MurekaProvider.NAME;

import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Reasons;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapinet.Answers;

/**
 * The answer of {@code POST music/download} with {@code type=stem}: where a ZIP archive of the
 * song's stems lies. It costs nothing, and needs Mureka's Premier plan; how an account without it
 * is refused, and whether the archive may not be there yet, no page says, so a 400 is asked again.
 */
final class MurekaStems {
  private MurekaStems() {}

  static Stems of(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer -> answered(answer);
      case Reply.NotSent unsent -> later(unsent.why());
      case Reply.NoAnswer silent -> later(silent.why());
    };
  }

  private static Stems answered(Reply.Answer answer) {
    String said = Answers.said(answer);
    return switch (answer.status()) {
      case 200 ->
          ProviderJson.link(answer.body(), "oss_key")
              .<Stems>map(Stems.Archived::new)
              .orElseGet(() -> later("its answer names no archive"));
      case 403, 404 -> new Stems.Never(Reasons.refused(NAME, said));
      case 410 -> new Stems.Never(Reasons.retired(NAME, said));
      default -> later(said);
    };
  }

  private static Stems later(String why) {
    return new Stems.NotNow(Reasons.unavailable(NAME, why));
  }
}
