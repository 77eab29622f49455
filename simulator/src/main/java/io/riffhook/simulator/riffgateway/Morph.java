package io.riffhook.simulator.riffgateway;

import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.work.Clip;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The field {@code morph}: what is to be made of which audio. A field that its transform doesn't
 * use is refused.
 *
 * @param source the audio
 * @param transform one of {@link #TRANSFORMS}
 * @param how the transform with its numbers, in words
 */
record Morph(Clip source, String transform, String how) {
  private static final List<String> TRANSFORMS =
      List.of("cover", "extend", "inpaint", "swap_vocals", "swap_sound");
  private static final Set<String> COMMON =
      Set.of(
          "riff_id",
          "audio_upload_id",
          "transform",
          "normalized_lyrics_strength",
          "normalized_sound_prompt_strength",
          "normalized_weirdness",
          "normalized_variation_strength",
          "duration");
  private static final double LATEST = 3600;

  static Morph of(Fields fields, Function<String, Optional<Clip>> clips) {
    String transform =
        fields
            .oneOf("transform", TRANSFORMS)
            .orElseThrow(() -> new BadRequest("morph.transform is required"));
    Set<String> known = new HashSet<>(COMMON);
    known.addAll(own(transform));
    fields.only(known);
    for (String name : known) {
      if (name.startsWith("normalized_")) {
        fields.decimal(name, 0, 1);
      }
    }
    fields.decimal("duration", 0, LATEST);
    return new Morph(source(fields, clips), transform, transform + numbers(fields, transform));
  }

  boolean longer() {
    return transform.equals("extend");
  }

  private static Set<String> own(String transform) {
    return switch (transform) {
      case "extend" -> Set.of("crop_end_at");
      case "inpaint" -> Set.of("replace_start_at", "replace_end_at");
      case "cover" -> Set.of("normalized_cover_strength");
      default -> Set.of();
    };
  }

  private static String numbers(Fields fields, String transform) {
    return switch (transform) {
      case "extend" -> {
        double end = fields.requiredDecimal("crop_end_at", 0, LATEST);
        if (end == 0) {
          throw new BadRequest("morph.crop_end_at leaves nothing to extend");
        }
        yield " at " + end;
      }
      case "inpaint" -> {
        double start = fields.requiredDecimal("replace_start_at", 0, LATEST);
        double end = fields.requiredDecimal("replace_end_at", 0, LATEST);
        if (end <= start) {
          throw new BadRequest("morph.replace_end_at must be after replace_start_at");
        }
        yield " from %s to %s".formatted(start, end);
      }
      case "cover" ->
          fields.decimal("normalized_cover_strength", 0, 1).stream()
              .mapToObj(strength -> " by " + strength)
              .findFirst()
              .orElse("");
      default -> "";
    };
  }

  /** Songs are known by their own ids, uploads by theirs: one is not taken for the other. */
  private static Clip source(Fields fields, Function<String, Optional<Clip>> clips) {
    Optional<String> riff = fields.text("riff_id");
    Optional<String> upload = fields.text("audio_upload_id");
    if (riff.isPresent() == upload.isPresent()) {
      throw new BadRequest("morph needs either riff_id or audio_upload_id");
    }
    return riff.or(() -> upload)
        .flatMap(clips)
        .filter(clip -> clip.uploaded() == upload.isPresent())
        .orElseThrow(
            () ->
                new BadRequest(
                    (upload.isPresent() ? "morph.audio_upload_id" : "morph.riff_id")
                        + " is not known"));
  }
}
