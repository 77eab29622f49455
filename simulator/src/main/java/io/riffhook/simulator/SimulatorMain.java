package io.riffhook.simulator;

import io.riffhook.simulator.settings.SimulatorSettings;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a simulator by itself: {@code --port PORT} (8090 unless given) and {@code --token TOKEN}.
 */
public final class SimulatorMain {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatorMain.class);
  private static final int DEFAULT_PORT = 8090;

  private SimulatorMain() {}

  /** Starts the simulator and waits until the process is ended. */
  public static void main(String[] args) throws InterruptedException {
    int port = DEFAULT_PORT;
    SimulatorSettings settings = SimulatorSettings.defaults();
    for (int index = 0; index < args.length; index += 2) {
      if (index + 1 == args.length) {
        throw new IllegalArgumentException(args[index] + " needs a value");
      }
      switch (args[index]) {
        case "--port" -> port = Integer.parseInt(args[index + 1]);
        case "--token" -> settings = settings.withToken(args[index + 1]);
        default ->
            throw new IllegalArgumentException(
                "Unknown option " + args[index] + "; known: --port, --token");
      }
    }
    Simulator simulator = Simulator.start(settings, port);
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    LOG.info("Simulating at {}", simulator.baseUrl());
    new CountDownLatch(1).await();
  }
}
