package io.riffhook.local.supply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** A list of parts in the CycloneDX format (https://cyclonedx.org/docs/1.6/json/). */
record Sbom(List<Part> parts) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OWN = "io.riffhook";

  /**
   * One library.
   *
   * @param sha256 of its jar, in hexadecimal; empty for modules of ours, which are listed before
   *     they are packaged
   * @param licenses how many it is given under
   */
  record Part(String group, String name, String version, String sha256, int licenses) {
    /** What an advisory of the Maven ecosystem calls it. */
    String module() {
      return group + ":" + name;
    }

    boolean isOwn() {
      return group.equals(OWN);
    }
  }

  static Sbom read(Path file) throws IOException {
    return new Sbom(
        StreamSupport.stream(JSON.readTree(file.toFile()).path("components").spliterator(), false)
            .map(Sbom::part)
            .toList());
  }

  private static Part part(JsonNode component) {
    String sha256 =
        StreamSupport.stream(component.path("hashes").spliterator(), false)
            .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
            .map(hash -> hash.path("content").asText())
            .findFirst()
            .orElse("");
    return new Part(
        component.path("group").asText(),
        component.path("name").asText(),
        component.path("version").asText(),
        sha256,
        component.path("licenses").size());
  }

  /** The parts that are not ours. */
  List<Part> foreign() {
    return parts.stream().filter(part -> !part.isOwn()).toList();
  }
}
