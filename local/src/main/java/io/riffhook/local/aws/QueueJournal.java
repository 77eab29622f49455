package io.riffhook.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.data.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of the embedded queues in a file: one line for each message that was sent, and one
 * for each that was deleted. A line is with the operating system before its call is answered, so a
 * process that is killed loses nothing it has acknowledged. The lines are not forced to the disk: a
 * machine without power may lose the last ones.
 *
 * <p>For use by one thread.
 */
final class QueueJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueJournal.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** A file with this much of deleted messages is written anew. */
  private static final long MUCH_WASTE = 4L * 1024 * 1024;

  private final Path file;
  private final Map<Key, byte[]> live;
  private FileChannel channel;
  private long wasted;

  private record Key(String queue, String id) {}

  /**
   * A message.
   *
   * @param due when it can be received
   * @param deadLetterOf the queue that it comes from, if it is a dead letter
   */
  record Entry(
      String queue,
      String id,
      Instant created,
      Instant due,
      String body,
      Map<String, Attribute> attributes,
      Optional<String> deadLetterOf) {
    Entry {
      attributes = Map.copyOf(attributes);
    }

    /** Leaves out the body, which can hold a link that lets anybody read an asset. */
    @Override
    public String toString() {
      return "Entry[queue=%s, id=%s, due=%s]".formatted(queue, id, due);
    }
  }

  /**
   * An attribute of a message.
   *
   * @param kind String, Number or Binary
   * @param label what follows the kind in the attribute's type, if anything does
   * @param value a binary one in base64
   */
  record Attribute(String kind, Optional<String> label, String value) {}

  private QueueJournal(Path file, Map<Key, byte[]> live, FileChannel channel) {
    this.file = file;
    this.live = live;
    this.channel = channel;
  }

  /** Reads what a file holds and writes it anew without what was deleted. */
  static QueueJournal open(Path file) throws IOException {
    Map<Key, byte[]> live = read(file);
    return new QueueJournal(file, live, rewritten(file, live));
  }

  private static Map<Key, byte[]> read(Path file) throws IOException {
    Map<Key, byte[]> live = new LinkedHashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<JsonNode> entry = parse(line);
        if (entry.isEmpty()) {
          // The last line of a process that was killed while it wrote; nobody was answered.
          LOG.warn("{} has a line that is incomplete; it is left out", file);
          continue;
        }
        Key key = new Key(entry.get().path("queue").asText(), entry.get().path("id").asText());
        if (entry.get().has("body")) {
          live.put(key, bytes(line));
        } else {
          live.remove(key);
        }
      }
    } catch (NoSuchFileException _) {
      // The first run.
    }
    return live;
  }

  private static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The old file stays until the new one is complete. */
  private static FileChannel rewritten(Path file, Map<Key, byte[]> live) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    FileChannel channel = DataFolder.openPrivate(next);
    try {
      for (byte[] line : live.values()) {
        write(channel, line);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void write(FileChannel channel, byte[] line) throws IOException {
    long before = channel.position();
    ByteBuffer buffer = ByteBuffer.wrap(line);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      channel.truncate(before); // the next line must not begin within this one
      throw e;
    }
  }

  /** Writes down a message that was sent. */
  void add(Entry entry) throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("queue", entry.queue())
            .put("id", entry.id())
            .put("created", entry.created().toEpochMilli())
            .put("due", entry.due().toEpochMilli())
            .put("body", entry.body());
    entry.deadLetterOf().ifPresent(from -> json.put("deadLetterOf", from));
    ObjectNode attributes = json.putObject("attributes");
    entry
        .attributes()
        .forEach(
            (name, attribute) -> {
              ObjectNode each =
                  attributes
                      .putObject(name)
                      .put("kind", attribute.kind())
                      .put("value", attribute.value());
              attribute.label().ifPresent(label -> each.put("label", label));
            });
    byte[] line = bytes(json.toString());
    write(channel, line);
    live.put(new Key(entry.queue(), entry.id()), line);
  }

  /** Writes down that a message was deleted. */
  void remove(String queue, String id) throws IOException {
    byte[] sent = live.remove(new Key(queue, id));
    if (sent == null) {
      return;
    }
    byte[] line = bytes(JSON.createObjectNode().put("queue", queue).put("id", id).toString());
    write(channel, line);
    wasted += sent.length + line.length;
    if (wasted > MUCH_WASTE) {
      FileChannel next = rewritten(file, live);
      channel.close();
      channel = next;
      wasted = 0;
    }
  }

  /** The messages of a queue that were sent and not deleted, oldest first. */
  List<Entry> of(String queue) {
    return live.entrySet().stream()
        .filter(each -> each.getKey().queue().equals(queue))
        .map(each -> entry(each.getValue()))
        .toList();
  }

  private static Entry entry(byte[] line) {
    JsonNode json = parse(new String(line, StandardCharsets.UTF_8)).orElseThrow();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    json.path("attributes")
        .properties()
        .forEach(
            each ->
                attributes.put(
                    each.getKey(),
                    new Attribute(
                        each.getValue().path("kind").asText(),
                        Optional.ofNullable(each.getValue().path("label").textValue()),
                        each.getValue().path("value").asText())));
    return new Entry(
        json.path("queue").asText(),
        json.path("id").asText(),
        Instant.ofEpochMilli(json.path("created").asLong()),
        Instant.ofEpochMilli(json.path("due").asLong()),
        json.path("body").asText(),
        attributes,
        Optional.ofNullable(json.path("deadLetterOf").textValue()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
