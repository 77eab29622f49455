package io.riffhook.local.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What is known against Maven libraries: records in the OSV format, read from a folder. That may
 * hold the export {@code Maven/all.zip} of osv.dev, or single records as the GitHub Advisory
 * Database has them. How a record is read: https://ossf.github.io/osv-schema/#evaluation.
 */
final class Advisories {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ECOSYSTEM = "Maven";

  private final Map<String, List<Affected>> byModule = new HashMap<>();

  /** What one record says of one library. */
  private record Affected(String id, String summary, JsonNode statement) {}

  /** A library that a record is about. */
  record Finding(String module, String version, String advisory, String summary) {
    @Override
    public String toString() {
      return module + ":" + version + " " + advisory + " " + summary;
    }
  }

  private Advisories() {}

  /**
   * Reads all records of a folder and of those in it.
   *
   * @throws IOException where there is none: no data must not look like no findings
   */
  static Advisories read(Path folder) throws IOException {
    Advisories advisories = new Advisories();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".json")) {
          advisories.add(JSON.readTree(file.toFile()));
        } else if (file.toString().endsWith(".zip")) {
          advisories.addAll(file);
        }
      }
    }
    if (advisories.byModule.isEmpty()) {
      throw new IOException("no advisory of the Maven ecosystem in " + folder);
    }
    return advisories;
  }

  private void addAll(Path archive) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".json")) {
          add(record(zip));
        }
      }
    }
  }

  /** By its bytes: a parser that is given the stream closes it. */
  private static JsonNode record(InputStream entry) throws IOException {
    return JSON.readTree(entry.readAllBytes());
  }

  private void add(JsonNode advisory) {
    if (advisory.hasNonNull("withdrawn")) {
      return;
    }
    for (JsonNode affected : advisory.path("affected")) {
      if (affected.at("/package/ecosystem").asText().equals(ECOSYSTEM)) {
        byModule
            .computeIfAbsent(affected.at("/package/name").asText(), _ -> new ArrayList<>())
            .add(
                new Affected(
                    advisory.path("id").asText(), advisory.path("summary").asText(), affected));
      }
    }
  }

  /** What is known against these libraries, in their order. */
  List<Finding> against(List<Sbom.Part> parts) {
    return parts.stream()
        .flatMap(
            part ->
                byModule.getOrDefault(part.module(), List.of()).stream()
                    .filter(affected -> concerns(affected.statement(), part.version()))
                    .map(
                        affected ->
                            new Finding(
                                part.module(), part.version(), affected.id(), affected.summary())))
        .distinct()
        .toList();
  }

  private static boolean concerns(JsonNode affected, String version) {
    return children(affected.path("versions")).anyMatch(each -> each.asText().equals(version))
        || children(affected.path("ranges"))
            .filter(range -> range.path("type").asText().equals("ECOSYSTEM"))
            .anyMatch(range -> isWithin(range.path("events"), new ComparableVersion(version)));
  }

  /** An event of a range: from a version on, or up to it. */
  private record Event(String kind, ComparableVersion version) {
    static Stream<Event> of(JsonNode node) {
      return node.properties().stream()
          .map(
              event -> new Event(event.getKey(), new ComparableVersion(event.getValue().asText())));
    }
  }

  private static boolean isWithin(JsonNode events, ComparableVersion version) {
    boolean within = false;
    for (Event event :
        children(events).flatMap(Event::of).sorted(Comparator.comparing(Event::version)).toList()) {
      int order = version.compareTo(event.version());
      within =
          switch (event.kind()) {
            case "introduced" -> within || order >= 0;
            case "fixed", "limit" -> within && order < 0;
            case "last_affected" -> within && order <= 0;
            // An event of a kind to come must not hide a finding.
            default -> within;
          };
    }
    return within;
  }

  private static Stream<JsonNode> children(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
