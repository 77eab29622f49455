package io.riffhook.local.aws;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local. Its request handler runs on a Jetty of ours, because its own server listens on
 * every address and reports its use to AWS.
 */
record EmbeddedDynamoDb(
    Server server, ServerConnector connector, LocalDynamoDBRequestHandler requests)
    implements EmbeddedService {

  /**
   * @param folder where tables are kept, if they are kept
   */
  static EmbeddedDynamoDb start(Optional<Path> folder) throws Exception {
    boolean shared = true; // one database for every key and region
    boolean delayed = false; // a table is active as soon as it is created
    LocalDynamoDBRequestHandler requests =
        new LocalDynamoDBRequestHandler(
            0, folder.isEmpty(), folder.map(Path::toString).orElse(null), shared, delayed);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(LOOPBACK);
    server.addConnector(connector);
    server.setHandler(new LocalDynamoDBServerHandler(requests, null));
    server.start();
    return new EmbeddedDynamoDb(server, connector, requests);
  }

  @Override
  public URI endpoint() {
    return EmbeddedService.at(connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop", e);
    }
    requests.shutdown(); // lets go of the database file
  }
}
