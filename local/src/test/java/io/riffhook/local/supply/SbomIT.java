package io.riffhook.local.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The lists of parts, held against what was built. They are made by {@code -Psbom} only. */
@EnabledIfSystemProperty(named = "riffhook.sbom", matches = "true")
final class SbomIT {
  static final Path FUNCTIONS = Path.of("..", "target", "riffhook-functions.json");
  static final Path LOCAL = Path.of("target", "riffhook-local.json");

  @Test
  void shouldListEveryJarOfEveryFunctionByItsHash() throws Exception {
    List<Path> archives = archives();
    assertThat(archives).hasSizeGreaterThan(4);
    Set<String> shipped = new TreeSet<>();
    for (Path archive : archives) {
      shipped.addAll(foreignJars(archive));
    }

    assertThat(listed(FUNCTIONS)).isEqualTo(shipped);
  }

  @Test
  void shouldListEveryJarOfTheCommandLine() throws Exception {
    Set<String> shipped = new TreeSet<>();
    try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
      for (Path jar : jars.filter(each -> isForeign(each.getFileName().toString())).toList()) {
        // The one jar that the build writes anew: its manifest is replaced.
        if (!jar.getFileName().toString().startsWith("DynamoDBLocal-")) {
          shipped.add(sha256(Files.readAllBytes(jar)));
        }
      }
    }

    assertThat(listed(LOCAL)).containsAll(shipped);
  }

  @Test
  void shouldTellTheVersionHashAndLicenceOfEveryPart() throws IOException {
    for (Path list : List.of(FUNCTIONS, LOCAL)) {
      assertThat(Sbom.read(list).foreign())
          .allSatisfy(
              part -> {
                assertThat(part.version()).as(part.module()).isNotEmpty();
                assertThat(part.sha256()).as(part.module()).hasSize(64);
                assertThat(part.licenses()).as(part.module()).isPositive();
              });
    }
    List<Sbom.Part> deployed = Sbom.read(FUNCTIONS).parts();
    assertThat(deployed)
        .doesNotHaveDuplicates()
        .extracting(Sbom.Part::module)
        .contains(
            "software.amazon.awssdk:dynamodb",
            "com.fasterxml.jackson.core:jackson-databind",
            "io.riffhook:riffhook-domain")
        .doesNotContain("io.riffhook:riffhook-simulator", "org.eclipse.jetty:jetty-server");
    assertThat(deployed.stream().map(part -> part.module() + ":" + part.version()).distinct())
        .as("of a module there may be a part for each kind of processor, but not two versions")
        .hasSize((int) deployed.stream().map(Sbom.Part::module).distinct().count());
  }

  @Test
  void shouldBeTheSameInEveryBuild() throws IOException {
    for (Path list : List.of(FUNCTIONS, LOCAL)) {
      assertThat(Files.readString(list)).doesNotContain("serialNumber", "\"timestamp\"");
    }
  }

  private static Set<String> listed(Path list) throws IOException {
    return Sbom.read(list).foreign().stream()
        .map(Sbom.Part::sha256)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> archives() throws IOException {
    List<Path> archives = new ArrayList<>();
    try (Stream<Path> functions = Files.list(Path.of("..", "functions"))) {
      for (Path function : functions.filter(Files::isDirectory).toList()) {
        Path archive = function.resolve("target").resolve(function.getFileName() + ".zip");
        if (Files.exists(archive)) {
          archives.add(archive);
        }
      }
    }
    return archives;
  }

  private static Set<String> foreignJars(Path archive) throws Exception {
    Set<String> hashes = new TreeSet<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (!entry.isDirectory() && isForeign(name)) {
          hashes.add(sha256(zip.readAllBytes()));
        }
      }
    }
    return hashes;
  }

  private static boolean isForeign(String jar) {
    return !jar.startsWith("riffhook-");
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
