package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.Post;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.Wrapper;
import io.riffhook.simulator.useapi.SimulatedSong.Facts;
import io.riffhook.simulator.useapi.SimulatedSong.Status;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Notice;
import io.riffhook.simulator.work.Work;
import java.util.List;

/**
 * The making of a song, and the calls of its {@code replyUrl}. That it is a POST of JSON, and what
 * it holds, is deduced from the vendor's other services: the song as {@code GET /music} gives it,
 * and {@code replyRef} echoed. Nothing is signed.
 */
record SongWork(SimulatedSong song, SongJson songs, CallbackSender sender) implements Work {

  @Override
  public String id() {
    return "Song " + song.facts().id();
  }

  @Override
  public String text() {
    return song.facts().brief().prompt();
  }

  @Override
  public void finish(Ending ending) {
    song.finish(status(ending));
  }

  @Override
  public void tell(Notice notice, CallbackSettings how) throws InterruptedException {
    ObjectNode body =
        switch (notice) {
          case Notice.Progress(int percent) ->
              songs
                  .write(song)
                  .put("status", Status.PROCESSING.wire())
                  .put("progress", percent)
                  .without(List.of("download_url", "share_url", "image_url"));
          case Notice.End(Ending ending) -> songs.write(song).put("status", status(ending).wire());
        };
    sender.send(new Post(song.facts().replyUrl(), wrap(song.facts(), body, how.wrapper())), how);
  }

  private static Status status(Ending ending) {
    return switch (ending) {
      case COMPLETED -> Status.COMPLETED;
      case FAILED -> Status.FAILED;
    };
  }

  private static JsonNode wrap(Facts facts, ObjectNode song, Wrapper wrapper) {
    return switch (wrapper) {
      case NONE -> song;
      case OBJECT -> envelope(facts, song);
      case ARRAY -> Json.array().add(envelope(facts, song));
    };
  }

  private static ObjectNode envelope(Facts facts, ObjectNode song) {
    ObjectNode body = Json.object().put("job_id", facts.jobId()).put("user_id", facts.userId());
    if (!facts.replyRef().isEmpty()) {
      body.put("replyRef", facts.replyRef());
    }
    body.put("replyUrl", facts.replyUrl());
    return body.setAll(song);
  }
}
