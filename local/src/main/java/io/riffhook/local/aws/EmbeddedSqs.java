package io.riffhook.local.aws;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;
import scala.Function0;

/**
 * ElasticMQ. Its message retention has no effect, and an empty receive answers with an empty list,
 * not with none.
 */
record EmbeddedSqs(URI endpoint, Function0<?> shutdown) implements EmbeddedService {

  /**
   * @param folder where queues and messages are kept, if they are kept
   */
  static EmbeddedSqs start(Optional<Path> folder, String region) throws IOException {
    int port = freePort();
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
    Config config = ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load());
    return new EmbeddedSqs(
        EmbeddedService.at(port), new ElasticMQServer(new ElasticMQServerConfig(config)).start());
  }

  /**
   * The server can choose a port itself, but doesn't tell which: another process may take ours
   * first, then it fails.
   */
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
