package io.riffhook.simulator.useapi;

import io.riffhook.simulator.calls.Fields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a create call asks for, checked. Texts left out are empty.
 *
 * @param maxJobs how many jobs the account may run, 1 to 10
 */
record CreateRequest(
    Optional<String> userId,
    String prompt,
    String title,
    String lyrics,
    boolean instrumental,
    String replyUrl,
    String replyRef,
    OptionalInt maxJobs) {

  /** "Maximum length 1024 characters." */
  private static final int LONGEST_REPLY = 1024;

  /** "prompt is required"; page of February 17, 2025. */
  static CreateRequest prompt(Fields fields) {
    checkModel(fields);
    return new CreateRequest(
        fields.text("user_id"),
        fields.required("prompt"),
        "",
        "",
        fields.flag("instrumental"),
        fields.url("replyUrl", LONGEST_REPLY).orElse(""),
        fields.text("replyRef", LONGEST_REPLY).orElse(""),
        fields.number("maxJobs", 1, 10));
  }

  /**
   * {@code prompt_1} is required, a song without {@code lyrics} is an instrumental; page of March
   * 28, 2025.
   */
  static CreateRequest compose(Fields fields) {
    checkModel(fields);
    fields.required("prompt_1");
    fields.number("lyrics_strength", 0, 100);
    fields.number("lyrics_weirdness", 0, 100);
    for (int prompt = 1; prompt <= 3; prompt++) {
      fields.number("prompt_" + prompt + "_strength", 20, 100);
      fields.number("prompt_" + prompt + "_start", 0, 100);
      fields.number("prompt_" + prompt + "_end", 0, 100);
    }
    String prompts =
        IntStream.rangeClosed(1, 3)
            .mapToObj(prompt -> fields.text("prompt_" + prompt))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    String lyrics = fields.text("lyrics").orElse("");
    return new CreateRequest(
        fields.text("user_id"),
        prompts,
        fields.text("title").orElse(""),
        lyrics,
        lyrics.isEmpty(),
        fields.url("replyUrl", LONGEST_REPLY).orElse(""),
        fields.text("replyRef", LONGEST_REPLY).orElse(""),
        fields.number("maxJobs", 1, 10));
  }

  /** "Supported values: FUZZ-0.8 (default)". */
  private static void checkModel(Fields fields) {
    fields.oneOf("model", List.of("FUZZ-0.8"));
  }
}
