package io.riffhook.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The run that kills {@code up}, from the command line: {@code ./mvnw -pl reliability/processes -am
 * -DskipTests verify -Pmachine-kills}. Ends with 1 if something did not hold.
 */
public final class MachineKillMain {
  private MachineKillMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("riffhook-kills");
    MachineKillRun.Options options =
        new MachineKillRun.Options(
            Integer.getInteger("kills.jobs", 2000),
            Integer.getInteger("kills.perKill", 8),
            Long.getLong("kills.seed", new SecureRandom().nextInt(1_000_000)),
            Double.parseDouble(System.getProperty("kills.timeScale", "0.05")),
            Duration.ofMinutes(Integer.getInteger("kills.minutes", 30)),
            Path.of(System.getProperty("kills.root", "../..")).toAbsolutePath().normalize(),
            folder);
    System.out.printf("seed %d, data and log in %s%n", options.seed(), folder);
    MachineKillRun.Result result = new MachineKillRun(options).run();
    System.out.println(result.report());
    System.exit(result.violations().isEmpty() ? 0 : 1);
  }
}
