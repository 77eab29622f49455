package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * {@code POST /riffusion/create}: which fields a call has follows from {@code custom_mode} and
 * {@code task_type}. A field that the page of a mode doesn't list is refused. There are no webhooks
 * here.
 */
final class RiffusionCalls {
  /** "riffusion 12", for two songs. */
  private static final int COST = 12;

  private static final int SONGS = 2;
  private static final int LONGEST_PROMPT = 3000;
  private static final int LONGEST_TITLE = 80;
  private static final List<String> MODELS =
      List.of("FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0");

  /** What is done to a clip, by {@code task_type}. */
  private static final Map<String, String> TRANSFORMS =
      Map.ofEntries(
          Map.entry("extend_music", "extend"),
          Map.entry("extend_upload_music", "extend"),
          Map.entry("cover_music", "cover"),
          Map.entry("cover_upload_music", "cover"),
          Map.entry("replace_music", "replace"),
          Map.entry("replace_upload_music", "replace"),
          Map.entry("swap_music_sound", "swap sound"),
          Map.entry("swap_upload_music_sound", "swap sound"),
          Map.entry("swap_music_vocals", "swap vocals"),
          Map.entry("swap_upload_music_vocals", "swap vocals"));

  private final Tasks tasks;
  private final Environment environment;

  RiffusionCalls(Tasks tasks, Environment environment) {
    this.tasks = tasks;
    this.environment = environment;
  }

  Reply create(Fields fields) {
    boolean custom = fields.requiredFlag("custom_mode");
    String model = fields.oneOf("mv", MODELS).orElseThrow(() -> new BadRequest("mv is required"));
    String type = fields.text("task_type").orElse("create_music");
    String title = fields.text("title", LONGEST_TITLE).orElse("");
    String prompt = fields.text("prompt", LONGEST_PROMPT).orElse("");
    String sound = fields.text("sound").orElse("");
    String lyrics = fields.text("lyrics").orElse("");
    String text = String.join("\n", prompt, sound, lyrics, title);
    IntFunction<SongBrief> brief =
        type.equals("create_music")
            ? custom ? withLyrics(fields) : described(fields)
            : transform(fields, type, custom);
    List<Result> songs = new ArrayList<>();
    for (int variation = 0; variation < SONGS; variation++) {
      songs.add(new Result.Song(Clip.song(UUID.randomUUID().toString(), brief.apply(variation))));
    }
    return tasks.begin(new Task.Order(songs, text, model, "", COST, Optional.empty()));
  }

  /** "create music (with lyrics)". */
  private IntFunction<SongBrief> withLyrics(Fields fields) {
    fields.only(
        Set.of(
            "custom_mode",
            "make_instrumental",
            "mv",
            "lyrics",
            "title",
            "prompt",
            "sound",
            "task_type"));
    boolean instrumental = fields.requiredFlag("make_instrumental");
    String sound = fields.text("sound").orElse("");
    String prompt = (sound + " " + fields.text("prompt").orElse("")).strip();
    String lyrics = fields.text("lyrics").orElse("");
    String title = fields.text("title").orElse("");
    return variation ->
        new SongBrief(prompt, title, lyrics, instrumental, variation, audioSeconds());
  }

  /** "create music (with description)": the page lists no {@code make_instrumental}. */
  private IntFunction<SongBrief> described(Fields fields) {
    fields.only(Set.of("custom_mode", "mv", "prompt", "task_type"));
    String prompt = fields.required("prompt");
    return variation -> SongBrief.of(prompt, variation, audioSeconds());
  }

  private IntFunction<SongBrief> transform(Fields fields, String type, boolean custom) {
    String how = Optional.ofNullable(TRANSFORMS.get(type)).orElse("");
    if (how.isEmpty()) {
      throw new BadRequest("task_type is not supported");
    }
    if (!custom) {
      throw new BadRequest("custom_mode must be true for " + type);
    }
    boolean extend = how.equals("extend");
    fields.only(known(how));
    Clip clip = clip(fields, type);
    String sound = fields.required("sound");
    String lyrics = extend ? fields.required("lyrics") : fields.text("lyrics").orElse("");
    String numbers = extend ? " at " + continueAt(fields) : numbers(fields, how);
    double seconds = clip.brief().seconds() + (extend ? audioSeconds() : 0);
    Clip.Wish wish =
        new Clip.Wish(how + numbers, sound, lyrics, fields.text("title").orElse(""), false);
    return variation -> clip.version(wish, variation, seconds);
  }

  /** The times of a replacement and the strength of a cover are those of the heir, producer. */
  private static Set<String> known(String how) {
    return switch (how) {
      case "extend" ->
          Set.of(
              "custom_mode",
              "mv",
              "lyrics",
              "title",
              "sound",
              "continue_clip_id",
              "continue_at",
              "task_type");
      case "replace" ->
          Set.of(
              "custom_mode",
              "mv",
              "lyrics",
              "title",
              "sound",
              "continue_clip_id",
              "starts_at",
              "ends_at",
              "task_type");
      case "cover" ->
          Set.of(
              "custom_mode",
              "mv",
              "lyrics",
              "title",
              "sound",
              "continue_clip_id",
              "strength",
              "task_type");
      default ->
          Set.of("custom_mode", "mv", "lyrics", "title", "sound", "continue_clip_id", "task_type");
    };
  }

  private Clip clip(Fields fields, String type) {
    Clip clip = tasks.clip("continue_clip_id", fields.required("continue_clip_id"));
    if (clip.uploaded() != type.contains("_upload_")) {
      throw new BadRequest(
          clip.uploaded()
              ? "continue_clip_id is of an upload, which " + type + " does not take"
              : "continue_clip_id is not of an upload, which " + type + " needs");
    }
    return clip;
  }

  private static int continueAt(Fields fields) {
    return fields
        .number("continue_at", 0, 3600)
        .orElseThrow(() -> new BadRequest("continue_at is required"));
  }

  private static String numbers(Fields fields, String how) {
    if (how.equals("replace")) {
      return Times.of(fields).toString();
    }
    return fields.decimal("strength", 0, 1).stream()
        .mapToObj(strength -> " by " + strength)
        .findFirst()
        .orElse("");
  }

  private double audioSeconds() {
    return environment.settings().get().generation().audioSeconds();
  }
}
