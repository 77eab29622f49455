package io.riffhook.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.aws.Messages;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.Delays;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Limits;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Status;
import io.riffhook.domain.Studio;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.lambda.SqsFunction;
import io.riffhook.lambda.SubmissionSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * What becomes of a message on the submission queue whose owner has as many jobs as it may, and of
 * one that can never be a job.
 */
final class SubmissionMessagesTest {
  private static final String URL = "https://sqs.example/submission";
  private static final String DEAD = "https://sqs.example/submission-dead";
  private static final String BATCHES = "https://sqs.example/batches";
  private static final String BODY = "{\"owner\":\"alice\",\"prompt\":\"%s\"}";

  private final Studio studio = new Studio();
  private final Queue queue = new Queue();
  private final SubmissionMessages one = messages(new Limits(1, OptionalInt.empty()));
  private final SubmissionMessages oneADay = messages(new Limits(9, OptionalInt.of(1)));

  @BeforeEach
  void theProviderTakesEveryJob() {
    studio.provider.submits(
        Stream.generate(() -> new SubmitOutcome.Accepted(List.of("p"), Optional.empty()))
            .limit(9)
            .toArray(SubmitOutcome[]::new));
  }

  @Test
  void shouldRejectAMessageThatLostCharactersAndNameTheField() {
    one.take(message("m1", "caf\uFFFD"));

    assertThat(studio.jobs.all()).isEmpty();
    assertThat(studio.provider.orders()).isEmpty();
    assertThat(queue.sent)
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.queueUrl()).isEqualTo(DEAD);
              assertThat(sent.messageAttributes().toString())
                  .contains("/prompt holds U+FFFD, which stands for a character");
            });
  }

  @Test
  void shouldSendAMessageAgainThatFindsNoRoom() {
    one.take(message("m1", "rain"));
    one.take(message("m2", "snow"));

    assertThat(studio.jobs.all()).extracting(Job::id).containsExactly(new JobId("m1"));
    assertThat(queue.sent)
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.queueUrl()).isEqualTo(URL);
              assertThat(sent.delaySeconds()).isBetween(30, 38);
              assertThat(Messages.waiting(sent.messageBody()))
                  .contains(
                      new Messages.Waiting(
                          "{\"owner\":\"alice\",\"prompt\":\"snow\",\"id\":\"m2\"}", Studio.START));
            });
  }

  @Test
  void shouldMakeTheJobOnceThereIsRoomHoweverOftenTheMessageCame() {
    one.take(message("m1", "rain"));
    one.take(message("m2", "snow"));
    String waiting = queue.sent.getLast().messageBody();
    studio.clock.advance(Duration.ofSeconds(38));
    one.take(new SqsFunction.Message("m3", "receipt", waiting, 1));
    assertThat(queue.sent).as("it waits on").hasSize(2);

    end("m1");
    studio.clock.advance(Duration.ofSeconds(45));
    String last = queue.sent.getLast().messageBody();
    // The process that sent it again died before its own message was done with: both are there.
    for (SqsFunction.Message each :
        List.of(
            new SqsFunction.Message("m4", "receipt", last, 1),
            new SqsFunction.Message("m3", "receipt", waiting, 2),
            message("m2", "snow"))) {
      one.take(each);
    }

    assertThat(studio.jobs.all())
        .extracting(Job::id)
        .containsExactlyInAnyOrder(new JobId("m1"), new JobId("m2"));
    assertThat(studio.provider.orders()).as("bought once each").hasSize(2);
    assertThat(queue.sent).hasSize(2);
  }

  @Test
  void shouldWaitLongerTheLongerItHasWaited() {
    one.take(message("m1", "rain"));
    one.take(message("m2", "snow"));
    List<Integer> delays = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      SendMessageRequest last = queue.sent.getLast();
      delays.add(last.delaySeconds());
      studio.clock.advance(Duration.ofSeconds(last.delaySeconds()));
      one.take(new SqsFunction.Message("again-" + i, "receipt", last.messageBody(), 1));
    }
    assertThat(delays.getFirst()).isLessThan(60);
    assertThat(delays).endsWith(900, 900);
  }

  @Test
  void shouldWaitForTheNextDay() {
    oneADay.take(message("m1", "rain"));
    end("m1");
    oneADay.take(message("m2", "snow"));
    assertThat(queue.sent).hasSize(1);

    studio.clock.advance(Duration.ofDays(1));
    oneADay.take(new SqsFunction.Message("m3", "receipt", queue.sent.getLast().messageBody(), 1));
    assertThat(studio.jobs.find(new JobId("m2"))).isPresent();
  }

  @Test
  void shouldKeepTheIdThatTheCallerChose() {
    one.take(message("m1", "rain"));
    one.take(
        new SqsFunction.Message(
            "m2", "receipt", "{\"owner\":\"alice\",\"id\":\"order-7\",\"prompt\":\"x\"}", 1));
    assertThat(Messages.waiting(queue.sent.getLast().messageBody()).orElseThrow().submission())
        .isEqualTo("{\"owner\":\"alice\",\"id\":\"order-7\",\"prompt\":\"x\"}");
  }

  @Test
  void shouldFailAfterFourDays() {
    one.take(message("m1", "rain"));
    one.take(message("m2", "snow"));
    SqsFunction.Message waiting =
        new SqsFunction.Message("m3", "receipt", queue.sent.getLast().messageBody(), 1);
    studio.clock.advance(Duration.ofDays(4));
    one.take(waiting);
    assertThat(queue.sent).as("not yet").hasSize(2);
    studio.clock.advance(Duration.ofSeconds(1));

    assertThatThrownBy(() -> one.take(waiting))
        .isInstanceOf(SubmissionMessages.NoRoomException.class)
        .hasMessage(
            "job m2 has waited since 2026-11-21T02:25:14Z for room under its owner's limits");
    assertThat(queue.sent).hasSize(2);
  }

  @Test
  void shouldSendAWaitingMessageThatIsNoSubmissionToTheDeadLettersAsItWas() {
    String body =
        "{\"type\":\"waiting\",\"since\":1795227914000,\"submission\":{\"owner\":\"alice\"}}";

    one.take(new SqsFunction.Message("m1", "receipt", body, 1));

    assertRejected(body, "m1", "/prompt is required");
  }

  @Test
  void shouldSendWhatIsNoJsonToTheDeadLetters() {
    one.take(new SqsFunction.Message("m1", "receipt", "[]", 1));

    assertRejected("[]", "m1", "It must be a JSON object.");
  }

  @Test
  void shouldNameEveryFieldThatIsWrong() {
    String body = "{\"id\":\"a b\",\"prompt\":\"x\"}";

    one.take(new SqsFunction.Message("m1", "receipt", body, 1));

    assertRejected(
        body, "m1", "/owner is required; /id must be 1 to 64 characters of A-Z a-z 0-9 _ -");
  }

  @Test
  void shouldSendAnIdThatAnotherJobHasToTheDeadLetters() {
    one.take(message("m1", "rain"));
    String body = "{\"owner\":\"alice\",\"id\":\"m1\",\"prompt\":\"snow\"}";

    one.take(new SqsFunction.Message("m2", "receipt", body, 1));

    assertRejected(body, "m2", "/id belongs to another job: m1");
    assertThat(studio.jobs.all()).hasSize(1);
  }

  @Test
  void shouldSendWhatNoProviderCanDoToTheDeadLetters() {
    String body = "{\"owner\":\"alice\",\"prompt\":\"x\",\"provider\":\"nobody\"}";

    one.take(new SqsFunction.Message("m1", "receipt", body, 1));

    assertThat(queue.sent)
        .singleElement()
        .satisfies(sent -> assertThat(sent.queueUrl()).isEqualTo(DEAD));
    assertThat(reason()).startsWith("/provider ");
    assertThat(studio.jobs.all()).isEmpty();
  }

  @Test
  void shouldBoundTheReasonAndLeaveOutWhatSqsRefuses() {
    String field = "\\u0000" + "x".repeat(2_000);
    String body = "{\"owner\":\"alice\",\"prompt\":\"x\",\"" + field + "\":1}";

    one.take(new SqsFunction.Message("m1", "receipt", body, 1));

    assertThat(reason()).startsWith("/?xxx").hasSize(SubmissionDeadLetters.LONGEST_REASON);
  }

  /** It comes again, and is not lost. */
  @Test
  void shouldFailWhereTheDeadLetterQueueTakesNothing() {
    queue.broken = true;

    assertThatThrownBy(() -> one.take(new SqsFunction.Message("m1", "receipt", "[]", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SQS is away");
  }

  @Test
  void shouldTellWhoSentWhatWasRejected() {
    List<RejectedSubmissions.Rejected> rejected = new ArrayList<>();
    SubmissionMessages messages = messages(new Limits(1, OptionalInt.empty()), rejected::add);

    messages.take(
        new SqsFunction.Message(
            "m1", "receipt", "{\"owner\":\"alice\",\"id\":\"order-7\",\"reference\":\"r\"}", 1));
    messages.take(
        new SqsFunction.Message(
            "m2", "receipt", "{\"owner\":\"a b\",\"id\":\"a b\",\"reference\":\"a\\nb\"}", 1));
    messages.take(new SqsFunction.Message("m3", "receipt", "{", 1));

    assertThat(rejected)
        .extracting(RejectedSubmissions.Rejected::submissionId)
        .containsExactly("order-7", "m2", "m3");
    SubmissionSender nobody =
        new SubmissionSender(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(rejected)
        .extracting(RejectedSubmissions.Rejected::sender)
        .containsExactly(
            new SubmissionSender(
                Optional.of(new Owner("alice")),
                Optional.of(new JobId("order-7")),
                Optional.of("r")),
            nobody,
            nobody);
  }

  private void assertRejected(String body, String messageId, String reason) {
    SendMessageRequest sent = queue.sent.getLast();
    assertThat(sent.queueUrl()).isEqualTo(DEAD);
    assertThat(sent.messageBody()).isEqualTo(body);
    assertThat(sent.messageAttributes()).containsOnlyKeys("reason", "messageId");
    assertThat(attribute("messageId")).isEqualTo(messageId);
    assertThat(reason()).isEqualTo(reason);
  }

  private String reason() {
    return attribute("reason");
  }

  private String attribute(String name) {
    return Optional.ofNullable(queue.sent.getLast().messageAttributes().get(name))
        .orElseThrow()
        .stringValue();
  }

  private void end(String job) {
    studio.jobs.apply(
        new JobId(job), new JobChange.Ended(Status.FAILED, Reasons.noSong("p")), Studio.START);
  }

  @Test
  void shouldMakeAJobOfALineOfABatchHoweverOftenItComes() {
    one.take(order(1, "{\"prompt\":\"rain\"}"));
    one.take(order(1, "{\"prompt\":\"rain\"}"));
    assertThat(studio.jobs.all())
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.id()).isEqualTo(new JobId("b-1"));
              assertThat(job.owner()).isEqualTo(Studio.ALICE);
              assertThat(job.request().batch()).contains(new BatchLine(new BatchId("b"), 1));
            });
    assertThat(studio.provider.orders()).hasSize(1);
    assertThat(queue.sent).isEmpty();
  }

  /**
   * Its batch submits it again; a message that came again by itself would be one more each time.
   */
  @Test
  void shouldLeaveALineThatFindsNoRoomToItsBatch() {
    one.take(message("m1", "rain"));
    one.take(order(1, "{\"prompt\":\"snow\"}"));
    assertThat(studio.jobs.all()).extracting(Job::id).containsExactly(new JobId("m1"));
    assertThat(queue.sent).isEmpty();
  }

  @Test
  void shouldTellABatchWhyALineCannotBeAJob() throws Exception {
    one.take(message("b-4", "rain"));
    Map<SqsFunction.Message, Reason> why = new LinkedHashMap<>();
    why.put(order(1, "{}"), new Reason("invalid-request", "/prompt is required"));
    why.put(
        order(2, "{\"prompt\":\"x\",\"provider\":\"nobody\"}"),
        new Reason("invalid-request", "/provider is not configured; there is useapi"));
    why.put(
        order(3, "{\"prompt\":\"x\",\"owner\":\"bob\"}"),
        new Reason("invalid-request", "/owner is not a field of the operation prompt"));
    why.put(order(4, "{\"prompt\":\"snow\"}"), Reasons.idTaken("b-4"));
    int line = 0;
    for (Map.Entry<SqsFunction.Message, Reason> each : why.entrySet()) {
      line++;
      one.take(each.getKey());
      assertThat(queue.sent.getLast().queueUrl()).isEqualTo(BATCHES);
      assertThat(Messages.batch(queue.sent.getLast().messageBody()))
          .isEqualTo(new BatchTask.Refused(new BatchLine(new BatchId("b"), line), each.getValue()));
    }
    assertThat(queue.sent).hasSize(4);
    assertThat(studio.jobs.all()).hasSize(1);
  }

  private static SqsFunction.Message order(int line, String submission) {
    return new SqsFunction.Message(
        "order-" + line,
        "receipt",
        "{\"type\":\"order\",\"batchId\":\"b\",\"line\":%d,\"owner\":\"alice\",\"submission\":%s}"
            .formatted(line, submission),
        1);
  }

  /** SQS brings a message again, and a caller its own, after the settings changed. */
  @Test
  void shouldKnowTheJobOfARepeatThatTodaysSettingsWouldRefuse() {
    one.take(message("m1", "rain"));
    Job job = studio.jobs.all().getFirst();
    Studio.UseCases without = studio.with(new Providers(List.of()));
    SubmissionMessages today =
        new SubmissionMessages(
            without.submit,
            without.call,
            new SqsQueues(queue, SubmissionMessagesTest::setting),
            new SubmissionDeadLetters(queue, SubmissionMessagesTest::setting),
            new Delays(new Random(1)),
            studio.clock);

    today.take(message("m1", "rain"));
    assertThat(queue.sent).as("no dead letter").isEmpty();
    assertThat(studio.jobs.all()).containsExactly(job);

    today.take(message("m2", "snow"));
    assertThat(queue.sent).as("a new one is refused").hasSize(1);
    assertThat(queue.sent.getFirst().queueUrl()).isEqualTo(DEAD);
  }

  private SubmissionMessages messages(Limits limits) {
    return messages(limits, new SubmissionDeadLetters(queue, SubmissionMessagesTest::setting));
  }

  private SubmissionMessages messages(Limits limits, RejectedSubmissions rejected) {
    Studio.UseCases does = studio.with(limits);
    return new SubmissionMessages(
        does.submit,
        does.call,
        new SqsQueues(queue, SubmissionMessagesTest::setting),
        rejected,
        new Delays(new Random(1)),
        studio.clock);
  }

  private static Optional<String> setting(String name) {
    return switch (name) {
      case "RIFFHOOK_SUBMISSION_QUEUE" -> Optional.of(URL);
      case "RIFFHOOK_SUBMISSION_DEAD_LETTER_QUEUE" -> Optional.of(DEAD);
      case "RIFFHOOK_BATCH_QUEUE" -> Optional.of(BATCHES);
      default -> Optional.empty();
    };
  }

  private static SqsFunction.Message message(String id, String prompt) {
    return new SqsFunction.Message(id, "receipt", BODY.formatted(prompt), 1);
  }

  /** Keeps what is sent to it. */
  private static final class Queue implements SqsClient {
    private final List<SendMessageRequest> sent = new ArrayList<>();
    private boolean broken;

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      if (broken) {
        throw new IllegalStateException("SQS is away");
      }
      sent.add(request);
      return SendMessageResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
