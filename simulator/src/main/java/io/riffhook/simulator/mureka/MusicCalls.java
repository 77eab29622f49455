package io.riffhook.simulator.mureka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CreateFaults;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The calls that make songs, two each. */
final class MusicCalls {
  private static final int SONGS = 2;
  private static final int MAX_REPLY = 1024;

  /** "10 parallel per account". */
  private static final int PARALLEL = 10;

  private static final int LATEST = 3_600_000;
  private static final Set<String> COMMON = Set.of("account", "async", "replyUrl", "replyRef");

  /** The names of today, and the older ones that are mapped to them. */
  private static final List<String> MODELS =
      List.of("V9", "V8", "O2", "V7.6", "V7.5", "V7", "V6", "O1");

  private final Store<MurekaJob> jobs;
  private final Store<Clip> songs;
  private final MurekaJob.Parts parts;
  private final Generation generation;
  private final CreateFaults faults;
  private final AtomicInteger numbers = new AtomicInteger(1000);

  MusicCalls(
      Store<MurekaJob> jobs, Store<Clip> songs, MurekaJob.Parts parts, Generation generation) {
    this.jobs = jobs;
    this.songs = songs;
    this.parts = parts;
    this.generation = generation;
    this.faults = new CreateFaults(environment().settings());
  }

  private Environment environment() {
    return parts.environment();
  }

  /** A song from a description. */
  Reply create(Fields fields) {
    only(fields, Set.of("prompt", "model"));
    String prompt = fields.required("prompt", 3_000);
    model(fields);
    return begin(fields, "create", n -> new SongBrief(prompt, "", "", false, n, audioSeconds()));
  }

  /** A song from lyrics. */
  Reply advanced(Fields fields) {
    only(fields, Set.of("lyrics", "title", "desc", "ref_id", "vocal_id", "motif_id", "model"));
    String lyrics = fields.required("lyrics", 5_000);
    String title = fields.text("title", 50).orElse("");
    String desc = fields.text("desc", 1_000).orElse("");
    model(fields);
    return begin(
        fields,
        "create-advanced",
        n -> new SongBrief(desc, title, lyrics, false, n, audioSeconds()));
  }

  /** Which of prompt and ref_id must be there is not visible on the page: one of them, here. */
  Reply instrumental(Fields fields) {
    only(fields, Set.of("prompt", "ref_id", "title", "model"));
    Optional<String> prompt = fields.text("prompt", 3_000);
    if (prompt.isEmpty() && fields.text("ref_id").isEmpty()) {
      throw new BadRequest("Parameter prompt or ref_id is required");
    }
    String title = fields.text("title", 50).orElse("");
    model(fields);
    return begin(
        fields,
        "create-instrumental",
        n -> new SongBrief(prompt.orElse("reference"), title, "", true, n, audioSeconds()));
  }

  /** A song that goes on with more lyrics. */
  Reply extend(Fields fields) {
    only(fields, Set.of("song_id", "lyrics"));
    Clip original = song(fields);
    String lyrics = fields.required("lyrics", 5_000);
    return begin(
        fields,
        "extend",
        n ->
            original.version(
                new Clip.Wish("extend", "", lyrics, "", false),
                n,
                original.brief().seconds() + audioSeconds()));
  }

  /** A song made anew from some moment on. */
  Reply regenerate(Fields fields) {
    only(fields, Set.of("song_id", "start_milliseconds"));
    Clip original = song(fields);
    int start =
        fields
            .number("start_milliseconds", 0, LATEST)
            .orElseThrow(() -> new BadRequest("Parameter start_milliseconds is required"));
    return begin(
        fields,
        "regenerate",
        n ->
            original.version(
                new Clip.Wish("regenerate from " + start, "", "", "", false),
                n,
                original.brief().seconds()));
  }

  private Clip song(Fields fields) {
    return songs
        .find(fields.required("song_id"))
        .orElseThrow(() -> new BadRequest("Song is not found"));
  }

  private static void model(Fields fields) {
    fields.oneOf("model", MODELS);
  }

  private static void only(Fields fields, Set<String> own) {
    Set<String> known = new HashSet<>(COMMON);
    known.addAll(own);
    fields.only(known);
  }

  private Reply begin(Fields fields, String verb, IntFunction<SongBrief> brief) {
    boolean async = fields.flag("async");
    fields.url("replyUrl", MAX_REPLY);
    fields.text("replyRef", MAX_REPLY);
    Optional<Refusal> refusal = faults.refusal(fields.echo().toString());
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get());
    }
    if (jobs.newestFirst().stream().filter(MurekaJob::running).count() >= PARALLEL) {
      return Replies.error(429, "Account is busy executing " + PARALLEL + " jobs");
    }
    if (!environment().settings().takeCredits(1)) {
      return Replies.error(412, "Account has no credits left");
    }
    List<Clip> made =
        IntStream.range(0, SONGS)
            .mapToObj(n -> Clip.song(Integer.toString(numbers.incrementAndGet()), brief.apply(n)))
            .toList();
    MurekaJob job =
        new MurekaJob(
            new MurekaJob.Facts(
                "j"
                    + UUID.randomUUID().toString().replace("-", "")
                    + "-u777-a"
                    + MurekaJob.ACCOUNT
                    + "-bot:mureka",
                verb,
                numbers.incrementAndGet(),
                made,
                fields.echo(),
                environment().clock().instant()),
            parts);
    jobs.add(job.id(), job);
    made.forEach(song -> songs.add(song.id(), song));
    if (async) {
      ObjectNode answer = job.record();
      generation.start(job);
      return faults.accepted(Reply.json(201, answer));
    }
    boolean fails =
        Pattern.compile(environment().settings().get().generation().failing())
            .matcher(job.text())
            .find();
    job.finish(fails ? Ending.FAILED : Ending.COMPLETED);
    ObjectNode answer = Json.object().put("jobid", job.id());
    return new Reply.LateReply(
        environment().settings().get().generation().duration(),
        fails
            ? Replies.error(500, "Generation failed")
            : Reply.json(200, answer.setAll(job.response())));
  }

  private double audioSeconds() {
    return environment().settings().get().generation().audioSeconds();
  }
}
