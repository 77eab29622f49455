package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FilesTableTest {

  @Test
  void shouldAlignNumbersRightAndTheRestLeft() {
    Path folder = Path.of("songs", "paper-boats");
    JobView.SongView song =
        new JobView.SongView("j-1", "Paper Boats", OptionalDouble.of(187.2), List.of());
    SavedSong saved =
        new SavedSong(
            song,
            folder,
            List.of(
                new SavedFile(
                    folder.resolve("song.mp3"),
                    "song.mp3",
                    "audio",
                    song.seconds(),
                    4_492_800,
                    "0123456789abcdef"),
                new SavedFile(
                    folder.resolve("cover.jpg"),
                    "cover.jpg",
                    "cover",
                    OptionalDouble.empty(),
                    512,
                    "fedcba9876543210")));

    assertThat(FilesTable.lines(saved))
        .containsExactly(
            "Paper Boats, in " + folder,
            "FILE       KIND   LENGTH    SIZE  SHA-256",
            "song.mp3   audio    3:07  4.5 MB  0123456789ab…",
            "cover.jpg  cover       -   512 B  fedcba987654…");
  }
}
