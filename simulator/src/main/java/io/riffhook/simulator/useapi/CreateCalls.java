package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.CreateSettings;
import io.riffhook.simulator.settings.CreateShape;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.SimulatorSettings;
import io.riffhook.simulator.useapi.SimulatedSong.Facts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Accepts songs: {@code POST /music/create-prompt} and {@code /music/create-compose}. */
final class CreateCalls {
  private final Accounts accounts;
  private final Songs songs;
  private final Generation generation;
  private final LiveSettings settings;
  private final InstantSource clock;

  CreateCalls(
      Accounts accounts,
      Songs songs,
      Generation generation,
      LiveSettings settings,
      InstantSource clock) {
    this.accounts = accounts;
    this.songs = songs;
    this.generation = generation;
    this.settings = settings;
    this.clock = clock;
  }

  Reply prompt(Fields fields) {
    return create(CreateRequest.prompt(fields));
  }

  Reply compose(Fields fields) {
    return create(CreateRequest.compose(fields));
  }

  private Reply create(CreateRequest request) {
    SimulatorSettings now = settings.get();
    CreateSettings how = now.create();
    request.userId().ifPresent(accounts::known);
    if (settings.takeServerError()) {
      return Replies.error(how.serverErrorStatus(), "Service is unavailable");
    }
    if (settings.takeTooManyRequests()) {
      return Replies.tooManyRequests();
    }
    if (Pattern.compile(how.moderated())
        .matcher(request.prompt() + "\n" + request.lyrics())
        .find()) {
      return Replies.moderated();
    }
    List<SimulatedSong> created = new ArrayList<>();
    Optional<Reply> busy = accept(request, now, created);
    if (busy.isPresent()) {
      return busy.get();
    }
    created.forEach(generation::start);
    return sent(answer(how.shape(), created), how);
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
            clock.instant()));
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

  private Reply sent(ObjectNode answer, CreateSettings how) {
    if (settings.takeDrop()) {
      return new Reply.DroppedReply();
    }
    Reply reply = Reply.json(200, answer);
    return settings.takeDelay() ? new Reply.LateReply(how.answerDelay(), reply) : reply;
  }
}
