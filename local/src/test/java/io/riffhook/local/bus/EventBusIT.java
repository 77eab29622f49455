package io.riffhook.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.EmbeddedAws;
import io.riffhook.local.host.FunctionRuntime;
import io.riffhook.local.host.HttpListener;
import io.riffhook.local.host.LocalHost;
import io.riffhook.local.template.Template;
import io.riffhook.local.template.TemplateException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;

/** A bus with its rules and its pipe on one machine, and the call that puts events on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventBusIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEMPLATE =
      """
      Resources:
        In: { Type: "AWS::SQS::Queue" }
        Details: { Type: "AWS::SQS::Queue" }
        Whole: { Type: "AWS::SQS::Queue" }
        Bus:
          Type: AWS::Events::EventBus
          Properties: { Name: !Sub "test-${AWS::StackName}" }
        Pipe:
          Type: AWS::Pipes::Pipe
          Properties:
            RoleArn: arn
            Source: !GetAtt In.Arn
            SourceParameters: { SqsQueueParameters: { BatchSize: 10 } }
            Target: !GetAtt Bus.Arn
            TargetParameters:
              EventBridgeEventBusParameters: { Source: test, DetailType: $.body.type, Time: $.body.time }
              InputTemplate: <$.body>
        JobRule:
          Type: AWS::Events::Rule
          Properties:
            EventBusName: !Ref Bus
            EventPattern: { detail-type: [{ prefix: job. }] }
            Targets: [{ Id: details, Arn: !GetAtt Details.Arn, InputPath: $.detail.data }]
        ShopRule:
          Type: AWS::Events::Rule
          Properties:
            EventBusName: !Ref Bus
            EventPattern: { source: [shop], detail: { kind: [a, b] } }
            Targets: [{ Id: whole, Arn: !GetAtt Whole.Arn }]
      """;

  private final Path folder;
  private final HttpListener events;
  private final AwsServices aws;
  private final LocalHost host;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  EventBusIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    Template template = read(TEMPLATE);
    aws =
        AwsServices.start(
            new EmbeddedAws(Optional.empty()), template, Optional.of(Duration.ofSeconds(1)));
    events = HttpListener.open(0);
    host =
        LocalHost.start(
            template, Map.of(), aws, HttpListener.open(0), events, FunctionRuntime.inProcess());
    host.onEvent(
        _ -> {
          throw new IllegalStateException("a listener that fails is no reason to stop");
        });
    host.onEvent(told::add);
  }

  private Template read(String yaml) throws Exception {
    return Template.read(Files.writeString(folder.resolve("template.yaml"), yaml), Map.of());
  }

  @AfterAll
  void close() {
    host.close();
    aws.close();
  }

  @AfterEach
  void forget() {
    told.clear();
    Stream.of("Details", "Whole")
        .map(queue -> aws.queue(queue).url())
        .forEach(url -> aws.sqs().purgeQueue(PurgeQueueRequest.builder().queueUrl(url).build()));
  }

  private void send(String body) {
    aws.sqs().sendMessage(send -> send.queueUrl(aws.queue("In").url()).messageBody(body));
  }

  private List<Message> received(String queue, int seconds) {
    return aws.sqs()
        .receiveMessage(get -> get.queueUrl(aws.queue(queue).url()).waitTimeSeconds(seconds))
        .messages();
  }

  private JsonNode nextTold() throws Exception {
    return JSON.readTree(Optional.ofNullable(told.poll(20, TimeUnit.SECONDS)).orElseThrow());
  }

  private HttpResponse<String> put(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(events.url())
            .header("content-type", "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    request.headers(
        headers.length > 0 ? headers : new String[] {"x-amz-target", "AWSEvents.PutEvents"});
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static ObjectNode entry(String source, String type, String detail) {
    return JSON.createObjectNode()
        .put("EventBusName", "test-local")
        .put("Source", source)
        .put("DetailType", type)
        .put("Detail", detail);
  }

  private static String entries(JsonNode... entries) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode array = body.putArray("Entries");
    Stream.of(entries).forEach(array::add);
    return body.toString();
  }

  @Test
  void shouldMakeAnEventOfAMessage() throws Exception {
    send(
        "{\"type\":\"job.ready\",\"time\":\"2026-11-21T02:25:14.5Z\",\"data\":{\"job\":{\"id\":\"j\"}}}");

    JsonNode event = nextTold();

    assertThat(event.path("version").asText()).isEqualTo("0");
    assertThat(event.path("id").asText()).hasSize(36);
    assertThat(event.path("detail-type").asText()).isEqualTo("job.ready");
    assertThat(event.path("source").asText()).isEqualTo("test");
    assertThat(event.path("account").asText()).isEqualTo("000000000000");
    assertThat(event.path("time").asText()).isEqualTo("2026-11-21T02:25:14Z");
    assertThat(event.path("region").asText()).isEqualTo("us-east-1");
    assertThat(event.path("resources").isArray()).isTrue();
    assertThat(event.at("/detail/data/job/id").asText()).isEqualTo("j");
    assertThat(received("Details", 5))
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("{\"job\":{\"id\":\"j\"}}"));
    assertThat(received("Whole", 0)).isEmpty();
  }

  /** Good ones beside it are done with. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no JSON | its body is no JSON",
        "[] | $.body.type is no text of 1 to 128 characters",
        "{\"type\":7} | $.body.type is no text of 1 to 128 characters",
        "{\"type\":\"a\"} | $.body.time is no time",
        "{\"type\":\"a\",\"time\":\"today\"} | $.body.time is no time",
      })
  void shouldKeepAMessageThatIsNoEvent(String body, String why) throws Exception {
    PipeRun run = run(TEMPLATE);
    Message bad = Message.builder().messageId("bad").body(body).build();
    Message good =
        Message.builder()
            .messageId("good")
            .body("{\"type\":\"x\",\"time\":\"2026-11-21T02:25:14Z\"}")
            .build();

    assertThat(run.move(List.of(bad, good))).containsExactly(good);
    assertThatThrownBy(() -> run.event(bad)).hasMessage(why);
  }

  @Test
  void shouldKeepAMessageWhoseDetailIsNoObject() throws Exception {
    PipeRun run = run(TEMPLATE.replace("<$.body>", "<$.body.data>"));

    assertThatThrownBy(
            () ->
                run.event(
                    Message.builder()
                        .body("{\"type\":\"x\",\"time\":\"2026-11-21T02:25:14Z\",\"data\":[]}")
                        .build()))
        .hasMessage("$.body.data is no object");
  }

  @Test
  void shouldKeepAMessageWhoseTargetCannotBeReached() throws Exception {
    PipeRun run = run(TEMPLATE);
    Message message =
        Message.builder()
            .messageId("too-long-for-a-queue")
            .body(
                "{\"type\":\"job.x\",\"time\":\"2026-11-21T02:25:14Z\",\"data\":\"%s\"}"
                    .formatted("x".repeat(1_100_000)))
            .build();

    assertThat(run.move(List.of(message))).isEmpty();
  }

  private PipeRun run(String yaml) throws Exception {
    Template template = read(yaml);
    return new PipeRun(template.pipes().getFirst(), Buses.of(template, aws));
  }

  @Test
  void shouldRefuseAPatternThatIsNone() throws Exception {
    Template template = read(TEMPLATE.replace("{ prefix: job. }", "{ begins: job. }"));

    assertThatThrownBy(() -> Buses.of(template, aws))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(
            "JobRule: {\"detail-type\":[{\"begins\":\"job.\"}]} is no event pattern: ");
  }

  @Test
  void shouldTakeEventsByEventBridgesOwnCall() throws Exception {
    ObjectNode full = entry("shop", "order", "{\"kind\":\"b\"}").put("Time", 1_795_227_914.25);
    full.putArray("Resources").add("arn:aws:s3:::songs");

    HttpResponse<String> answer =
        put(
            entries(
                full,
                entry("shop", "order", "{\"kind\":\"c\"}")
                    .put(
                        "EventBusName",
                        "arn:aws:events:us-east-1:000000000000:event-bus/test-local")));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("FailedEntryCount").asInt(-1)).isZero();
    JsonNode event = nextTold();
    assertThat(event.path("id")).isEqualTo(body.at("/Entries/0/EventId"));
    assertThat(event.path("time").asText()).isEqualTo("2026-11-21T02:25:14Z");
    assertThat(event.at("/resources/0").asText()).isEqualTo("arn:aws:s3:::songs");
    assertThat(nextTold().path("id")).isEqualTo(body.at("/Entries/1/EventId"));
    assertThat(received("Whole", 5))
        .singleElement()
        .satisfies(message -> assertThat(JSON.readTree(message.body())).isEqualTo(event));
  }

  @Test
  void shouldSayWhatIsWrongWithAnEntryAndTakeTheOthers() throws Exception {
    HttpResponse<String> answer =
        put(
            entries(
                entry("", "t", "{}"),
                entry("s", "", "{}"),
                entry("s", "t", ""),
                entry("s", "t", "[]"),
                entry("s", "t", "{"),
                entry("aws.s3", "t", "{}"),
                entry("s", "t".repeat(129), "{}"),
                entry("s", "t", "{}").put("Time", "today"),
                entry("s", "t", "{}")));

    JsonNode body = JSON.readTree(answer.body());
    assertThat(body.path("FailedEntryCount").asInt()).isEqualTo(8);
    assertThat(body.path("Entries").findValuesAsText("ErrorCode"))
        .containsExactly(
            "InvalidArgument",
            "InvalidArgument",
            "InvalidArgument",
            "MalformedDetail",
            "MalformedDetail",
            "NotAuthorizedForSourceException",
            "InvalidArgument",
            "InvalidArgument");
    assertThat(body.path("Entries").findValuesAsText("ErrorMessage"))
        .containsExactly(
            "Parameter Source is not valid. Reason: Source is a required argument.",
            "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
            "Parameter Detail is not valid. Reason: Detail is a required argument.",
            "Detail is malformed.",
            "Detail is malformed.",
            "Not authorized for the source.",
            "Parameter DetailType is not valid. Reason: DetailType has more than 128 characters.",
            "Parameter Time is not valid. Reason: Time is no time.");
    assertThat(nextTold().path("id")).isEqualTo(body.at("/Entries/8/EventId"));
    assertThat(told).isEmpty();
  }

  /** So it is on AWS, whatever one may think of it. */
  @Test
  void shouldTakeAnEventForABusThatIsNotThereAndDropIt() throws Exception {
    HttpResponse<String> answer =
        put(entries(entry("shop", "t", "{\"kind\":\"a\"}").put("EventBusName", "elsewhere")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("FailedEntryCount").asInt(-1)).isZero();
    assertThat(told).isEmpty();
    assertThat(received("Whole", 0)).isEmpty();
  }

  @Test
  void shouldTakeNoMoreThanEventBridgeDoes() throws Exception {
    ObjectNode small = entry("s", "t", "{}");
    ObjectNode large = entry("s", "t", "{\"x\":\"" + "x".repeat(262_132) + "\"}");

    assertRefused(entries(), "entries must have length greater than or equal to 1");
    assertRefused("{}", "entries must have length greater than or equal to 1");
    assertRefused(
        entries(Stream.generate(() -> small).limit(11).toArray(JsonNode[]::new)),
        "entries must have length less than or equal to 10");
    assertThat(put(entries(large)).statusCode()).as("262,142 bytes").isEqualTo(200);
    assertRefused(
        entries(large.put("Time", 1_795_227_914)),
        "Total size of the entries in the request is over the limit.");
  }

  private void assertRefused(String body, String message) throws Exception {
    HttpResponse<String> answer = put(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()))
        .isEqualTo(
            JSON.createObjectNode().put("__type", "ValidationException").put("message", message));
  }

  @Test
  void shouldRefuseWhatIsNoPutEvents() throws Exception {
    assertThat(put("{", "x-amz-target", "AWSEvents.PutEvents").body())
        .isEqualTo("{\"__type\":\"SerializationException\",\"message\":\"the body is no JSON\"}");
    HttpResponse<String> other = put("{}", "x-amz-target", "AWSEvents.ListRules");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body())
        .isEqualTo(
            "{\"__type\":\"UnknownOperationException\",\"message\":\"only PutEvents is known"
                + " here\"}");
    assertThat(
            http.send(
                    HttpRequest.newBuilder(URI.create(events.url() + "/")).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(400);
    HttpResponse<String> tooLong = put(" ".repeat(2 * 1024 * 1024 + 1));
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(tooLong.body()).contains("the request has more than 2 MiB");
  }

  /** Any page can have a browser send requests here, and an event makes a job. */
  @Test
  void shouldTakeNothingFromWebPagesAndTunnels() throws Exception {
    for (String header : List.of("origin", "x-forwarded-for")) {
      HttpResponse<String> answer =
          put(
              entries(entry("shop", "t", "{\"kind\":\"a\"}")),
              "x-amz-target",
              "AWSEvents.PutEvents",
              header,
              "https://page.example");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("only this machine may put events");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void shouldBringAnEventAgainThatItsTargetDidNotTake() throws Exception {
    aws.sqs().deleteQueue(delete -> delete.queueUrl(aws.queue("Details").url()));
    JsonNode first;
    JsonNode again;
    try {
      send("{\"type\":\"job.x\",\"time\":\"2026-11-21T02:25:14Z\",\"data\":{\"n\":1}}");
      first = nextTold();
      again = nextTold();
    } finally {
      aws.sqs().createQueue(create -> create.queueName(aws.queue("Details").name()));
    }

    assertThat(again.path("detail")).isEqualTo(first.path("detail"));
    assertThat(received("Details", 5))
        .singleElement()
        .satisfies(message -> assertThat(message.body()).isEqualTo("{\"n\":1}"));
  }

  @Test
  void shouldSayWhereAnEventWasNotDelivered() throws Exception {
    Template template = read(TEMPLATE);
    PutEvents puts = new PutEvents(Buses.of(template, aws));
    String url = aws.queue("Whole").url();
    aws.sqs().deleteQueue(delete -> delete.queueUrl(url));
    try {
      PutEvents.Answer answer =
          puts.answer(
              entries(entry("shop", "t", "{\"kind\":\"a\"}")).getBytes(StandardCharsets.UTF_8));

      assertThat(answer)
          .isInstanceOfSatisfying(
              PutEvents.Answer.Done.class,
              done ->
                  assertThat(done.body().at("/Entries/0"))
                      .isEqualTo(
                          JSON.createObjectNode()
                              .put("ErrorCode", "InternalFailure")
                              .put("ErrorMessage", "Not delivered; try again.")));
    } finally {
      aws.sqs().createQueue(create -> create.queueName(aws.queue("Whole").name()));
    }
  }
}
