package io.riffhook.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Asset;
import io.riffhook.domain.Job;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Song;
import io.riffhook.domain.StoredFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Jobs and songs as every call and document shows them. A field without a value is absent. */
public final class JobJson {
  private JobJson() {}

  /** A job with its songs. */
  public static ObjectNode job(Job job, List<Song> songs) {
    ObjectNode json =
        Json.object()
            .put("id", job.id().value())
            .put("status", job.status().name())
            .put("operation", job.request().operation().kind().value())
            .put("provider", job.provider());
    job.request().model().ifPresent(model -> json.put("model", model));
    job.progress().ifPresent(progress -> json.put("progress", progress));
    json.put("attempt", job.attempt());
    job.request().reference().ifPresent(reference -> json.put("reference", reference));
    ArrayNode formats = json.putArray("formats");
    job.formats().forEach(format -> formats.add(format.value()));
    json.put("createdAt", time(job.createdAt()))
        .put("updatedAt", time(job.updatedAt()))
        .put("deadline", time(job.deadline()));
    job.reason().ifPresent(reason -> reason(json, reason));
    if (!songs.isEmpty()) {
      ArrayNode list = json.putArray("songs");
      songs.forEach(song -> list.add(song(song)));
    }
    return json;
  }

  /** A song. */
  public static ObjectNode song(Song song) {
    ObjectNode json =
        Json.object()
            .put("id", song.id().toString())
            .put("jobId", song.id().job().value())
            .put("title", song.title())
            .put("provider", song.provider());
    song.durationSeconds().ifPresent(seconds -> json.put("durationSeconds", seconds));
    json.put("instrumental", song.instrumental());
    song.sound().ifPresent(sound -> json.put("sound", sound));
    json.put("createdAt", time(song.createdAt()));
    ArrayNode assets = json.putArray("assets");
    song.assets().forEach(asset -> assets.add(asset(asset)));
    return json;
  }

  private static ObjectNode asset(Asset asset) {
    ObjectNode json =
        Json.object()
            .put("name", asset.name())
            .put("kind", asset.kind().value())
            .put("status", asset.state().value());
    switch (asset.state()) {
      case Asset.Stored stored -> file(json, stored.file());
      case Asset.Missing missing -> reason(json, missing.reason());
      case Asset.Failed failed -> reason(json, failed.reason());
      case Asset.Pending _ -> {
        // Nothing is known of it yet.
      }
    }
    return json;
  }

  static void file(ObjectNode json, StoredFile file) {
    json.put("contentType", file.contentType())
        .put("bytes", file.bytes())
        .put("sha256", file.sha256());
  }

  static void reason(ObjectNode json, Reason reason) {
    json.putObject("reason").put("code", reason.code()).put("detail", reason.detail());
  }

  /** {@code song.json}: the song with its lyrics, what it was made from, and its provider's ids. */
  public static byte[] document(Job job, Song song) {
    ObjectNode json = song(song);
    ArrayNode assets = json.putArray("assets");
    song.assets().stream()
        .filter(asset -> asset.kind() != Asset.Kind.METADATA)
        .forEach(asset -> assets.add(asset(asset)));
    song.lyrics().ifPresent(lyrics -> json.put("lyrics", lyrics));
    job.request().reference().ifPresent(reference -> json.put("reference", reference));
    json.put("owner", song.owner().name());
    json.set("request", RequestJson.write(job.request()));
    json.putObject("providerIds").put("job", song.providerJob()).put("song", song.providerSong());
    return Json.bytes(json);
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
