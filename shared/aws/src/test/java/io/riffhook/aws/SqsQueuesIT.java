package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Queues;
import io.riffhook.domain.SongId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

final class SqsQueuesIT {
  private final TestAws aws = TestAws.get();
  private final SqsQueues queues = new SqsQueues(aws.sqs(), aws.settings());
  private final JobId job = new JobId(UUID.randomUUID().toString());

  @Test
  void shouldSendASubmission() {
    queues.submission(job, Duration.ZERO);
    assertThat(Messages.ownSubmission(receive(Queues.Name.SUBMISSION, 1).getFirst())).contains(job);
  }

  @Test
  void shouldSendASubmissionThatWaits() {
    Instant since = Instant.ofEpochSecond(1_795_227_914);
    queues.waiting("{\"prompt\":\"x\"}", job, since, Duration.ZERO);
    assertThat(Messages.waiting(receive(Queues.Name.SUBMISSION, 1).getFirst()))
        .contains(new Messages.Waiting("{\"prompt\":\"x\",\"id\":\"" + job + "\"}", since));
  }

  @Test
  void shouldSendACheck() throws Exception {
    queues.check(job, 7, Duration.ofSeconds(1));
    assertThat(Messages.check(receive(Queues.Name.CHECK, 1).getFirst()))
        .isEqualTo(new Messages.Check(job, 7));
  }

  @Test
  void shouldSendDownloadsInAsManyBatchesAsTheyNeed() throws Exception {
    // Together more than one batch may hold, by number and by bytes.
    String query = "x".repeat(150_000);
    List<DownloadTask> tasks =
        IntStream.range(0, 23)
            .<DownloadTask>mapToObj(
                i ->
                    i % 2 == 0
                        ? new DownloadTask.Collect(job, Optional.of("p" + i), 1)
                        : new DownloadTask.Store(
                            new SongId(job, i),
                            "song.mp3",
                            new AssetSource.Link(URI.create("https://cdn.example/a?" + query)),
                            1))
            .toList();
    queues.download(tasks, Duration.ZERO);
    queues.download(List.of(), Duration.ZERO);
    List<DownloadTask> received = new ArrayList<>();
    for (String body : receive(Queues.Name.DOWNLOAD, tasks.size())) {
      received.add(Messages.download(body));
    }
    assertThat(received).containsExactlyInAnyOrderElementsOf(tasks);
  }

  private List<String> receive(Queues.Name queue, int count) {
    String url = aws.settings().require(queue.setting());
    List<String> bodies = new ArrayList<>();
    // Each read waits for a message; as many empty ones in a row as messages are wanted is the end.
    for (int reads = 0; bodies.size() < count && reads < 2 * count + 5; reads++) {
      List<Message> messages =
          aws.sqs()
              .receiveMessage(
                  receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(2))
              .messages();
      for (Message message : messages) {
        bodies.add(message.body());
        aws.sqs()
            .deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    assertThat(bodies).hasSize(count);
    return bodies;
  }
}
