package io.riffhook.providers.flowmusic;

import static io.riffhook.providers.flowmusic.FlowmusicProvider.NAME;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapinet.Answers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code POST music/edit} with {@code operation=stems}: four clips, by its page
 * drums, bass, vocals and other. Their titles are the song's and the stem's ({@code "North -
 * drums"}, page on {@code GET music/download}); a clip whose title names no stem, or the same one
 * as another clip's, is named by its place.
 *
 * <p>The call blocks for 15 to 60 s and makes new clips each time. Whether it costs credits, no
 * page says; whether one that ended without an answer made its clips, nothing tells. So it is given
 * well more time than it takes, and asked again all the same where no answer came: a song without
 * the stems that were asked for is no song. What is refused for good is not asked for again.
 */
final class FlowmusicStems {
  private static final List<String> NAMES = List.of("drums", "bass", "vocals", "other");

  private FlowmusicStems() {}

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
      case 200, 201 -> listed(answer.body());
      case 400, 403, 404, 422 -> new Stems.Never(Reasons.refused(NAME, said));
      case 410 -> new Stems.Never(Reasons.retired(NAME, said));
      default -> later(said);
    };
  }

  private static Stems later(String why) {
    return new Stems.NotNow(Reasons.unavailable(NAME, why));
  }

  private static Stems listed(JsonNode body) {
    List<String> named = new ArrayList<>();
    List<AssetSource> sources = new ArrayList<>();
    for (JsonNode clip : body.isArray() ? body : body.path("clips")) {
      Optional<AssetSource> source = ProviderJson.link(clip, List.of("wav_url", "audio_url"));
      if (source.isPresent()) {
        sources.add(source.get());
        named.add(ProviderJson.text(clip, "title").map(FlowmusicStems::lastName).orElse(""));
      }
    }
    if (sources.isEmpty()) {
      // A failed job record, perhaps.
      Reason none =
          Reasons.unavailable(
              NAME,
              ProviderJson.text(body.path("error"), "message").orElse("its answer lists no stems"));
      return new Stems.NotNow(none);
    }
    return new Stems.Listed(byName(named, sources));
  }

  /** The stem that a title names, the last where it names several: the song's title is first. */
  private static String lastName(String title) {
    String last = "";
    for (String word : title.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
      last = NAMES.contains(word) ? word : last;
    }
    return last;
  }

  private static Map<String, AssetSource> byName(List<String> named, List<AssetSource> sources) {
    List<String> free = new ArrayList<>(NAMES);
    free.removeIf(name -> Collections.frequency(named, name) == 1);
    Map<String, AssetSource> byName = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      boolean clear = Collections.frequency(named, named.get(i)) == 1 && !named.get(i).isEmpty();
      byName.put(clear ? named.get(i) : placed(i, free), sources.get(i));
    }
    return byName;
  }

  /** The stem that this place stands for, where it is not taken, else the first that is left. */
  private static String placed(int place, List<String> free) {
    if (place < NAMES.size() && free.remove(NAMES.get(place))) {
      return NAMES.get(place);
    }
    return free.isEmpty() ? "stem-" + (place + 1) : free.removeFirst();
  }
}
