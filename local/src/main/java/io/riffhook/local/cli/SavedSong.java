package io.riffhook.local.cli;

import java.nio.file.Path;
import java.util.List;

/** A song whose files are in a folder. */
record SavedSong(JobView.SongView song, Path folder, List<SavedFile> files) {
  SavedSong {
    files = List.copyOf(files);
  }
}
