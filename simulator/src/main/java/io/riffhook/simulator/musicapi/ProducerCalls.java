package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.audio.LyricWriter;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.settings.ProducerDialect;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Environment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /producer}: one song a call. A field that the page of a task type doesn't list is refused,
 * but for those that the page says are taken and ignored.
 */
final class ProducerCalls {
  private static final int LONGEST_TITLE = 80;

  /** "length 1–240 (default 60)", in seconds. */
  private static final int LONGEST_EXTENSION = 240;

  private static final int EXTENSION = 60;
  private static final double LATEST = 3600;

  /** Files, in both dialects. */
  private static final int DOWNLOAD_COST = 2;

  private static final int LYRICS_COST = 1;

  /** "old FUZZ-* names accepted and silently mapped to the new model". */
  private static final List<String> MODELS =
      List.of(
          "FUZZ-2.0 Pro",
          "FUZZ-2.0",
          "FUZZ-2.0 Raw",
          "FUZZ-1.1 Pro",
          "FUZZ-1.1",
          "FUZZ-1.0 Pro",
          "FUZZ-1.0",
          "FUZZ-0.8",
          "FUZZ-3-Demo");

  /** What answers call the new model: the one name that the pages show. */
  private static final String MODEL = "FUZZ-2.0";

  private static final Set<String> COMMON =
      Set.of(
          "task_type",
          "mv",
          "webhook_url",
          "webhook_secret",
          "make_instrumental",
          "lyrics_strength",
          "sound_strength",
          "weirdness");

  /** Without a field for it, an instrumental is asked for in the sound. */
  private static final Pattern INSTRUMENTAL = Pattern.compile("(?i)instrumental|no vocals");

  private final Tasks tasks;
  private final Environment environment;

  ProducerCalls(Tasks tasks, Environment environment) {
    this.tasks = tasks;
    this.environment = environment;
  }

  Reply create(Fields fields) {
    String type = fields.required("task_type");
    boolean alone = dialect() == ProducerDialect.AIMUSICAPI;
    return switch (type) {
      case "create_music" -> begin(fields, create(fields, alone), alone ? 10 : 12);
      case "extend_music", "replace_music", "cover_music" ->
          alone ? Replies.retired(type) : begin(fields, transform(fields, type), 12);
      case "music_variation", "swap_music_vocals", "swap_music_sound" -> Replies.retired(type);
      default -> throw new BadRequest("task_type is not supported");
    };
  }

  /** Answers with a task that ends in a link, as aimusicapi.ai's page has it. */
  Reply download(Fields fields) {
    fields.only(Set.of("clip_id", "format"));
    Clip clip = tasks.clip("clip_id", fields.required("clip_id"));
    if (clip.uploaded()) {
      throw new BadRequest("clip_id is of an upload");
    }
    String format =
        fields
            .oneOf("format", List.of("mp3", "wav"))
            .orElseThrow(() -> new BadRequest("format is required"));
    MediaKind kind = format.equals("mp3") ? MediaKind.MP3 : MediaKind.WAV;
    return tasks.begin(
        new Task.Order(
            List.of(new Result.File(clip, kind)), "", MODEL, "", DOWNLOAD_COST, Optional.empty()));
  }

  /** Neither request nor answer are documented; these are ours. */
  Reply lyrics(Fields fields) {
    fields.only(Set.of("prompt"));
    String prompt = fields.required("prompt");
    LyricWriter writer = new LyricWriter(prompt, prompt.hashCode());
    Result words = new Result.Words(writer.title(), writer.text());
    return tasks.begin(
        new Task.Order(List.of(words), prompt, MODEL, "", LYRICS_COST, Optional.empty()));
  }

  private Reply begin(Fields fields, SongBrief brief, int cost) {
    fields.oneOf("mv", MODELS);
    String text =
        Stream.of("sound", "lyrics", "title", "instruction")
            .map(fields::text)
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"));
    Clip clip = Clip.song(UUID.randomUUID().toString(), brief);
    String seed = fields.text("seed").orElse("" + Math.floorMod(brief.hashCode(), 1_000_000));
    return tasks.begin(
        new Task.Order(
            List.of(new Result.Song(clip)), text, MODEL, seed, cost, Webhook.of(fields)));
  }

  private SongBrief create(Fields fields, boolean alone) {
    only(
        fields,
        alone
            ? Set.of(
                "task_type",
                "sound",
                "lyrics",
                "mv",
                "title",
                "seed",
                "make_instrumental",
                "webhook_url",
                "webhook_secret")
            : Set.of("sound", "lyrics", "title", "seed"),
        alone);
    Optional<String> sound = fields.text("sound");
    Optional<String> lyrics = fields.text("lyrics");
    if (sound.isEmpty() && lyrics.isEmpty()) {
      throw new BadRequest("sound or lyrics is required");
    }
    String title = fields.text("title", LONGEST_TITLE).orElse("");
    boolean instrumental = lyrics.isEmpty() && isInstrumental(sound.orElse(""));
    return new SongBrief(
        sound.orElse(""), title, lyrics.orElse(""), instrumental, 0, audioSeconds());
  }

  private SongBrief transform(Fields fields, String type) {
    String instruction = fields.text("instruction").orElse("");
    return switch (type) {
      case "extend_music" -> {
        only(fields, Set.of("clip_id", "starts_at", "length", "instruction"), false);
        Clip clip = clip(fields);
        double start = fields.requiredDecimal("starts_at", 0, LATEST);
        double length = fields.decimal("length", 1, LONGEST_EXTENSION).orElse(EXTENSION);
        // Rendering takes time: nobody learns more from minutes of music than from seconds.
        double more = Math.min(length, audioSeconds());
        String how = "extend at %s by %s".formatted(start, length);
        yield version(clip, how, instruction, "", clip.brief().seconds() + more);
      }
      case "replace_music" -> {
        only(fields, Set.of("clip_id", "starts_at", "ends_at", "instruction"), false);
        Clip clip = clip(fields);
        String how = "replace" + Times.of(fields);
        yield version(clip, how, instruction, "", clip.brief().seconds());
      }
      default -> {
        only(fields, Set.of("clip_id", "strength", "cover_strength", "sound", "lyrics"), false);
        Clip clip = clip(fields);
        double other = fields.decimal("cover_strength", 0, 1).orElse(0.5);
        String how = "cover by " + fields.decimal("strength", 0, 1).orElse(other);
        String lyrics = fields.text("lyrics").orElse("");
        yield version(clip, how, fields.text("sound").orElse(""), lyrics, clip.brief().seconds());
      }
    };
  }

  private static SongBrief version(
      Clip clip, String how, String sound, String lyrics, double seconds) {
    boolean instrumental =
        isInstrumental(sound) || (clip.brief().instrumental() && lyrics.isEmpty());
    return clip.version(new Clip.Wish(how, sound, lyrics, "", instrumental), 0, seconds);
  }

  private Clip clip(Fields fields) {
    return tasks.clip("clip_id", fields.required("clip_id"));
  }

  /** The fields of a task type, and those of all unless these are {@code all}. */
  private static void only(Fields fields, Set<String> names, boolean all) {
    fields.only(
        Stream.concat(names.stream(), all ? Stream.empty() : COMMON.stream())
            .collect(Collectors.toSet()));
  }

  private static boolean isInstrumental(String sound) {
    return INSTRUMENTAL.matcher(sound).find();
  }

  private ProducerDialect dialect() {
    return environment.settings().get().providers().musicapi().producer();
  }

  private double audioSeconds() {
    return environment.settings().get().generation().audioSeconds();
  }
}
