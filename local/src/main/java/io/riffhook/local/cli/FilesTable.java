package io.riffhook.local.cli;

import java.util.ArrayList;
import java.util.List;

/** What was saved of a song. */
final class FilesTable {
  private static final int HASH_SHOWN = 12;

  private FilesTable() {}

  static List<String> lines(SavedSong saved) {
    TextTable table = new TextTable("FILE", "KIND", ">LENGTH", ">SIZE", "SHA-256");
    for (SavedFile file : saved.files()) {
      table.row(
          file.name(),
          file.kind(),
          file.seconds().isPresent() ? Quantity.length(file.seconds().getAsDouble()) : "-",
          Quantity.bytes(file.bytes()),
          file.sha256().substring(0, HASH_SHOWN) + "…");
    }
    List<String> lines = new ArrayList<>();
    lines.add(saved.song().title() + ", in " + saved.folder());
    lines.addAll(table.lines());
    return lines;
  }
}
