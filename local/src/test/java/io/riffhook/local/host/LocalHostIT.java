package io.riffhook.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.template.Template;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalHostIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Reports reports = Reports.open();
  private final BlockingQueue<String> invoked = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpListener http;
  private final AwsServices aws;
  private final LocalHost host;

  LocalHostIT() throws Exception {
    Template template =
        Template.read(Path.of("src", "test", "resources", "host-template.yaml"), Map.of());
    http = HttpListener.open(0);
    aws =
        AwsServices.start(
            new EmbeddedAws(Optional.empty()), template, Optional.of(Duration.ofSeconds(1)));
    host =
        LocalHost.start(
            template,
            template.environments(aws.resolver(), Map.of("REPORTS", reports.name())),
            aws,
            http,
            HttpListener.open(0),
            FunctionRuntime.inProcess(),
            Duration.ofSeconds(5));
  }

  @BeforeAll
  void listen() {
    host.onInvocation(invoked::add);
  }

  @AfterAll
  void close() {
    host.close();
    aws.close();
    reports.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(http.url() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode echo(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> answer(String body) throws Exception {
    return send(
        request("/answer")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void shouldHandOverARequestInPayloadFormatTwo() throws Exception {
    JsonNode event =
        echo(request("/echo/a%20b/files/stems/drums%2Bbass.wav?x=1&x=2&y=a%26b&flag")
                .header("X-Mixed-Case", "one")
                .header("X-Mixed-Case", "two")
                .header("Cookie", "a=1; b=2"))
            .path("event");

    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("GET /echo/{id}/files/{name+}");
    assertThat(event.path("rawPath").asText()).isEqualTo("/echo/a b/files/stems/drums+bass.wav");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&x=2&y=a%26b&flag");
    assertThat(event.path("queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"x\":\"1,2\",\"y\":\"a&b\",\"flag\":\"\"}"));
    assertThat(event.path("pathParameters"))
        .isEqualTo(JSON.readTree("{\"id\":\"a b\",\"name\":\"stems/drums+bass.wav\"}"));
    assertThat(event.at("/headers/x-mixed-case").asText()).isEqualTo("one,two");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.path("cookies")).isEqualTo(JSON.readTree("[\"a=1\",\"b=2\"]"));
    assertThat(event.has("body")).isFalse();
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    JsonNode context = event.path("requestContext");
    assertThat(context.at("/http/method").asText()).isEqualTo("GET");
    assertThat(context.at("/http/path").asText()).isEqualTo(event.path("rawPath").asText());
    assertThat(context.at("/http/protocol").asText()).isEqualTo("HTTP/1.1");
    assertThat(context.at("/http/sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(context.at("/http/userAgent").asText()).startsWith("Java-http-client");
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.path("requestId").asText()).isNotEmpty();
    assertThat(context.path("timeEpoch").isIntegralNumber()).isTrue();
    assertThat(context.path("time").asText())
        .matches("\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} \\+0000");
  }

  @Test
  void shouldGiveTheFunctionItsEnvironmentAndContext() throws Exception {
    JsonNode answer = echo(request("/echo"));

    assertThat(answer.at("/environment/GREETING").asText()).isEqualTo("hello riffhook-work");
    assertThat(answer.path("function").asText()).isEqualTo("EchoFunction");
    assertThat(answer.path("memory").asInt()).isEqualTo(512);
    assertThat(answer.path("remaining").asInt()).isBetween(1, 10_000);
    assertThat(answer.path("event").has("pathParameters")).isFalse();
    assertThat(answer.path("event").has("queryStringParameters")).isFalse();
  }

  @Test
  void shouldPassTextAsItIsAndAllElseInBase64() throws Exception {
    JsonNode text =
        echo(request("/echo")
                .header("content-type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"ä\":1}")))
            .path("event");
    JsonNode binary =
        echo(request("/echo")
                .header("content-type", "audio/mpeg")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {-1, 0, 1})))
            .path("event");

    assertThat(text.path("body").asText()).isEqualTo("{\"ä\":1}");
    assertThat(text.path("isBase64Encoded").asBoolean()).isFalse();
    assertThat(binary.path("body").asText()).isEqualTo("/wAB");
    assertThat(binary.path("isBase64Encoded").asBoolean()).isTrue();
  }

  @Test
  void shouldTakeTheMostSpecificRoute() throws Exception {
    assertThat(echo(request("/echo/fixed")).at("/event/routeKey").asText())
        .isEqualTo("GET /echo/fixed");
    assertThat(echo(request("/echo/other")).at("/event/routeKey").asText())
        .isEqualTo("GET /echo/{id}");
  }

  @Test
  void shouldAnswerNotFoundWithoutARoute() throws Exception {
    for (String path : List.of("/", "/nothing", "/echo/", "/echo/a/b", "/echo/a/files/")) {
      HttpResponse<String> response = send(request(path));
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
    }
    assertThat(send(request("/echo").DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldRefuseABodyOverTenMegabytes() throws Exception {
    HttpResponse<String> response =
        send(
            request("/echo")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[10 * 1024 * 1024 + 1])));

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void shouldWriteAStructuredAnswer() throws Exception {
    HttpResponse<String> response =
        answer(
            """
            {"statusCode": 302, "headers": {"Location": "/there", "X-Number": 3},
             "cookies": ["a=1; Path=/", "b=2"], "body": "Z29uZQ==", "isBase64Encoded": true}
            """);

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("location")).contains("/there");
    assertThat(response.headers().firstValue("x-number")).contains("3");
    assertThat(response.headers().firstValue("content-type")).contains("text/plain;charset=UTF-8");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
    assertThat(response.body()).isEqualTo("gone");
  }

  @Test
  void shouldInferAnAnswerFromAnyOtherJson() throws Exception {
    HttpResponse<String> response = answer("{\"hello\": \"world\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    assertThat(response.body()).isEqualTo("{\"hello\": \"world\"}");
  }

  @Test
  void shouldAnswerServerErrorWhenTheFunctionFails() throws Exception {
    for (String trouble : List.of("throw", "error", "hang", "no json")) {
      HttpResponse<String> response = answer(trouble);
      assertThat(response.statusCode()).as(trouble).isEqualTo(500);
      assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }
    assertThat(answer("{\"still\": \"alive\"}").statusCode()).isEqualTo(200);
  }

  private void work(String... bodies) {
    aws.sqs()
        .sendMessageBatch(
            batch ->
                batch
                    .queueUrl(aws.queue("Work").url())
                    .entries(
                        IntStream.range(0, bodies.length)
                            .mapToObj(
                                i ->
                                    SendMessageBatchRequestEntry.builder()
                                        .id("m" + i)
                                        .messageBody(bodies[i])
                                        .messageAttributes(
                                            Map.of(
                                                "kind",
                                                MessageAttributeValue.builder()
                                                    .dataType("String")
                                                    .stringValue("test")
                                                    .build()))
                                        .build())
                            .toList()));
  }

  @Test
  void shouldHandOverMessagesAsAnEventSourceDoes() throws Exception {
    work("0");

    JsonNode message = reports.next();

    assertThat(message.path("messageId").asText()).isNotEmpty();
    assertThat(message.path("receiptHandle").asText()).isNotEmpty();
    assertThat(message.path("body").asText()).isEqualTo("0");
    assertThat(message.path("md5OfBody").asText()).isEqualTo("cfcd208495d565ef66e7dff9f98764da");
    assertThat(message.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(message.at("/attributes/SentTimestamp").asText()).matches("\\d{13}");
    assertThat(message.at("/messageAttributes/kind"))
        .isEqualTo(
            JSON.readTree(
                "{\"stringValue\":\"test\",\"stringListValues\":[],\"binaryListValues\":[],"
                    + "\"dataType\":\"String\"}"));
    assertThat(message.path("eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(message.path("eventSourceARN").asText()).isEqualTo(aws.queue("Work").arn());
    assertThat(message.path("awsRegion").asText()).isEqualTo("us-east-1");
  }

  @Test
  void shouldRedeliverOnlyWhatFailed() throws Exception {
    work("0", "1", "0");

    List<String> seen =
        List.of(
            body(reports.next()), body(reports.next()), body(reports.next()), body(reports.next()));

    assertThat(seen).containsExactlyInAnyOrder("0", "1", "0", "1");
    assertThat(seen.getLast()).isEqualTo("1");
  }

  @Test
  void shouldMoveWhatKeepsFailingToTheDeadLetters() throws Exception {
    work("throw");

    List<Message> dead = List.of();
    for (int attempt = 0; dead.isEmpty() && attempt < 15; attempt++) {
      dead =
          aws.sqs()
              .receiveMessage(
                  receive -> receive.queueUrl(aws.queue("Dead").url()).waitTimeSeconds(1))
              .messages();
    }

    assertThat(dead)
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("throw"));
    assertThat(List.of(body(reports.next()), body(reports.next())))
        .containsExactly("throw", "throw");
  }

  private static String body(JsonNode message) {
    return message.path("body").asText();
  }

  @Test
  void shouldTellListenersAfterEachInvocation() throws Exception {
    invoked.clear();

    echo(request("/echo"));

    assertThat(invoked.poll(10, TimeUnit.SECONDS)).isEqualTo("EchoFunction");
  }
}
