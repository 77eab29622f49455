package io.riffhook.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbJobStore;
import io.riffhook.aws.DynamoDbSongStore;
import io.riffhook.domain.Asset;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Status;
import io.riffhook.domain.StoredFile;
import io.riffhook.local.LocalMachine;
import io.riffhook.local.LocalOptions;
import io.riffhook.simulator.Simulator;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The judge bites: whatever must not be is a violation, and only what has a cause is excused. */
class JudgeIT {
  private static final Owner OWNER = new Owner("local");
  private static final Instant START = Instant.parse("2026-11-21T02:25:14Z");

  private Simulator simulator;
  private LocalMachine machine;
  private DynamoDbClient dynamoDb;
  private JobStore jobs;
  private Storage storage;
  private Purchases purchases;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorSettings.defaults(), 0);
    machine = LocalMachine.start(LocalOptions.inMemory(Path.of("..", "..", "template.yaml")));
    Map<String, String> environment = machine.environment("CheckFunction");
    dynamoDb = new AwsClients(environment).dynamoDb();
    jobs = new DynamoDbJobStore(dynamoDb, table());
    storage = new Storage(environment);
    purchases = new Purchases(simulator);
  }

  @AfterEach
  void stop() {
    storage.close();
    dynamoDb.close();
    machine.close();
    simulator.close();
  }

  private String table() {
    return Optional.ofNullable(machine.environment("CheckFunction").get("RIFFHOOK_TABLE"))
        .orElseThrow();
  }

  @Test
  void shouldMissAJobThatDidNotEndAndOneThatIsNotThere() throws Exception {
    Job open = job("open");

    Judge.Verdict verdict = judge(List.of(), open.id(), new JobId("gone"));

    assertThat(verdict.lost()).isEqualTo(2);
    assertThat(verdict.violations())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("open is lost: it is QUEUED, InFlight"),
            second -> assertThat(second).isEqualTo("gone is lost: there is no such job"));
  }

  @Test
  void shouldMissTheBytesOfAJobThatIsReady() throws Exception {
    Job job = job("ready");
    apply(job, new JobChange.Accepted(List.of("p1"), Optional.empty(), START));
    apply(job, new JobChange.SongSeen("s1", 1));
    Asset mp3 =
        new Asset(
            "song.mp3", Asset.Kind.AUDIO, new Asset.Stored(new StoredFile("audio/mpeg", 3, "ab")));
    Asset lyrics = Asset.pending("lyrics.txt", Asset.Kind.LYRICS);
    Song song =
        new Song(
            new SongId(job.id(), 1),
            OWNER,
            "useapi",
            "p1",
            "s1",
            "Boats",
            false,
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            START,
            START,
            List.of(mp3, lyrics));
    new DynamoDbSongStore(dynamoDb, table()).insert(song);
    apply(job, new JobChange.Collected("p1"));
    apply(job, new JobChange.SongStored(1));
    apply(job, new JobChange.Ready());

    Judge.Verdict verdict = judge(List.of(), job.id());

    assertThat(verdict.statuses()).isEqualTo(Map.of(Status.READY, 1));
    assertThat(verdict.withoutBytes()).isEqualTo(1);
    assertThat(verdict.violations())
        .containsExactly(
            "ready-1 has no wav",
            "lyrics.txt of ready-1 is pending",
            "song.mp3 of ready-1 is not in the bucket");
  }

  @Test
  void shouldExcuseASecondPurchaseOnlyWhereNobodyCouldKnowOfTheFirst() throws Exception {
    Job without = ended("without");
    Job with = ended("with");
    for (Job job : List.of(without, with)) {
      buy(job.id());
      buy(job.id());
    }
    purchases.start();
    purchases.close();
    LostRun lost =
        new LostRun(
            "SubmitFunction",
            Instant.EPOCH,
            Instant.now().plus(Duration.ofHours(1)),
            "{\"jobId\":\"with\"}");

    Judge.Verdict verdict = judge(List.of(lost), without.id(), with.id());

    assertThat(verdict.twice()).isEqualTo(1);
    assertThat(verdict.violations())
        .singleElement()
        .asString()
        .startsWith("without was bought 2 times, with [] for a cause");
    assertThat(verdict.explained())
        .anySatisfy(
            line -> assertThat(line).startsWith("with was bought twice: submit was killed at"));
    assertThat(purchases.unclaimed(List.of(with.id())))
        .containsExactly("a song was bought for without, which nobody asked for");
  }

  @Test
  void shouldMindAFailureThatNothingCalledFor() throws Exception {
    Job job = job("failed");
    apply(job, new JobChange.Ended(Status.FAILED, new Reason("asset-failed", "gone")));

    assertThat(judge(List.of(), job.id()).violations())
        .containsExactly(
            "failed is FAILED (asset-failed) after 1 calls, 0 without an answer, 0 runs of submit"
                + " killed, 0 songs bought");
  }

  @Test
  void shouldMindADeadLetterUnlessAllItsReceivesWereKilled() throws Exception {
    Map<String, String> environment = machine.environment("CheckFunction");
    String message;
    try (SqsClient sqs = new AwsClients(environment).sqs()) {
      String url =
          sqs.getQueueUrl(queue -> queue.queueName("riffhook-check-dead-letter-queue")).queueUrl();
      message = sqs.sendMessage(send -> send.queueUrl(url).messageBody("{}")).messageId();
    }

    assertThat(judge(List.of()).violations())
        .containsExactly("a message was given up after 0 of its receives were killed: {}");

    LostRun lost =
        new LostRun("CheckFunction", START, START, "{\"messageId\":\"" + message + "\"}");
    assertThat(lost.isAbout(message)).isTrue();
  }

  private Job job(String id) {
    Capabilities provider =
        new Capabilities(
            "useapi",
            Map.of(Operation.Kind.PROMPT, Capabilities.Can.of()),
            Set.of(Format.MP3, Format.WAV),
            List.of(),
            true,
            Duration.ofSeconds(8),
            Set.of());
    Job job =
        Job.submitting(
            new JobId(id),
            OWNER,
            new JobRequest(
                new Operation.Prompt("a calm piano", false),
                Optional.empty(),
                Optional.empty(),
                Set.of(Format.MP3, Format.WAV),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            provider,
            true,
            START,
            Duration.ofHours(24));
    assertThat(jobs.insert(job)).isTrue();
    return job;
  }

  private Job ended(String id) {
    Job job = job(id);
    apply(job, new JobChange.OutcomeUnknown(new Reason("outcome-unknown", "silent"), START));
    apply(job, new JobChange.CallStarted(2, START));
    apply(job, new JobChange.OutcomeUnknown(new Reason("outcome-unknown", "silent"), START));
    apply(job, new JobChange.Ended(Status.FAILED, new Reason("outcome-unknown", "silent")));
    return job;
  }

  private void apply(Job job, JobChange change) {
    assertThat(jobs.apply(job.id(), change, START.plusSeconds(60))).isPresent();
  }

  private void buy(JobId job) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/music/create-prompt"))
                  .header("Authorization", "Bearer " + simulator.token())
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"prompt\":\"a calm piano\",\"replyRef\":\"" + job + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private Judge.Verdict judge(List<LostRun> lost, JobId... accepted) throws Exception {
    return new Judge(storage, purchases, lost)
        .judge(
            Stream.of(accepted)
                .map(id -> new Caller.Accepted(id, "key-of-" + id, START, 1))
                .toList(),
            List.of());
  }
}
