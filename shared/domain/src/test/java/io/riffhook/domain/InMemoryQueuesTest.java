package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryQueuesTest extends QueuesContract {
  private final InMemoryQueues queues = new InMemoryQueues();

  @Override
  protected Queues queues() {
    return queues;
  }

  /** Who delivers these messages waits for their delays on a clock of its own. */
  @Override
  protected List<Taken> take(Queues.Name queue, int count) {
    List<Taken> taken =
        queues.messages().stream()
            .filter(message -> queue(message) == queue)
            .map(message -> new Taken(told(message), message.delay()))
            .toList();
    assertThat(taken).hasSize(count);
    return taken;
  }

  @Test
  void shouldKeepNoMessageBackForLongerThanAQueueCan() {
    JobId job = new JobId("j");
    queues.check(job, 1, Queues.MAX_DELAY.plusSeconds(1));
    assertThat(queues.take())
        .extracting(InMemoryQueues.Message::delay)
        .containsExactly(Duration.ofMinutes(15));
  }

  private static Queues.Name queue(InMemoryQueues.Message message) {
    return switch (message) {
      case InMemoryQueues.SubmissionDue _ -> Queues.Name.SUBMISSION;
      case InMemoryQueues.CheckDue _ -> Queues.Name.CHECK;
      case InMemoryQueues.DownloadDue _ -> Queues.Name.DOWNLOAD;
      case InMemoryQueues.NotificationDue _ -> Queues.Name.NOTIFICATION;
      case InMemoryQueues.EventDue _ -> Queues.Name.EVENT;
      case InMemoryQueues.BatchDue _ -> Queues.Name.BATCH;
      case InMemoryQueues.OrderDue _ -> Queues.Name.SUBMISSION;
    };
  }

  private static Told told(InMemoryQueues.Message message) {
    return switch (message) {
      case InMemoryQueues.SubmissionDue due -> new ToSubmit(due.job());
      case InMemoryQueues.CheckDue due -> new ToCheck(due.job(), due.number());
      case InMemoryQueues.DownloadDue due -> new ToDownload(due.task());
      case InMemoryQueues.NotificationDue due -> new ToTell(due.task());
      case InMemoryQueues.EventDue due -> new ToPublish(due.json());
      case InMemoryQueues.BatchDue due -> new ToBatch(due.task());
      case InMemoryQueues.OrderDue due -> new ToOrder(due.order());
    };
  }
}
