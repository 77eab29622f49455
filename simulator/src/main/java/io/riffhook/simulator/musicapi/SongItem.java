package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.Song;
import io.riffhook.simulator.audio.TimedWord;
import io.riffhook.simulator.http.Json;
import java.util.ArrayList;
import java.util.List;

/** Writes what a song's item holds of words. */
final class SongItem {
  private SongItem() {}

  /** {@code timestamp}: when each word is sung, and in which line of the lyrics it stands. */
  static ObjectNode timestamp(Song song) {
    List<Placed> written = written(song.lyrics());
    ObjectNode timestamp = Json.object();
    ArrayNode words = timestamp.putArray("words");
    int next = 0;
    int line = 0;
    for (TimedWord word : song.words()) {
      for (int at = next; at < written.size(); at++) {
        if (written.get(at).word().equals(word.text())) {
          line = written.get(at).line();
          next = at + 1;
          break;
        }
      }
      ObjectNode item = words.addObject().put("text", word.text());
      item.put("start", word.start()).put("end", word.end()).put("line_index", line);
      item.putNull("index_range").putNull("wav2vec2_format");
    }
    return timestamp;
  }

  private static List<Placed> written(String lyrics) {
    List<Placed> words = new ArrayList<>();
    List<String> lines = lyrics.lines().toList();
    for (int line = 0; line < lines.size(); line++) {
      for (String word : List.of(lines.get(line).split("\\s+"))) {
        words.add(new Placed(word, line));
      }
    }
    return words;
  }

  private record Placed(String word, int line) {}
}
