package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What commands print for scripts: what the API said, and what was saved. */
final class JobJson {
  private JobJson() {}

  static String withFiles(JobView job, List<SavedSong> saved) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("job", job.json());
    files(json, saved);
    return json.toPrettyString();
  }

  static void files(ObjectNode onto, List<SavedSong> saved) {
    ArrayNode files = onto.putArray("files");
    saved.forEach(song -> song.files().forEach(file -> files.add(file.json())));
  }
}
