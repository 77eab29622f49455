package io.riffhook.providers.producer;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.Opened;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer of {@code producer/download}, and of the task that it may start: "async: poll until
 * {@code audio_url}" is all that is said of it.
 */
sealed interface ProducerDownloads {

  /** The file is there. */
  record Ready(URI link) implements ProducerDownloads {}

  /**
   * The file is being made.
   *
   * @param task where to ask for it
   */
  record Making(Optional<String> task) implements ProducerDownloads {}

  /** The file cannot be had, now or at all. */
  record Ended(Opened as) implements ProducerDownloads {}

  static ProducerDownloads of(Reply reply, Format format) {
    return switch (reply) {
      case Reply.Answer answer when answer.status() == 202 -> making(answer.body());
      case Reply.Answer answer when ProducerAnswers.isSuccess(answer) ->
          link(answer.body(), format)
              .<ProducerDownloads>map(Ready::new)
              .orElseGet(() -> making(answer.body()));
      case Reply.Answer answer ->
          switch (answer.status()) {
            case 400, 404, 410 -> new Ended(new Opened.Gone(ProducerFault.said(answer)));
            default -> new Ended(new Opened.NotNow(ProducerFault.said(answer)));
          };
      case Reply.NotSent unsent -> new Ended(new Opened.NotNow(unsent.why()));
      case Reply.NoAnswer silent -> new Ended(new Opened.NotNow(silent.why()));
    };
  }

  private static Making making(JsonNode body) {
    return new Making(ProviderJson.text(body, "task_id"));
  }

  private static Optional<URI> link(JsonNode body, Format format) {
    List<JsonNode> holders = new ArrayList<>(ProducerTasks.items(body));
    holders.addFirst(body);
    for (String field : List.of(format.value() + "_url", "audio_url")) {
      for (JsonNode holder : holders) {
        if (ProviderJson.link(holder, field).orElse(null) instanceof AssetSource.Link link) {
          return Optional.of(link.uri());
        }
      }
    }
    return Optional.empty();
  }
}
