package io.riffhook.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The run with kills, from the command line: {@code ./mvnw -pl reliability/processes -am
 * -DskipTests verify -Pkills -Dkills.jobs=2000}. Ends with 1 where something did not hold.
 */
public final class KillMain {
  private KillMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = emptied(Path.of("target", "kills").toAbsolutePath());
    KillOptions options =
        new KillOptions(
            Integer.getInteger("kills.jobs", 2000),
            Duration.ofMinutes(Integer.getInteger("kills.minutes", 120)),
            Integer.getInteger("kills.open", 60),
            Duration.ofMillis(Integer.getInteger("kills.everyMillis", 1000)),
            0,
            Integer.MAX_VALUE,
            Long.getLong("kills.seed", new SecureRandom().nextInt(1_000_000)),
            Double.parseDouble(System.getProperty("kills.timeScale", "0.05")),
            Duration.ofMillis(1500),
            Duration.ofMinutes(5),
            2,
            true,
            Path.of(System.getProperty("kills.root", "../..")).toAbsolutePath().normalize(),
            folder);
    System.out.printf("seed %d, logs in %s%n", options.seed(), options.folder());
    KillRun.Result result = new KillRun(options).run();
    String report = KillReport.of(result);
    System.out.println(report);
    Files.writeString(folder.resolve("report.txt"), report);
    System.exit(result.violations().isEmpty() ? 0 : 1);
  }

  private static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }
}
