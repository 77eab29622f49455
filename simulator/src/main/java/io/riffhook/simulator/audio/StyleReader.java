package io.riffhook.simulator.audio;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a style out of a prompt's words; what the words leave open is drawn from the seed. */
final class StyleReader {
  private static final Pattern BPM =
      Pattern.compile("\\b(\\d{2,3})\\s*bpm\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern SLOW =
      words("slow\\w*|calm\\w*|gentle|gently|quiet\\w*|downtempo|ballad\\w*|lullaby");
  private static final Pattern FAST =
      words("fast\\w*|quick\\w*|energetic|driving|uptempo|furious\\w*|speed\\w*");
  private static final Pattern DARK =
      words(
          "sad\\w*|minor|dark\\w*|melanchol\\w*|lonely|rain\\w*|tragic|distant|lost|tears?|night|goodbye");
  private static final Pattern BRIGHT =
      words("happy|major|bright|joy\\w*|sunny|cheerful|uplifting|celebrat\\w*");

  private StyleReader() {}

  static Style read(String prompt, Random random) {
    List<Genre> genres = genres(prompt, random);
    Genre feel = genres.getFirst();
    Genre beat = genres.getLast();
    return new Style(feel, beat, tempo(prompt, feel, beat, random), key(prompt, feel, random));
  }

  /** Genres in the order the prompt names them, at least one. */
  private static List<Genre> genres(String prompt, Random random) {
    record Found(Genre genre, int at) {}
    List<Genre> named =
        Arrays.stream(Genre.values())
            .flatMap(
                genre ->
                    genre
                        .words()
                        .matcher(prompt)
                        .results()
                        .limit(1)
                        .map(MatchResult::start)
                        .map(at -> new Found(genre, at)))
            .sorted(Comparator.comparingInt(Found::at))
            .map(Found::genre)
            .toList();
    Genre any = List.of(Genre.values()).get(random.nextInt(Genre.values().length));
    return named.isEmpty() ? List.of(any) : named;
  }

  private static Tempo tempo(String prompt, Genre feel, Genre beat, Random random) {
    double drawn = beat.slowest + random.nextInt(beat.fastest - beat.slowest + 1);
    Matcher asked = BPM.matcher(prompt);
    double bpm = drawn;
    if (asked.find()) {
      bpm = Math.clamp(Integer.parseInt(asked.group(1)), 50, 200);
    } else if (SLOW.matcher(prompt).find()) {
      bpm = drawn * 0.78;
    } else if (FAST.matcher(prompt).find()) {
      bpm = drawn * 1.14;
    }
    return new Tempo(Math.clamp(Math.round(bpm), 50, 200), Math.max(feel.swing, beat.swing));
  }

  private static Key key(String prompt, Genre feel, Random random) {
    int tonic = random.nextInt(12);
    double drawn = random.nextDouble();
    boolean minor = DARK.matcher(prompt).find() || drawn < feel.minor;
    if (BRIGHT.matcher(prompt).find() || !minor) {
      return new Key(tonic, Scale.MAJOR);
    }
    return new Key(tonic, feel == Genre.HIPHOP ? Scale.DORIAN : Scale.MINOR);
  }

  private static Pattern words(String words) {
    return Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE);
  }
}
