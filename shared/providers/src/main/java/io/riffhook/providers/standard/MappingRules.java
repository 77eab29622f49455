package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.providers.standard.StandardMapping.Asked;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What must hold between the parts of a mapping. */
final class MappingRules {
  private MappingRules() {}

  static void check(StandardMapping mapping) {
    if (mapping.models().isEmpty() == mapping.create().model().isPresent()) {
      throw MappingPart.wrong(
          mapping.models().isEmpty() ? "/models" : "/create/model",
          "is required: models, and the place of the model, go together");
    }
    mapping
        .operations()
        .forEach(
            (kind, asked) -> {
              if (asked.sourceSong().isPresent() && mapping.songs().id().isEmpty()) {
                throw MappingPart.wrong(
                    "/songs/id", "is required: " + at(kind) + "/sourceSong is such an id");
              }
              places(mapping, kind, asked);
            });
  }

  /** Every place in a request holds one thing only. */
  private static void places(StandardMapping mapping, Kind kind, Asked asked) {
    Places places = new Places();
    places.add("/create/constants", mapping.create().constants().keySet());
    mapping.create().model().ifPresent(place -> places.add("/create/model", place));
    mapping.create().reference().ifPresent(place -> places.add("/create/reference", place));
    mapping
        .webhook()
        .ifPresent(
            webhook -> {
              places.add("/webhook/url", webhook.url());
              places.add("/webhook/constants", webhook.constants().keySet());
            });
    places.add(at(kind) + "/constants", asked.constants().keySet());
    asked
        .options()
        .forEach(
            (option, field) ->
                places.add(at(kind) + "/options/" + option.field() + "/at", field.at()));
    asked.source().ifPresent(place -> places.add(at(kind) + "/source", place));
    asked.sourceSong().ifPresent(place -> places.add(at(kind) + "/sourceSong", place));
  }

  private static String at(Kind kind) {
    return "/operations/" + kind.value();
  }

  /** The places of a request that are taken, each with what has taken it. */
  private static final class Places {
    private final Map<String, String> taken = new HashMap<>();

    void add(String where, Collection<JsonPointer> places) {
      places.forEach(place -> add(where, place));
    }

    void add(String where, JsonPointer place) {
      String text = place.toString();
      taken.forEach(
          (other, owner) -> {
            if ((text + "/").startsWith(other + "/") || (other + "/").startsWith(text + "/")) {
              // A source by link and one by id may share a place: a request holds one of them.
              if (!(where.endsWith("/sourceSong") && owner.endsWith("/source"))) {
                throw MappingPart.wrong(
                    where, "has the place " + text + ", which " + owner + " has");
              }
            }
          });
      taken.put(text, where);
    }
  }
}
