package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffhook.domain.AssetKey;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses where songs are saved. Titles repeat; no song is written over another. */
final class SongFolders {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 60;

  /** The encoding of file names here, which may be less than Unicode. */
  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /**
   * What Windows takes for a device, with any ending
   * (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
   */
  private static final Pattern RESERVED =
      Pattern.compile("con|prn|aux|nul|(com|lpt)[0-9¹²³]", Pattern.CASE_INSENSITIVE);

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
    String name =
        Stream.of(slug(song.title()), slug(song.id()), "song")
            .filter(each -> !each.isEmpty() && NAMES.newEncoder().canEncode(each))
            .findFirst()
            .orElseThrow();
    if (RESERVED.matcher(name).matches()) {
      name = name + "-song";
    }
    if (count > 1) {
      name = String.format(Locale.ROOT, "%02d-%s", number, name);
    }
    Path folder = out.resolve(name);
    for (int next = 2; !isFree(folder, song); next++) {
      folder = out.resolve(name + "-" + next);
    }
    return folder;
  }

  /**
   * Where a file of a song is saved.
   *
   * @throws CliException if the name, which the server chose, could lead out of the folder
   */
  static Path file(Path folder, String asset) {
    if (!AssetKey.isValidName(asset)) {
      throw new CliException(
          ExitCode.FAILED, "the server names a file that cannot be saved here: " + asset);
    }
    Path file = folder;
    for (String part : asset.split("/")) {
      String base = part.replaceFirst("\\..*", "");
      file =
          file.resolve(
              RESERVED.matcher(base).matches()
                  ? base + "-file" + part.substring(base.length())
                  : part);
    }
    return file;
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
      return false; // not a song's document, so not this song's
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
