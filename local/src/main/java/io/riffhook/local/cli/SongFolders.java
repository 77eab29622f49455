package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/** Chooses where songs are saved. Titles repeat; no song is written over another. */
final class SongFolders {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 60;

  private final Path out;

  SongFolders(Path out) {
    this.out = out;
  }

  /**
   * The folder of a song.
   *
   * @param number its number among the songs saved together
   * @param count how many those are
   */
  Path of(JobView.SongView song, int number, int count) {
    String slug = slug(song.title());
    String name = slug.isEmpty() ? song.id() : slug;
    if (count > 1) {
      name = String.format(Locale.ROOT, "%02d-%s", number, name);
    }
    Path folder = out.resolve(name);
    for (int next = 2; !isFree(folder, song); next++) {
      folder = out.resolve(name + "-" + next);
    }
    return folder;
  }

  private static boolean isFree(Path folder, JobView.SongView song) {
    if (Files.notExists(folder)) {
      return true;
    }
    Path document = folder.resolve("song.json");
    try {
      return Files.exists(document)
          && JSON.readTree(document.toFile()).path("id").asText().equals(song.id());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + document, e);
    }
  }

  /** A title as a file's name: letters of any script and digits, with hyphens between words. */
  static String slug(String title) {
    String words =
        Normalizer.normalize(title, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceAll("['’]", "")
            .replaceAll("[^\\p{L}\\p{M}\\p{Nd}]+", "-");
    int end =
        words.offsetByCodePoints(
            0, Math.min(LONGEST_NAME, words.codePointCount(0, words.length())));
    return words.substring(0, end).replaceAll("^-+|-+$", "");
  }
}
