package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.CreateShape;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Store;
import io.riffhook.simulator.work.Timeline;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes audio and pictures for songs: {@code /music/upload-audio} and {@code /music/upload-image}.
 * The answers about audio changed between February 17 and 25, 2025; the older ones go with {@code
 * create.shape} {@code JOB_ID}, the newer ones with {@code JOBS}.
 */
final class UploadCalls {
  private static final Set<String> AUDIO =
      Set.of("audio/mp4", "audio/x-m4a", "audio/mpeg", "audio/wav", "audio/wave");
  private static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
  private static final int MAX_AUDIO = 50 * 1024 * 1024;

  private final Accounts accounts;
  private final Environment environment;
  private final Store<Audio> audio = new Store<>();
  private final Store<String> images = new Store<>();

  /** Audio that is transcribed for as long as a song takes to be made. */
  private record Audio(String id, String transcription, String name, Timeline time) {}

  UploadCalls(Accounts accounts, Environment environment) {
    this.accounts = accounts;
    this.environment = environment;
  }

  Reply audio(Call call) {
    Account account = accounts.forRead(call.parameter("user_id"));
    String name =
        call.parameter("file_name")
            .orElseThrow(() -> new BadRequest("Parameter file_name is required"));
    check(call, AUDIO);
    if (call.body().length() >= MAX_AUDIO) {
      throw new BadRequest("File is too large");
    }
    Timeline time =
        new Timeline(
            environment.clock().instant(), environment.settings().get().generation().duration());
    Audio taken = new Audio(UUID.randomUUID().toString(), UUID.randomUUID().toString(), name, time);
    audio.add(taken.id(), taken);
    return Reply.json(
        200,
        isOld()
            ? Json.object().put("job_id", taken.id())
            : Json.object()
                .put("is_flagged", false)
                .put("id", taken.id() + ":" + taken.transcription())
                .put("transcription_job_id", taken.transcription())
                .put("audio_upload_id", taken.id())
                .put("user_id", account.userId()));
  }

  /** How audio stands: "usable once status is not pending". */
  Reply transcription(Call call) {
    Account account = accounts.forRead(call.parameter("user_id"));
    String id = call.parameter("id").orElseThrow(() -> new BadRequest("Parameter id is required"));
    Audio found =
        audio
            .find(id.split(":", 2)[0])
            .orElseThrow(() -> new BadRequest("Audio " + id + " not found"));
    String status = isPending(found) ? "pending" : "complete";
    ObjectNode body = Json.object().put("status", status).put("is_flagged", false);
    if (isOld()) {
      return Reply.json(200, body.put("transcribed_lyrics", ""));
    }
    return Reply.json(
        200,
        body.put("lyrics", "")
            .put("id", found.id() + ":" + found.transcription())
            .put("user_id", account.userId())
            .put("name", found.name())
            .put("audio_upload_id", found.id())
            .put("transcription_job_id", found.transcription()));
  }

  Reply image(Call call) {
    Account account = accounts.forRead(call.parameter("user_id"));
    check(call, IMAGES);
    String id = UUID.randomUUID().toString();
    images.add(id, account.userId());
    String key = "riffs/" + account.userId() + "/image/" + id + ".jpg";
    return Reply.json(
        200,
        Json.object()
            .put("Key", key)
            .put("Id", UUID.randomUUID().toString())
            .put("image_id", id)
            .put("url", environment.origin().get() + "/storage/v1/object/public/" + key));
  }

  /** Refuses a song from audio or a picture that is not there, or not ready. */
  void check(Optional<String> audioId, Optional<String> imageId) {
    audioId.ifPresent(
        id -> {
          Audio found =
              audio.find(id).orElseThrow(() -> new BadRequest("audio_upload_id is not found"));
          if (isPending(found)) {
            throw new BadRequest("audio_upload_id is still pending");
          }
        });
    if (imageId.isPresent() && images.find(imageId.get()).isEmpty()) {
      throw new BadRequest("image_id is not found");
    }
  }

  private boolean isOld() {
    return environment.settings().get().create().shape() == CreateShape.JOB_ID;
  }

  private boolean isPending(Audio of) {
    Instant done = of.time().started().plus(of.time().duration());
    return environment.clock().instant().isBefore(done);
  }

  private static void check(Call call, Set<String> types) {
    if (!types.contains(call.contentType().split(";", 2)[0].strip())) {
      throw new BadRequest("Content-Type is not supported: " + call.contentType());
    }
    if (call.body().isEmpty()) {
      throw new BadRequest("Request body is empty");
    }
  }
}
