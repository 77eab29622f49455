package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rules that the system's own template.yaml keeps. Reading it already proves that every reference
 * has its target.
 */
class SystemTemplateTest {
  private static final Path FILE = Path.of("..", "template.yaml");

  /**
   * Design section 7, and what the platform and Powertools name. X_ARN and X_PARAMETER say where X
   * is.
   */
  private static final Set<String> SETTINGS =
      Set.of(
          "RIFFHOOK_FILE_HOSTS",
          "RIFFHOOK_PROVIDERS",
          "RIFFHOOK_PUBLIC_URL",
          "RIFFHOOK_CALLBACK_SECRETS",
          "RIFFHOOK_MAX_RUNNING_JOBS",
          "RIFFHOOK_MAX_JOBS_PER_DAY",
          "RIFFHOOK_TABLE",
          "RIFFHOOK_BUCKET",
          "RIFFHOOK_SUBMISSION_QUEUE",
          "RIFFHOOK_SUBMISSION_DEAD_LETTER_QUEUE",
          "RIFFHOOK_CHECK_QUEUE",
          "RIFFHOOK_DOWNLOAD_QUEUE",
          "RIFFHOOK_NOTIFICATION_QUEUE",
          "RIFFHOOK_EVENT_QUEUE",
          "RIFFHOOK_BATCH_QUEUE",
          "RIFFHOOK_ONE_MACHINE",
          "RIFFHOOK_JWT_ISSUER",
          "RIFFHOOK_JWT_AUDIENCE",
          "RIFFHOOK_JWT_OWNER_CLAIM",
          "AWS_ENDPOINT_URL",
          "POWERTOOLS_SERVICE_NAME",
          "POWERTOOLS_METRICS_NAMESPACE",
          "JAVA_TOOL_OPTIONS");

  private static final String PROVIDER_SETTING =
      "(USEAPI|MUSICAPI|MUSICAPI_PRODUCER|RIFFGATEWAY|FLOWMUSIC|MUREKA|STANDARD)_(BASE_URL|TOKEN)"
          + "|MUSICAPI_PRODUCER_(DIALECT|SIGNATURE)|STANDARD_(WEBHOOK_SECRET|MAPPING)";

  private final Template template = Template.read(FILE, Map.of());

  SystemTemplateTest() throws IOException {}

  private Stream<Queue> workQueues() {
    Set<String> consumed =
        Set.copyOf(
            Stream.concat(
                    template.functions().stream()
                        .flatMap(function -> function.queueSources().stream())
                        .map(QueueSource::queue),
                    template.pipes().stream().map(Pipe::queue))
                .toList());
    return template.queues().stream().filter(queue -> consumed.contains(queue.name()));
  }

  private Stream<Resource> ofType(String type) {
    return template.resources().values().stream().filter(resource -> resource.type().equals(type));
  }

  @Test
  void shouldNameHandlersByTheirModule() {
    assertThat(template.functions())
        .isNotEmpty()
        .allSatisfy(
            function -> {
              String module =
                  function.name().replaceFirst("Function$", "").toLowerCase(Locale.ROOT);
              assertThat(function.handler())
                  .isEqualTo("io.riffhook." + module + "." + function.name());
              assertThat(
                      template
                          .resource(function.name())
                          .properties()
                          .find("CodeUri")
                          .map(Node::asText))
                  .contains("functions/%1$s/target/%1$s.zip".formatted(module));
            });
  }

  @Test
  void shouldGiveEveryWorkQueueADeadLetterQueueThatKeepsTwoWeeks() {
    assertThat(workQueues())
        .isNotEmpty()
        .allSatisfy(
            queue -> {
              Queue.Redrive redrive = queue.redrive().orElseThrow();
              assertThat(redrive.maxReceiveCount()).isGreaterThanOrEqualTo(5);
              Queue deadLetters =
                  template.queues().stream()
                      .filter(other -> other.name().equals(redrive.deadLetterQueue()))
                      .findFirst()
                      .orElseThrow();
              assertThat(deadLetters.retention()).isEqualTo(Duration.ofDays(14));
              assertThat(deadLetters.retention()).isGreaterThan(queue.retention());
            });
  }

