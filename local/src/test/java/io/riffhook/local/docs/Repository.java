package io.riffhook.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffhook.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The files of this repository, as a test of one module sees them. */
final class Repository {
  static final Path ROOT = Path.of("..");
  static final Path TEMPLATE = ROOT.resolve("template.yaml");
  static final Path EVENTS = ROOT.resolve("events");
  static final Path OPENAPI = ROOT.resolve("docs").resolve("openapi.yaml");
  static final JsonMapper JSON = new JsonMapper();

  private Repository() {}

  static Template template() throws IOException {
    return Template.read(TEMPLATE, Map.of());
  }

  static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** The document as it stands, references and all. */
  static JsonNode openApi() throws IOException {
    return JSON.valueToTree(new Yaml().load(Files.readString(OPENAPI)));
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
