package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.CallbackSender;
import io.riffhook.simulator.calls.CreateFaults;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.CreateShape;
import io.riffhook.simulator.settings.SimulatorSettings;
import io.riffhook.simulator.useapi.SimulatedSong.Facts;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accepts songs: {@code POST /music/create-prompt} and {@code /music/create-compose}. */
final class CreateCalls {
  private final Accounts accounts;
  private final Songs songs;
  private final UploadCalls uploads;
  private final Generation generation;
  private final SongJson json;
  private final CallbackSender sender;
  private final CreateFaults faults;
  private final Environment environment;

  CreateCalls(
      Accounts accounts,
      Songs songs,
      UploadCalls uploads,
      Generation generation,
      SongJson json,
      CallbackSender sender,
      Environment environment) {
    this.accounts = accounts;
    this.songs = songs;
    this.uploads = uploads;
    this.generation = generation;
    this.json = json;
    this.sender = sender;
    this.faults = new CreateFaults(environment.settings());
    this.environment = environment;
  }

  Reply prompt(Fields fields) {
    return create(CreateRequest.prompt(fields));
  }

  Reply compose(Fields fields) {
    uploads.check(fields.text("audio_upload_id"), fields.text("image_id"));
    return create(CreateRequest.compose(fields));
  }

  private Reply create(CreateRequest request) {
    SimulatorSettings now = environment.settings().get();
    request.userId().ifPresent(accounts::known);
    Optional<Refusal> refusal = faults.refusal(request.prompt() + "\n" + request.lyrics());
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get());
    }
    List<SimulatedSong> created = new ArrayList<>();
    Optional<Reply> busy = accept(request, now, created);
    if (busy.isPresent()) {
      return busy.get();
    }
    created.forEach(song -> generation.start(new SongWork(song, json, sender)));
    return faults.accepted(Reply.json(200, answer(now.create().shape(), created)));
  }

  /** Takes places in the queue, all or none, so that two calls never share the last one. */
  private synchronized Optional<Reply> accept(
      CreateRequest request, SimulatorSettings now, List<SimulatedSong> created) {
    Quota quota = new Quota(accounts, songs, now.create().maxJobs());
    Optional<Account> account = quota.withRoom(request);
    if (account.isEmpty()) {
      return Optional.of(quota.busy(request));
    }
    for (int variation = 0; variation < now.create().shape().songs(); variation++) {
      SimulatedSong song = song(request, account.get(), variation, now);
      songs.add(song);
      created.add(song);
    }
    return Optional.empty();
  }

  private SimulatedSong song(
      CreateRequest request, Account account, int variation, SimulatorSettings now) {
    String jobId = UUID.randomUUID().toString();
    boolean ownId = now.create().separateSongIds() && now.create().shape() == CreateShape.JOB_ID;
    return new SimulatedSong(
        new Facts(
            ownId ? UUID.randomUUID().toString() : jobId,
            jobId,
            account.userId(),
            new SongBrief(
                request.prompt(),
                request.title(),
                request.lyrics(),
                request.instrumental(),
                variation,
                now.generation().audioSeconds()),
            request.replyUrl(),
            request.replyRef(),
            environment.clock().instant()));
  }

  private static ObjectNode answer(CreateShape shape, List<SimulatedSong> created) {
    return switch (shape) {
      case JOB_ID -> {
        Facts facts = created.getFirst().facts();
        yield Json.object().put("job_id", facts.jobId()).put("user_id", facts.userId());
      }
      case JOBS -> {
        ArrayNode jobs = Json.array();
        created.forEach(song -> jobs.addObject().put("id", song.facts().id()));
        yield Json.object().set("jobs", jobs);
      }
    };
  }
}
