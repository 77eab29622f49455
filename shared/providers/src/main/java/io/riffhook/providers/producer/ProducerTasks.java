package io.riffhook.providers.producer;

import static io.riffhook.providers.producer.ProducerProvider.NAME;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reasons;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The answer of {@code producer/task}. One dialect says how each item of {@code data} stands, by
 * its {@code state}; the other says it of all, by {@code status} beside {@code data}. Both are read
 * wherever they stand.
 */
final class ProducerTasks {
  private static final Set<String> WAITING = Set.of("pending", "queued", "running", "streaming");

  private ProducerTasks() {}

  static Lookup looked(Reply reply) {
    return switch (reply) {
      case Reply.Answer answer -> looked(answer);
      case Reply.NotSent unsent -> new Lookup.NotNow(Reasons.unavailable(NAME, unsent.why()));
      case Reply.NoAnswer silent -> new Lookup.NotNow(Reasons.unavailable(NAME, silent.why()));
    };
  }

  private static Lookup looked(Reply.Answer answer) {
    String said = ProducerFault.said(answer);
    return switch (answer.status()) {
      case 200 -> task(answer.body());
      // Still at it; items may be there all the same.
      case 202 -> new Lookup.Running(OptionalInt.empty(), finished(answer.body()));
      // "task not found." is a 400 here.
      case 400, 404 -> new Lookup.Unheard(said);
      // The task timed out and is paid back, if it is the API that says so: a gateway's page says
      // only that the API was slow.
      case 504 ->
          ProducerFault.error(answer).isPresent()
              ? new Lookup.Failed(Reasons.generationFailed(NAME, said))
              : new Lookup.NotNow(Reasons.unavailable(NAME, said));
      default -> faulty(ProducerFault.of(answer), said);
    };
  }

  private static Lookup faulty(ProducerFault fault, String said) {
    return switch (fault) {
      case TOKEN, ACCOUNT, RETIRED -> new Lookup.Denied(fault.reason(said));
      case MODERATED -> new Lookup.Failed(fault.reason(said));
      case BUSY, REFUSED, SERVER -> new Lookup.NotNow(Reasons.unavailable(NAME, said));
    };
  }

  private static Lookup task(JsonNode body) {
    List<ProviderSong> finished = finished(body);
    boolean waiting =
        !status(body).equals("success")
            && items(body).stream().anyMatch(item -> WAITING.contains(state(item)));
    if (!finished.isEmpty()) {
      return waiting
          ? new Lookup.Running(OptionalInt.empty(), finished)
          : new Lookup.Finished(finished);
    }
    boolean failed =
        status(body).equals("failed")
            || body.path("code").asInt() >= 400
            || (!waiting && items(body).stream().anyMatch(item -> state(item).equals("failed")));
    return failed
        ? new Lookup.Failed(Reasons.generationFailed(NAME, why(body)))
        : new Lookup.Running(OptionalInt.empty());
  }

  /** The songs that are done: those with audio that are said, alone or all at once, to be so. */
  private static List<ProviderSong> finished(JsonNode body) {
    boolean all = status(body).equals("success");
    List<ProviderSong> songs = new ArrayList<>();
    for (JsonNode item : items(body)) {
      boolean done = state(item).equals("succeeded") || (all && !state(item).equals("failed"));
      if (done && ProviderJson.text(item, "audio_url").isPresent()) {
        ProducerSongs.parse(item).ifPresent(songs::add);
      }
    }
    return songs;
  }

  /** {@code data} is a list; the platform beside this one answers with a single object. */
  static List<JsonNode> items(JsonNode body) {
    JsonNode data = body.path("data");
    List<JsonNode> items = new ArrayList<>();
    if (data.isArray()) {
      data.forEach(items::add);
    } else if (data.isObject()) {
      items.add(data);
    }
    return items;
  }

  private static String status(JsonNode body) {
    return word(body, "status");
  }

  private static String state(JsonNode item) {
    return word(item, "state");
  }

  private static String word(JsonNode node, String field) {
    return ProviderJson.text(node, field).orElse("").strip().toLowerCase(Locale.ROOT);
  }

  private static String why(JsonNode body) {
    List<JsonNode> speakers = new ArrayList<>(items(body));
    speakers.addFirst(body);
    for (JsonNode speaker : speakers) {
      Optional<String> said =
          ProviderJson.text(speaker, "error").or(() -> ProviderJson.text(speaker, "message"));
      if (said.isPresent() && !said.get().equals("success")) {
        return said.get();
      }
    }
    return "its task failed";
  }
}
