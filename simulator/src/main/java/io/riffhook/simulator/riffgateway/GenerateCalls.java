package io.riffhook.simulator.riffgateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.CreateFaults;
import io.riffhook.simulator.calls.CreateFaults.Refusal;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Fetcher;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Generation;
import io.riffhook.simulator.work.Store;
import io.riffhook.simulator.work.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The calls that make songs, {@code /riffusion/generate} and {@code /generate/topic}, and that
 * which takes audio, {@code /upload}.
 */
final class GenerateCalls {
  private static final int SONGS = 2;

  /** "Billed per request". */
  private static final int COST = 1;

  private static final List<String> MODELS =
      List.of("FUZZ-1.0", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.1 Pro");

  private final Store<Clip> clips = new Store<>();
  private final Store<Batch> batches;
  private final Environment environment;
  private final Generation generation;
  private final Fetcher fetcher;
  private final CreateFaults faults;

  GenerateCalls(
      Store<Batch> batches, Environment environment, Generation generation, Fetcher fetcher) {
    this.batches = batches;
    this.environment = environment;
    this.generation = generation;
    this.fetcher = fetcher;
    this.faults = new CreateFaults(environment.settings());
  }

  /** "Professional mode", and all transforms. */
  Reply generate(Fields fields) {
    fields.only(Set.of("model", "lyrics", "tag", "title", "instrumental", "morph"));
    String model = model(fields);
    String lyrics = present(fields, "lyrics");
    String tag = present(fields, "tag");
    String title = present(fields, "title");
    boolean instrumental = fields.flag("instrumental");
    Optional<Morph> morph = fields.object("morph").map(inner -> Morph.of(inner, clips::find));
    if (morph.isEmpty() && lyrics.isEmpty() && !instrumental) {
      throw new BadRequest("lyrics is required");
    }
    return begin(
        String.join("\n", tag, lyrics, title),
        Optional.empty(),
        Optional.of(tag),
        model,
        variation ->
            morph
                .map(
                    how ->
                        how.source()
                            .version(
                                new Clip.Wish(how.how(), tag, lyrics, title, instrumental),
                                variation,
                                how.source().brief().seconds()
                                    + (how.longer() ? audioSeconds() : 0)))
                .orElseGet(
                    () ->
                        new SongBrief(
                            tag, title, lyrics, instrumental, variation, audioSeconds())));
  }

  /** "Inspiration mode". */
  Reply topic(Fields fields) {
    fields.only(Set.of("model", "topic", "instrumental"));
    String model = model(fields);
    String topic = fields.required("topic");
    boolean instrumental = fields.flag("instrumental");
    return begin(
        topic,
        Optional.of(topic),
        Optional.empty(),
        model,
        variation -> new SongBrief(topic, "", "", instrumental, variation, audioSeconds()));
  }

  /** Nothing but {@code id} of the answer is documented. */
  Reply upload(Fields fields) {
    fields.only(Set.of("url"));
    String url = fields.url("url", 4096).orElseThrow(() -> new BadRequest("url is required"));
    Optional<Refusal> refusal = faults.refusal("");
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get());
    }
    return switch (fetcher.fetch(url)) {
      case Fetcher.Fetched.Unusable(String why) -> Replies.error(400, why);
      case Fetcher.Fetched.Audio audio -> {
        if (!environment.settings().takeCredits(COST)) {
          yield Replies.outOfCredits();
        }
        Clip clip = Clip.upload(UUID.randomUUID().toString(), audioSeconds());
        clips.add(clip.id(), clip);
        yield faults.accepted(Reply.json(200, Json.object().put("id", clip.id())));
      }
    };
  }

  private Reply begin(
      String text,
      Optional<String> topic,
      Optional<String> sound,
      String model,
      IntFunction<SongBrief> brief) {
    Optional<Refusal> refusal = faults.refusal(text);
    if (refusal.isPresent()) {
      return Replies.refusal(refusal.get());
    }
    if (!environment.settings().takeCredits(COST)) {
      return Replies.outOfCredits();
    }
    List<Clip> riffs =
        IntStream.range(0, SONGS)
            .mapToObj(variation -> Clip.song(UUID.randomUUID().toString(), brief.apply(variation)))
            .toList();
    Timeline time =
        new Timeline(
            environment.clock().instant(), environment.settings().get().generation().duration());
    Batch batch =
        new Batch(
            new Batch.Order(riffs, text, topic, sound, model), time, end -> settle(riffs, end));
    riffs.forEach(riff -> batches.add(riff.id(), batch));
    generation.start(batch);
    ObjectNode answer = Json.object();
    ArrayNode jobs = answer.putArray("jobs");
    riffs.forEach(riff -> jobs.addObject().put("id", riff.id()));
    return faults.accepted(Reply.json(200, answer));
  }

  private void settle(List<Clip> riffs, Ending ending) {
    switch (ending) {
      case COMPLETED -> riffs.forEach(riff -> clips.add(riff.id(), riff));
      case FAILED -> environment.settings().refundCredits(COST);
    }
  }

  private static String model(Fields fields) {
    return fields.oneOf("model", MODELS).orElseThrow(() -> new BadRequest("model is required"));
  }

  /** A required text, which may be empty: an instrumental has no lyrics to send. */
  private static String present(Fields fields, String name) {
    if (!fields.has(name)) {
      throw new BadRequest(name + " is required");
    }
    return fields.text(name).orElse("");
  }

  private double audioSeconds() {
    return environment.settings().get().generation().audioSeconds();
  }
}
