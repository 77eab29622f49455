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
              .map(ProducerDownloads::linked)
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

  private static ProducerDownloads linked(AssetSource source) {
    return switch (source) {
      case AssetSource.Link link -> new Ready(link.uri());
      case AssetSource.Unreadable link -> new Ended(new Opened.Gone(link.why()));
      case AssetSource.ApiDownload _ -> throw new IllegalStateException("a field holds no call");
    };
  }

  /** The first link that can be read, else the first that cannot. */
  private static Optional<AssetSource> link(JsonNode body, Format format) {
    List<JsonNode> holders = new ArrayList<>(ProducerTasks.items(body));
    holders.addFirst(body);
    List<AssetSource> links = new ArrayList<>();
    for (String field : List.of(format.value() + "_url", "audio_url")) {
      for (JsonNode holder : holders) {
        ProviderJson.link(holder, field).ifPresent(links::add);
      }
    }
    return links.stream()
        .filter(AssetSource.Link.class::isInstance)
        .findFirst()
        .or(() -> links.stream().findFirst());
  }
}
