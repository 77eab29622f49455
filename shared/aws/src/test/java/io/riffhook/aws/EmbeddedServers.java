package io.riffhook.aws;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB, SQS and S3 inside this JVM, on loopback ports, keeping everything in memory. */
final class EmbeddedServers {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String REGION = "us-east-1";
  private static final String KEY = "test";

  private EmbeddedServers() {}

  /** Starts them, to run until the JVM ends, and gives the environment that leads to them. */
  static Map<String, String> start() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", KEY);
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + dynamoDb());
    environment.put("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:" + sqs());
    environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + s3());
    return Map.copyOf(environment);
  }

  /** On a Jetty of ours, because its own listens on every address. */
  private static int dynamoDb() throws Exception {
    boolean inMemory = true;
    boolean shared = true;
    boolean delayed = false;
    LocalDynamoDBRequestHandler requests =
        new LocalDynamoDBRequestHandler(0, inMemory, null, shared, delayed);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(LOOPBACK);
    server.addConnector(connector);
    server.setHandler(new LocalDynamoDBServerHandler(requests, null));
    server.start();
    return connector.getLocalPort();
  }

  private static int sqs() {
    SQSRestServer server =
        SQSRestServerBuilder.withDynamicPort()
            .withInterface(LOOPBACK)
            .withAWSRegion(REGION)
            .start();
    return server.waitUntilStarted().localAddress().getPort();
  }

  private static int s3() throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, KEY)
            .ignoreUnknownHeaders(true) // the SDK sends some that S3Proxy doesn't know
            .build();
    proxy.start();
    return proxy.getPort();
  }
}
