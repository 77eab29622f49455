package io.riffhook.local.aws;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import scala.Function0;

/**
 * ElasticMQ. Its message retention has no effect, and an empty receive answers with an empty list,
 * not with none.
 */
record EmbeddedSqs(URI endpoint, Function0<?> shutdown) implements EmbeddedService {
  private static final int MOST_TRIES = 10;

  /** Chooses a port. */
  @FunctionalInterface
  interface Ports {
    int next() throws IOException;
  }

  /**
   * @param folder where queues and messages are kept, if they are kept
   */
  static EmbeddedSqs start(Optional<Path> folder, String region) throws IOException {
    return start(folder, region, EmbeddedSqs::freePort);
  }

  /**
   * The server can choose a port itself, but doesn't tell which. Ours may be taken before the
   * server has it: then it gets another.
   */
  static EmbeddedSqs start(Optional<Path> folder, String region, Ports ports) throws IOException {
    for (int tries = 1; ; tries++) {
      int port = ports.next();
      try {
        ElasticMQServerConfig config = new ElasticMQServerConfig(config(folder, region, port));
        return new EmbeddedSqs(EmbeddedService.at(port), new ElasticMQServer(config).start());
      } catch (RuntimeException e) {
        if (tries == MOST_TRIES || !isTaken(e)) {
          throw e;
        }
      }
    }
  }

  private static Config config(Optional<Path> folder, String region, int port) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("rest-sqs.bind-hostname", LOOPBACK); // the default is every address
    settings.put("rest-sqs.bind-port", port);
    settings.put("node-address.host", LOOPBACK);
    settings.put("node-address.port", port);
    settings.put("aws.region", region);
    folder.ifPresent(
        path -> {
          settings.put("messages-storage.enabled", true);
          settings.put(
              "messages-storage.uri", "jdbc:h2:" + path.resolve("queues").toAbsolutePath());
        });
    return ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load());
  }

  private static boolean isTaken(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    shutdown.apply();
  }
}