  /** A queue that is neither would be one whose messages vanish, or one that nobody reads. */
  @Test
  void shouldHaveNoQueueButWorkQueuesAndTheirOwnDeadLetterQueues() {
    List<String> deadLetters =
        workQueues().map(queue -> queue.redrive().orElseThrow().deadLetterQueue()).toList();

    assertThat(deadLetters).doesNotHaveDuplicates();
    assertThat(template.queues().stream().map(Queue::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(workQueues().map(Queue::name), deadLetters.stream()).toList());
    assertThat(template.queues().stream().filter(queue -> deadLetters.contains(queue.name())))
        .allSatisfy(queue -> assertThat(queue.redrive()).isEmpty());
  }

  @Test
  void shouldHideMessagesForSixTimeoutsOfTheirFunction() {
    for (Function function : template.functions()) {
      for (QueueSource source : function.queueSources()) {
        assertThat(workQueues().filter(queue -> queue.name().equals(source.queue())))
            .singleElement()
            .satisfies(
                queue ->
                    assertThat(queue.visibilityTimeout())
                        .isGreaterThanOrEqualTo(function.timeout().multipliedBy(6)));
      }
    }
  }

  @Test
  void shouldLetEveryQueueConsumerReportItemFailures() {
    assertThat(template.functions())
        .flatExtracting(Function::queueSources)
        .allMatch(QueueSource::reportsItemFailures);
  }

  @Test
  void shouldAlarmAtTheFirstMessageInADeadLetterQueue() {
    assertThat(workQueues().map(queue -> queue.redrive().orElseThrow().deadLetterQueue()))
        .allSatisfy(
            deadLetters ->
                assertThat(ofType("AWS::CloudWatch::Alarm").map(Resource::properties))
                    .filteredOn(alarm -> watches(alarm, deadLetters))
                    .singleElement()
                    .satisfies(SystemTemplateTest::assertGoesOffAtTheFirstMessage));
  }

  private static boolean watches(Node.Fields alarm, String queue) {
    return alarm
        .walk()
        .filter(Node.Call.class::isInstance)
        .map(Node.Call.class::cast)
        .filter(call -> call.function().equals("GetAtt"))
        .anyMatch(call -> call.argument().asText().equals(queue + ".QueueName"));
  }

  private static void assertGoesOffAtTheFirstMessage(Node.Fields alarm) {
    Map<String, String> wanted =
        Map.of(
            "Namespace", "AWS/SQS",
            "MetricName", "ApproximateNumberOfMessagesVisible",
            "Statistic", "Maximum",
            "EvaluationPeriods", "1",
            "Threshold", "0",
            "ComparisonOperator", "GreaterThanThreshold");
    wanted.forEach(
        (name, value) -> assertThat(alarm.find(name).map(Node::asText)).as(name).contains(value));
    assertThat(alarm.find("AlarmActions")).as("AlarmActions").isPresent();
  }

  /** Parts of an upload that a dead process began cost money until they are cleaned up. */
  @Test
  void shouldCleanUpUploadsThatNobodyEnds() {
    assertThat(ofType("AWS::S3::Bucket"))
        .isNotEmpty()
        .allSatisfy(
            bucket -> {
              assertThat(
                      bucket
                          .properties()
                          .fields("LifecycleConfiguration")
                          .find("Rules")
                          .orElseThrow()
                          .asItems())
                  .map(Node::asFields)
                  .anySatisfy(
                      rule -> {
                        assertThat(rule.find("Status").map(Node::asText)).contains("Enabled");
                        assertThat(
                                rule.fields("AbortIncompleteMultipartUpload")
                                    .find("DaysAfterInitiation")
                                    .map(Node::asText))
                            .contains("1");
                        assertThat(rule.find("Prefix")).as("all of the bucket").isEmpty();
                        assertThat(rule.find("Filter")).as("all of the bucket").isEmpty();
                      });
            });
  }

  @Test
  void shouldGiveEveryFunctionALogGroupThatForgets() {
    assertThat(template.functions())
        .allSatisfy(
            function -> {
              Node group =
                  template
                      .resource(function.name())
                      .properties()
                      .fields("LoggingConfig")
                      .find("LogGroup")
                      .orElseThrow();
              assertThat(group).isInstanceOf(Node.Call.class);
              String name = ((Node.Call) group).argument().asText();
              Resource declared = template.resource(name);
              assertThat(declared.type()).isEqualTo("AWS::Logs::LogGroup");
              assertThat(declared.properties().find("RetentionInDays")).isPresent();
            });
  }

  @Test
  void shouldGrantExactActionsOnExactResources() {
    List<Node.Fields> statements =
        Stream.concat(ofType("AWS::Serverless::Function"), ofType("AWS::IAM::Role"))
            .flatMap(holder -> holder.properties().find("Policies").stream())
            .flatMap(Node::walk)
            .filter(Node.Fields.class::isInstance)
            .map(Node::asFields)
            .filter(fields -> fields.find("Effect").isPresent())
            .toList();
    assertThat(statements)
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(texts(statement.find("Action").orElseThrow()))
                  .allMatch(action -> action.matches("[a-z0-9]+:[A-Za-z]+"));
              assertThat(texts(statement.find("Resource").orElseThrow()))
                  .noneMatch(resource -> resource.equals("*"));
            });
  }

  @Test
  void shouldSetOnlyKnownVariables() {
    assertThat(template.functions())
        .flatExtracting(function -> function.environment().keySet())
        .allMatch(
            name -> {
              String setting = name.replaceFirst("_(ARN|PARAMETER)$", "");
              return SETTINGS.contains(setting) || setting.matches(PROVIDER_SETTING);
            });
  }

  @Test
  void shouldOpenOnlyCallbackAndHealthWithoutLogin() {
    assertThat(template.functions().stream().flatMap(function -> function.routes().stream()))
        .filteredOn(route -> route.authorizer().isEmpty())
        .extracting(Route::path)
        .containsExactlyInAnyOrder("/callbacks/{provider}/{jobId}/{token}", "/v1/health");
  }

  /** A route for OPTIONS, of any method or for any path would take preflights from the gateway. */
  @Test
  void shouldLeavePreflightsToTheGateway() {
    assertThat(template.functions().stream().flatMap(function -> function.routes().stream()))
        .isNotEmpty()
        .noneMatch(
            route ->
                Set.of("ANY", "OPTIONS").contains(route.method()) || !route.path().startsWith("/"));
  }

  @Test
  void shouldAllowNoWebPageByDefault() {
    assertThat(template.cors()).isEmpty();
    assertThat(template.buckets()).allMatch(bucket -> bucket.cors().isEmpty());
  }

  @Test
  void shouldAllowTheWebPagesOfItsParameterWhatTheApiHas() throws IOException {
    Template open =
        Template.read(FILE, Map.of("AllowedOrigins", "https://a.example,http://localhost:3000"));
    Cors api = open.cors().orElseThrow();

    assertThat(api.origins()).containsExactly("https://a.example", "http://localhost:3000");
    assertThat(api.methods())
        .containsExactlyInAnyOrderElementsOf(
            open.functions().stream()
                .flatMap(function -> function.routes().stream())
                .filter(route -> route.authorizer().isPresent())
                .map(Route::method)
                .distinct()
                .toList());
    assertThat(open.buckets())
        .extracting(Bucket::cors)
        .containsExactly(
            Optional.of(
                new Cors(
                    List.of("*"),
                    List.of("GET", "HEAD"),
                    List.of("Range"),
                    List.of("ETag", "Content-Range", "Accept-Ranges", "Content-Length"),
                    Duration.ofHours(1))));
    for (String wrong :
        new String[] {"a.example", "https://a.example/", "https://a, https://b", "https://*.a"}) {
      assertThatThrownBy(() -> Template.read(FILE, Map.of("AllowedOrigins", wrong)))
          .as(wrong)
          .isInstanceOf(TemplateException.class);
    }
  }

  @Test
  void shouldHaveTheAuthorizerDecideAboutAllOtherCalls() {
    Authorizer authorizer =
        new Authorizer("AuthorizerFunction", "authorization", Duration.ofSeconds(60));
    assertThat(template.functions().stream().flatMap(function -> function.routes().stream()))
        .filteredOn(route -> route.authorizer().isPresent())
        .hasSizeGreaterThan(10)
        .extracting(route -> route.authorizer().orElseThrow())
        .containsOnly(authorizer);
  }

  /** API Gateway waits no longer for an authorizer. */
  @Test
  void shouldGiveTheAuthorizerNoMoreTimeThanTheGatewayDoes() {
    assertThat(template.functions())
        .filteredOn(function -> function.name().equals("AuthorizerFunction"))
        .singleElement()
        .satisfies(
            function -> assertThat(function.timeout()).isLessThanOrEqualTo(Duration.ofSeconds(10)));
  }

  /** Whoever may send to a queue makes jobs for any owner. */
  @Test
  void shouldLetOnlyItsRuleSendToTheSubmissionQueue() {
    assertThat(
            ofType("AWS::SQS::QueuePolicy")
                .filter(policy -> !policy.name().equals("InboxQueuePolicy"))
                .map(Resource::properties))
        .hasSize(2)
        .allSatisfy(
            policy -> {
              Node.Fields statement =
                  policy
                      .fields("PolicyDocument")
                      .find("Statement")
                      .orElseThrow()
                      .asItems()
                      .getFirst()
                      .asFields();
              assertThat(texts(statement.find("Principal").orElseThrow()))
                  .containsExactly("events.amazonaws.com");
              assertThat(texts(statement.find("Action").orElseThrow()))
                  .containsExactly("sqs:SendMessage");
              assertThat(statement.fields("Condition").fields("ArnEquals").find("aws:SourceArn"))
                  .contains(new Node.Call("GetAtt", new Node.Text("SubmissionRule.Arn")));
            });
  }

  /** Whoever may send to it orders songs for any owner; S3 tells of whose folder a file is in. */
  @Test
  void shouldLetOnlyBucketsOfTheAccountSendToTheInboxQueue() {
    Node.Fields policy = template.resource("InboxQueuePolicy").properties();
    Node.Fields statement =
        policy
            .fields("PolicyDocument")
            .find("Statement")
            .orElseThrow()
            .asItems()
            .getFirst()
            .asFields();
    assertThat(policy.find("Queues").orElseThrow().asItems())
        .containsExactly(new Node.Call("Ref", new Node.Text("InboxQueue")));
    assertThat(texts(statement.find("Principal").orElseThrow()))
        .containsExactly("s3.amazonaws.com");
    assertThat(texts(statement.find("Action").orElseThrow())).containsExactly("sqs:SendMessage");
    assertThat(statement.fields("Condition").fields("StringEquals").find("aws:SourceAccount"))
        .contains(new Node.Call("Ref", new Node.Text("AWS::AccountId")));
  }

  @Test
  void shouldTellTheInboxQueueOfDroppedFiles() {
    assertThat(template.buckets())
        .containsExactly(
            new Bucket(
                "Bucket",
                List.of(
                    new Bucket.Notification("InboxQueue", "inbox/", ".json"),
                    new Bucket.Notification("InboxQueue", "inbox/", ".jsonl"))));
    assertThat(template.buckets().getFirst().notifications())
        .as("no file is told of twice")
        .satisfiesExactly(
            one -> assertThat(one.wants("inbox/a/b.json")).isTrue(),
            many -> assertThat(many.wants("inbox/a/b.json")).isFalse());
  }

  @Test
  void shouldMoveEventsToTheBusAsTheyAre() {
    assertThat(template.pipes())
        .containsExactly(
            new Pipe(
                "EventPipe",
                "EventQueue",
                "Bus",
                10,
                "riffhook",
                new EventPath(List.of("body", "type")),
                Optional.of(new EventPath(List.of("body", "timestamp"))),
                new EventPath(List.of("body"))));
  }

  @Test
  void shouldTakeSubmissionsFromTheBus() {
    assertThat(template.rules())
        .containsExactly(
            new Rule(
                "SubmissionRule",
                "Bus",
                "{\"detail-type\":[\"riffhook.submit\"]}",
                List.of(
                    new Rule.Target(
                        "submission-queue",
                        "SubmissionQueue",
                        Optional.of(new EventPath(List.of("detail")))))));
  }

  private static List<String> texts(Node node) {
    return node.walk().filter(Node.Text.class::isInstance).map(Node::asText).toList();
  }
}
