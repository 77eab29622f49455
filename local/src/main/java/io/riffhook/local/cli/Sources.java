package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Turns what a user names into what a request names: ids of songs and uploads. */
final class Sources {
  private final Api api;
  private final Uploads uploads;

  Sources(Api api, Uploads uploads) {
    this.api = api;
    this.uploads = uploads;
  }

  /**
   * Audio to start from.
   *
   * @param json the field {@code source} of a request
   * @param maker the provider that made the song, where it is one of ours
   */
  record Source(ObjectNode json, Optional<String> maker) {}

  /** The audio, uploaded first where it is not with Riffhook yet. */
  Source source(Given given) throws InterruptedException {
    return switch (given) {
      case Given.Web web -> upload(uploads.give(web).id());
      case Given.OnDisk disk -> upload(uploads.give(disk).id());
      case Given.Id id -> known(id.value());
    };
  }

  /** The id of the picture, uploaded first where it is not with Riffhook yet. */
  String image(Given given) throws InterruptedException {
    return switch (given) {
      case Given.Web web -> uploads.give(web).id();
      case Given.OnDisk disk -> uploads.give(disk).id();
      case Given.Id id -> {
        if (find("uploads", id.value()).isEmpty()) {
          throw refused("there is no file and no upload " + id.value());
        }
        yield id.value();
      }
    };
  }

  private Source known(String id) {
    Optional<JsonNode> song = find("songs", id);
    if (song.isPresent()) {
      return new Source(
          JsonNodeFactory.instance.objectNode().put("songId", id),
          Optional.of(song.get().path("provider").asText()));
    }
    if (find("uploads", id).isPresent()) {
      return upload(id);
    }
    List<String> songs =
        find("jobs", id).map(JobView::of).stream()
            .flatMap(job -> job.songs().stream())
            .map(each -> each.id())
            .toList();
    throw refused(
        songs.isEmpty()
            ? "there is no file, song or upload " + id
            : "%s is a job; name one of its songs: %s".formatted(id, String.join(", ", songs)));
  }

  private static Source upload(String id) {
    return new Source(JsonNodeFactory.instance.objectNode().put("uploadId", id), Optional.empty());
  }

  private Optional<JsonNode> find(String kind, String id) {
    return api.find("/v1/" + kind + "/" + Api.segment(id));
  }

  private static CliException refused(String why) {
    return new CliException(ExitCode.REFUSED, why);
  }
}
