package io.riffhook.local.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdvisoriesTest {
  private static final String RANGES =
      """
      {"id": "GHSA-1", "summary": "it leaks", "affected": [
        {"package": {"ecosystem": "npm", "name": "org.example:lib"},
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]},
        {"package": {"ecosystem": "Maven", "name": "org.example:lib"},
         "ranges": [
           {"type": "GIT", "events": [{"introduced": "0"}]},
           {"type": "ECOSYSTEM", "events": [
             {"fixed": "2.25.4"}, {"introduced": "2.25.0"},
             {"introduced": "2.0-beta9"}, {"fixed": "2.3.1"}]},
           {"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}, {"last_affected": "3.2"}]}],
         "versions": ["4.0-odd"]}]}
      """;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "2.0-beta8, false",
    "2.0-beta9, true",
    "2.0, true",
    "2.3, true",
    "2.3.1, false",
    "2.24.9, false",
    "2.25, true",
    "2.25.3, true",
    "2.25.4-SNAPSHOT, true",
    "2.25.4, false",
    "2.25.10, false",
    "3.0.0, true",
    "3.2.0, true",
    "3.2.1, false",
    "4.0-odd, true",
    "4.0, false"
  })
  void shouldTellWhichVersionsARecordIsAbout(String version, boolean concerned) throws IOException {
    write("a.json", RANGES);
    assertThat(Advisories.read(folder).against(List.of(part("lib", version))))
        .hasSize(concerned ? 1 : 0);
  }

  @Test
  void shouldNameTheLibraryAndTheRecord() throws IOException {
    write("2026/11/a.json", RANGES);
    assertThat(
            Advisories.read(folder)
                .against(List.of(part("other", "2.25.2"), part("lib", "2.25.2")))
                .toString())
        .isEqualTo("[org.example:lib:2.25.2 GHSA-1 it leaks]");
  }

  @Test
  void shouldReadTheRecordsOfAnArchive() throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("all.zip")))) {
      for (String name : List.of("GHSA-1.json", "README.md", "GHSA-2.json")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(
            RANGES.replace("GHSA-1", name.replace(".json", "")).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    assertThat(Advisories.read(folder).against(List.of(part("lib", "2.25.2"))))
        .extracting(Advisories.Finding::advisory)
        .containsExactly("GHSA-1", "GHSA-2");
  }

  @Test
  void shouldLeaveOutWhatWasWithdrawn() throws IOException {
    write("a.json", RANGES);
    write("b.json", RANGES.replaceFirst("\\{", "{\"withdrawn\": \"2026-01-01T00:00:00Z\","));
    assertThat(Advisories.read(folder).against(List.of(part("lib", "2.25.2")))).hasSize(1);
  }

  @Test
  void shouldNotTakeNoDataForNoFindings() throws IOException {
    write("a.json", RANGES.replace("Maven", "PyPI"));
    assertThatThrownBy(() -> Advisories.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no advisory of the Maven ecosystem in ");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  private static Sbom.Part part(String name, String version) {
    return new Sbom.Part("org.example", name, version, "", 1);
  }
}
