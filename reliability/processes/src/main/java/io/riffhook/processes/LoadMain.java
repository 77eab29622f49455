package io.riffhook.processes;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The run under load, from the command line: {@code ./mvnw -pl reliability/processes -am
 * -DskipTests verify -Pload}. Ends with 1 where something did not hold.
 */
public final class LoadMain {
  private LoadMain() {}

  public static void main(String[] args) throws Exception {
    LoadOptions options =
        new LoadOptions(
            Integer.getInteger("load.jobs", 1000),
            Integer.getInteger("load.connections", 100),
            Double.parseDouble(System.getProperty("load.times", "20")),
            Duration.ofMillis(1500),
            Duration.ofMinutes(5),
            Long.getLong("load.seed", new SecureRandom().nextInt(1_000_000)),
            Path.of(System.getProperty("load.root", "../..")).toAbsolutePath().normalize());
    LoadRun.Result result = new LoadRun(options).run();
    System.out.println(LoadReport.of(result));
    System.exit(result.violations().isEmpty() ? 0 : 1);
  }
}
