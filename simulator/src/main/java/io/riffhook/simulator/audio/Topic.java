package io.riffhook.simulator.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a prompt is about, as opposed to how it should sound. */
final class Topic {
  private static final Pattern ABOUT =
      Pattern.compile("\\babout\\s+([^.,;:!?]+)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> FILLERS =
      Set.of(
          "a",
          "an",
          "the",
          "my",
          "your",
          "our",
          "their",
          "his",
          "her",
          "of",
          "and",
          "or",
          "in",
          "on",
          "at",
          "to",
          "for",
          "with",
          "by",
          "from",
          "song",
          "songs",
          "track",
          "music",
          "tune",
          "beat",
          "beats",
          "bpm",
          "slow",
          "fast",
          "sad",
          "happy",
          "upbeat",
          "instrumental",
          "about",
          "some",
          "very",
          "that",
          "is",
          "vocals",
          "vocal",
          "style",
          "k");

  private Topic() {}

  /** Two words at most, in lower case, without an article: {@code "distant lover"}. */
  static String of(String prompt) {
    Matcher about = ABOUT.matcher(prompt);
    String words = content(about.find() ? about.group(1) : prompt);
    String topic = words.isEmpty() ? content(prompt) : words;
    return topic.isEmpty() ? "midnight" : topic;
  }

  static String titleCase(String words) {
    return Arrays.stream(words.split(" "))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining(" "));
  }

  private static String content(String text) {
    List<String> words =
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+"))
            .filter(word -> !word.isBlank() && !FILLERS.contains(word))
            .toList();
    List<String> kept = words.stream().filter(word -> !isGenre(word)).toList();
    return kept.stream().skip(Math.max(0, kept.size() - 2L)).collect(Collectors.joining(" "));
  }

  private static boolean isGenre(String word) {
    return Arrays.stream(Genre.values()).anyMatch(genre -> genre.words().matcher(word).matches());
  }
}
