package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SongFoldersTest {
  @TempDir Path out = Path.of("");

  private static JobView.SongView song(String id, String title) {
    return new JobView.SongView(id, title, OptionalDouble.empty(), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "Paper Boats, paper-boats",
    "Don’t Stop (Now)!, dont-stop-now",
    "종이배, 종이배",
    "../../etc, etc",
    "Ｆｕｌｌ, full"
  })
  void shouldMakeANameOfATitle(String title, String slug) {
    assertThat(SongFolders.slug(title)).isEqualTo(slug);
  }

  @Test
  void shouldKeepNamesShort() {
    assertThat(SongFolders.slug("la ".repeat(100))).hasSizeLessThanOrEqualTo(60).endsWith("la");
  }

  @Test
  void shouldNumberSongsThatAreSavedTogether() {
    assertThat(new SongFolders(out).of(song("j-2", "Tide"), 2, 2))
        .isEqualTo(out.resolve("02-tide"));
  }

  @Test
  void shouldUseTheIdWhereATitleHasNoWords() {
    assertThat(new SongFolders(out).of(song("j-1", "???"), 1, 1)).isEqualTo(out.resolve("j-1"));
  }

  @Test
  void shouldWriteNoSongOverAnother() throws IOException {
    Path taken = Files.createDirectories(out.resolve("tide"));
    Files.writeString(taken.resolve("song.json"), "{\"id\": \"other-1\"}");

    assertThat(new SongFolders(out).of(song("j-1", "Tide"), 1, 1)).isEqualTo(out.resolve("tide-2"));
    assertThat(new SongFolders(out).of(song("other-1", "Tide"), 1, 1)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "con, con-song",
    "NUL, nul-song",
    "COM1, com1-song",
    "lpt9, lpt9-song",
    "console, console"
  })
  void shouldNotUseANameThatWindowsReserves(String title, String name) {
    assertThat(new SongFolders(out).of(song("j-1", title), 1, 1)).isEqualTo(out.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "..", ".", "a/../../x", "..\\x", "\u0000"})
  void shouldStayInTheFolderWhateverIdAServerNames(String id) {
    Path folder = new SongFolders(out).of(song(id, "…"), 1, 1);

    assertThat(folder.normalize()).isEqualTo(folder);
    assertThat(folder.getParent()).isEqualTo(out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x.mp3", "/etc/x", "..", ".", "", "stems/../../x", "a/b/c.wav", "a\u0000.wav"})
  void shouldRefuseAFileThatCouldLieElsewhere(String asset) {
    assertThatThrownBy(() -> SongFolders.file(out, asset))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("the server names a file that cannot be saved here");
  }

  @Test
  void shouldSaveFilesUnderTheirNames() {
    assertThat(SongFolders.file(out, "song.mp3")).isEqualTo(out.resolve("song.mp3"));
    assertThat(SongFolders.file(out, "stems/drums.wav")).isEqualTo(out.resolve("stems/drums.wav"));
    assertThat(SongFolders.file(out, "stems/aux.wav")).isEqualTo(out.resolve("stems/aux-file.wav"));
  }

  @Test
  void shouldNotTakeAFolderWhoseDocumentIsNotASongs() throws IOException {
    Files.writeString(Files.createDirectories(out.resolve("tide")).resolve("song.json"), "{");

    assertThat(new SongFolders(out).of(song("j-1", "Tide"), 1, 1)).isEqualTo(out.resolve("tide-2"));
  }
}
