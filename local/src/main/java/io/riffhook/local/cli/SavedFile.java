package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A file that was saved and found to be what the API said.
 *
 * @param seconds how long it plays, where it plays
 */
record SavedFile(
    Path path, String name, String kind, OptionalDouble seconds, long bytes, String sha256) {

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("file", path.toString()).put("kind", kind);
    seconds.ifPresent(length -> json.put("durationSeconds", length));
    return json.put("bytes", bytes).put("sha256", sha256);
  }
}
