package io.riffhook.local.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we ship, held against a folder of advisories: {@code ./mvnw verify -Psbom
 * -Dadvisories.data=DIR}. There is none in the repository, for it would be old the day after.
 */
@EnabledIfSystemProperty(named = "advisories.data", matches = ".+")
final class KnownAdvisoriesIT {
  /** Advisories that were looked into and do not concern us: an id at the start of a line. */
  private static final Path ACCEPTED = Path.of("..", ".ci", "accepted-advisories");

  static Stream<Path> lists() {
    return Stream.of(SbomIT.FUNCTIONS, SbomIT.LOCAL);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void shouldShipNothingThatSomethingIsKnownAgainst(Path list) throws Exception {
    Advisories advisories = Advisories.read(Path.of(System.getProperty("advisories.data", "")));
    Set<String> accepted;
    try (Stream<String> lines = Files.lines(ACCEPTED)) {
      accepted = lines.map(line -> line.split("\\s", 2)[0]).collect(Collectors.toSet());
    }

    assertThat(advisories.against(Sbom.read(list).foreign()))
        .filteredOn(finding -> !accepted.contains(finding.advisory()))
        .isEmpty();
  }
}
