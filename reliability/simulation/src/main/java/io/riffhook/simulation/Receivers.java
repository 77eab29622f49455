package io.riffhook.simulation;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Those who are told: some answer, some fail for a while, some take what they are sent and never
 * answer. Nobody fails for longer than a notification is tried.
 */
final class Receivers implements Webhooks {
  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private final Ledger ledger;

  Receivers(Agenda agenda, Dice dice, Weather weather, Ledger ledger) {
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
    this.ledger = ledger;
  }

  @Override
  public Optional<String> refusal(URI url) {
    return Optional.empty();
  }

  @Override
  public Answer send(URI url, String id, List<String> secrets, byte[] body) {
    if (weather.has(Rates::deaf)) {
      return dice.happens(0.5)
          ? new Answer.Unanswered("connection refused")
          : new Answer.Answered(
              503, dice.happens(0.3) ? Optional.of(Duration.ofMinutes(2)) : Optional.empty());
    }
    String[] words = new String(body, StandardCharsets.UTF_8).split(" ");
    ledger.heard(url.getHost(), new JobId(words[0]), words[1], id);
    if (weather.has(Rates::deaf)) {
      agenda.pause(PATIENCE);
      return new Answer.Unanswered("no answer in 15 s");
    }
    return new Answer.Answered(204, Optional.empty());
  }
}
