package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(30)
class AwsClientsTest {

  /** The transport does not ask a connection that was just used whether it is open. */
  @Test
  void shouldTryAgainWhereAKeptConnectionTurnsOutClosed() throws Exception {
    BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOncePerConnection(listener, bodies));
      URI url = URI.create("http://127.0.0.1:" + listener.getLocalPort());
      try (DynamoDbClient dynamoDb =
          new AwsClients(
                  Map.of(
                      "AWS_REGION", "us-east-1",
                      "AWS_ACCESS_KEY_ID", "test",
                      "AWS_SECRET_ACCESS_KEY", "test",
                      "AWS_ENDPOINT_URL_DYNAMODB", url.toString()))
              .dynamoDb()) {
        for (String id : List.of("first", "second", "third")) {
          assertThat(
                  dynamoDb
                      .getItem(
                          get -> get.tableName("t").key(Map.of("PK", AttributeValue.fromS(id))))
                      .hasItem())
              .isFalse();
        }
      }
    }
    assertThat(bodies)
        .satisfiesExactly(
            first -> assertThat(first).contains("first"),
            second -> assertThat(second).contains("second"),
            third -> assertThat(third).contains("third"));
  }

  /** Promises to keep each connection, and closes it after one answer. */
  private static void answerOncePerConnection(ServerSocket listener, BlockingQueue<String> bodies) {
    while (true) {
      try (Socket server = listener.accept()) {
        bodies.add(request(server.getInputStream()));
        String answer = "{}";
        server
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(answer.length(), answer)
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException _) {
        return; // it was closed
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after " + head);
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
            .findFirst()
            .orElse(0);
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void shouldShowItsTransportToTheSdksWarmUp() throws Exception {
    List<SdkHttpService> found = new ArrayList<>();
    ServiceLoader.load(SdkHttpService.class).forEach(found::add);
    SdkHttpService ours =
        found.stream().filter(HttpCoreService.class::isInstance).findFirst().orElseThrow();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    try (SdkHttpClient client = ours.createHttpClientBuilder().build()) {
      SdkHttpRequest get =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.GET)
              .uri(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
              .build();
      try (InputStream body =
          client
              .prepareRequest(HttpExecuteRequest.builder().request(get).build())
              .call()
              .responseBody()
              .orElseThrow()) {
        assertThat(body.readAllBytes()).asString().isEqualTo("ok");
      }
    } finally {
      server.stop(0);
    }
  }
}
