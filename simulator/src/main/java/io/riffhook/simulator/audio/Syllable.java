package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A syllable as the singer needs it.
 *
 * @param vowel the vowel that is held
 * @param hiss how much noise its first consonant makes, 0 (none, as in "me") to 1 (as in "so")
 */
record Syllable(Vowel vowel, double hiss) {
  private static final Pattern VOWELS = Pattern.compile("[aeiouyàâäáãåèéêëìíîïòóôöõùúûü]+");

  /**
   * The syllables of a written word, guessed from its spelling: each group of vowels is one; at
   * least one.
   */
  static List<Syllable> of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    // A final e is silent after another syllable: "line" has one, "the" has one.
    String spoken = lower.replaceAll("(?<=[aeiouy].{0,3}[^aeiouyl])e\\b[^a-z]*$", "");
    List<Syllable> syllables = new ArrayList<>();
    Matcher groups = VOWELS.matcher(spoken);
    int end = 0;
    while (groups.find()) {
      syllables.add(
          new Syllable(Vowel.of(groups.group()), hiss(spoken.substring(end, groups.start()))));
      end = groups.end();
    }
    return syllables.isEmpty() ? List.of(new Syllable(Vowel.U, 0)) : List.copyOf(syllables);
  }

  private static double hiss(String consonants) {
    if (consonants.matches(".*[szxc].*|.*(sh|ch).*")) {
      return 1;
    }
    return consonants.matches(".*[tkpfh].*") ? 0.6 : 0;
  }
}
