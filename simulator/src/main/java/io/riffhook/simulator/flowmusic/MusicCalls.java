package io.riffhook.simulator.flowmusic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CreateFaults;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code POST /music} and {@code POST /music/edit}. */
final class MusicCalls {
  private static final int MAX_REPLY = 1024;
  private static final double LATEST = 3600;
  private static final Set<String> COMMON =
      Set.of("email", "mode", "replyUrl", "replyRef", "operation", "clip", "seed", "title");
  private static final List<String> OPERATIONS =
      List.of("effect", "extend", "replace", "cover", "remix", "stems");
  private static final List<String> EFFECTS =
      List.of("Trim", "Fade", "Gain", "Reverb", "Pan", "Equalizer");

  private final Store<FlowmusicJob> jobs;
  private final Store<Clip> clips;
  private final FlowmusicJob.Parts parts;
  private final Generation generation;
  private final CreateFaults faults;

  MusicCalls(
      Store<FlowmusicJob> jobs,
      Store<Clip> clips,
      FlowmusicJob.Parts parts,
      Generation generation) {
    this.jobs = jobs;
    this.clips = clips;
    this.parts = parts;
    this.generation = generation;
    this.faults = new CreateFaults(environment().settings());
  }

  private Environment environment() {
    return parts.environment();
  }

  /** Up to two clips of a prompt. */
  Reply create(Fields fields) {
    fields.only(
        Set.of(
            "prompt",
            "email",
            "instrumental",
            "lyrics",
            "ghostwriter",
            "mode",
            "replyUrl",
            "replyRef"));
    String prompt = fields.required("prompt", 10_000);
    String lyrics = fields.text("lyrics", 10_000).orElse("");
    fields.oneOf("ghostwriter", List.of("standard", "pro"));
    boolean instrumental = fields.flag("instrumental");
    List<Clip> made = new ArrayList<>();
    for (int variation = 0; variation < 2; variation++) {
      made.add(
          Clip.song(
              UUID.randomUUID().toString(),
              new SongBrief(prompt, "", lyrics, instrumental, variation, audioSeconds())));
    }
    return begin(fields, Optional.empty(), made);
  }

  /** A new version of a clip; stems come at once, whatever the mode. */
  Reply edit(Fields fields) {
    String operation =
        fields
            .oneOf("operation", OPERATIONS)
            .orElseThrow(() -> new BadRequest("Parameter operation is required"));
    fields.number("seed", 0, 999_999_999);
    String title = fields.text("title").orElse("");
    Clip original =
        FlowmusicJob.uuid(fields.required("clip"))
            .flatMap(clips::find)
            .orElseThrow(() -> new BadRequest("Clip is not found"));
    String how = operation + numbers(fields, operation);
    if (operation.equals("stems")) {
      return stems(original);
    }
    String instruction = fields.text("instruction").or(() -> fields.text("prompt")).orElse("");
    SongBrief brief =
        original.version(
            new Clip.Wish(
                how,
                instruction,
                fields.text("lyrics").orElse(""),
                title,
                original.brief().instrumental()),
            0,
            original.brief().seconds() + (operation.equals("extend") ? audioSeconds() : 0));
    return begin(
        fields, Optional.of(operation), List.of(Clip.song(UUID.randomUUID().toString(), brief)));
  }

  /** Checks an operation's own fields, and says them in words. */
  private static String numbers(Fields fields, String operation) {
    return switch (operation) {
      case "extend" -> {
        only(fields, Set.of("instruction", "extend_s", "extend_from_s"));
        fields.required("instruction");
        yield " by "
            + fields.decimal("extend_s", 1, 300).orElse(150)
            + " from "
            + fields.decimal("extend_from_s", 0, LATEST);
      }
      case "replace" -> {
        only(fields, Set.of("instruction", "mask_start_s", "mask_end_s"));
        fields.required("instruction");
        double start = fields.requiredDecimal("mask_start_s", 0, LATEST);
        double end = fields.requiredDecimal("mask_end_s", 0, LATEST);
        if (end <= start) {
          throw new BadRequest("Parameter mask_end_s must be greater than mask_start_s");
        }
        yield " from %s to %s".formatted(start, end);
      }
      case "cover" -> {
        only(fields, Set.of("instruction", "strength"));
        yield " by " + fields.decimal("strength", 0, 1).orElse(1);
      }
      case "remix" -> {
        only(fields, Set.of("lyrics", "prompt"));
        fields.required("lyrics");
        yield "";
      }
      case "effect" ->
          " "
              + fields
                  .oneOf("effect", EFFECTS)
                  .orElseThrow(() -> new BadRequest("Parameter effect is required"));
      default -> {
        only(fields, Set.of());
        yield "";
      }
    };
  }

  private static void only(Fields fields, Set<String> own) {
    fields.only(
        java.util.stream.Stream.concat(COMMON.stream(), own.stream())
            .collect(java.util.stream.Collectors.toSet()));
  }

  /** How the four clips are told apart is not documented: by their titles, here. */
  private Reply stems(Clip original) {
    Optional<Refusal> refusal = faults.refusal("");
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get());
    }
    String title = parts.media().recording(original.brief()).song().title();
    ArrayNode list = Json.array();
    Item item = new Item("clips", original.id(), original.brief());
    for (MediaKind kind :
        List.of(MediaKind.DRUMS, MediaKind.BASS, MediaKind.VOCALS, MediaKind.OTHER)) {
      String word =
          kind.name().charAt(0) + kind.name().substring(1).toLowerCase(java.util.Locale.ROOT);
      list.addObject()
          .put("clip", FlowmusicJob.clipId(UUID.randomUUID().toString()))
          .put("title", title + " (" + word + ")")
          .put("audio_url", parts.media().url(item, kind))
          .put("wav_url", parts.media().url(item, kind));
    }
    return faults.accepted(Reply.json(200, Json.object().set("clips", list)));
  }

  private Reply begin(Fields fields, Optional<String> operation, List<Clip> made) {
    boolean sync = fields.oneOf("mode", List.of("sync", "async")).orElse("sync").equals("sync");
    fields.url("replyUrl", MAX_REPLY);
    fields.text("replyRef", MAX_REPLY);
    Optional<Refusal> refusal = faults.refusal(fields.echo().toString());
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get());
    }
    if (!environment().settings().takeCredits(1)) {
      return Replies.error(402, "Account has no credits left");
    }
    FlowmusicJob job =
        new FlowmusicJob(
            new FlowmusicJob.Facts(
                FlowmusicJob.jobId(UUID.randomUUID().toString()),
                operation,
                made,
                fields.echo(),
                environment().clock().instant()),
            parts);
    jobs.add(job.id(), job);
    made.forEach(clip -> clips.add(clip.id(), clip));
    if (sync) {
      boolean fails =
          java.util.regex.Pattern.compile(environment().settings().get().generation().failing())
              .matcher(job.text())
              .find();
      job.finish(fails ? Ending.FAILED : Ending.COMPLETED);
      return new Reply.LateReply(
          environment().settings().get().generation().duration(), Reply.json(200, job.record()));
    }
    ObjectNode answer = job.record();
    generation.start(job);
    return faults.accepted(Reply.json(201, answer));
  }

  private double audioSeconds() {
    return environment().settings().get().generation().audioSeconds();
  }
}
