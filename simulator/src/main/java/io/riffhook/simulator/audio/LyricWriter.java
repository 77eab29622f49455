package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes titles and lyrics about a topic, from templates. */
public final class LyricWriter {
  /** What providers give as the lyrics of a song nobody sings in. */
  public static final String INSTRUMENTAL = "[Instrumental]";

  private static final List<String> TITLES =
      List.of(
          "%s", "Letters to the %s", "%s, After Hours", "The Last %s", "%s at Dawn", "%s in Blue");
  private static final List<String> VERSE =
      List.of(
          "I hear the %s calling out my name",
          "Under the streetlight nothing is the same",
          "The morning comes slowly over the bay",
          "Every %s I know is fading away",
          "I wrote you a letter I never did send",
          "The road keeps on turning and never will end",
          "Silver on water and dust in the air",
          "I look for the %s but nobody is there",
          "We counted the stars from the back of a car",
          "Now I wonder tonight where you are");
  private static final List<String> CHORUS =
      List.of(
          "Oh %s come back to me",
          "Carry me over the deep blue sea",
          "Oh %s don't let me go",
          "You are the only one I know",
          "Sing it again for the %s tonight",
          "Hold on to me in the fading light");

  private final String topic;
  private final Random random;

  /** A writer on what the prompt is about; equal prompts and seeds write the same. */
  public LyricWriter(String prompt, long seed) {
    this.topic = Topic.of(prompt);
    this.random = new Random(seed);
  }

  /** A title. */
  public String title() {
    return TITLES.get(random.nextInt(TITLES.size())).formatted(Topic.titleCase(topic));
  }

  /**
   * Two verses and two choruses of four lines, each under its {@code [Verse]} or {@code [Chorus]}
   * marker.
   */
  public String text() {
    List<String> chorus = lines(CHORUS, 4);
    return List.of(
            block("[Verse]", lines(VERSE, 4)),
            block("[Chorus]", chorus),
            block("[Verse]", lines(VERSE, 4)),
            block("[Chorus]", chorus))
        .stream()
        .collect(Collectors.joining("\n\n"));
  }

  List<String> verse(int count) {
    return lines(VERSE, count);
  }

  List<String> chorus(int count) {
    return lines(CHORUS, count);
  }

  static String block(String marker, List<String> lines) {
    return marker + "\n" + String.join("\n", lines);
  }

  /** The lines of lyrics that somebody sings: no markers, no blank ones. */
  static List<String> sung(String lyrics) {
    return Arrays.stream(lyrics.split("\\R"))
        .map(line -> line.replaceAll("\\[[^\\]]*]", "").strip())
        .filter(line -> line.chars().anyMatch(Character::isLetter))
        .toList();
  }

  /** Neighbouring templates rhyme, so they are taken in pairs. */
  private List<String> lines(List<String> templates, int count) {
    int pairs = templates.size() / 2;
    int pair = random.nextInt(pairs);
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < count; line++) {
      lines.add(templates.get((pair % pairs) * 2 + line % 2).formatted(topic));
      pair += line % 2;
    }
    return List.copyOf(lines);
  }
}
