package io.riffhook.aws;

import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The queues in SQS. Each one's URL is a setting, read when something is first sent to it, so that
 * a function needs only those it uses. Safe for use by several threads.
 */
public final class SqsQueues implements Queues {
  public static final String SUBMISSION_QUEUE = "RIFFHOOK_SUBMISSION_QUEUE";
  public static final String CHECK_QUEUE = "RIFFHOOK_CHECK_QUEUE";
  public static final String DOWNLOAD_QUEUE = "RIFFHOOK_DOWNLOAD_QUEUE";

  private final SqsClient client;
  private final Settings settings;
  private final SqsBatches batches;

  public SqsQueues(SqsClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
    batches = new SqsBatches(client, Backoff.JITTERED);
  }

  @Override
  public void submission(JobId job, Duration delay) {
    send(SUBMISSION_QUEUE, Messages.submission(job), delay);
  }

  @Override
  public void check(JobId job, int number, Duration delay) {
    send(CHECK_QUEUE, Messages.check(job, number), delay);
  }

  /**
   * @throws IncompleteBatchException where SQS did not take all of them; those that it took are
   *     sent
   */
  @Override
  public void download(List<DownloadTask> tasks, Duration delay) {
    if (!tasks.isEmpty()) {
      batches.send(
          settings.require(DOWNLOAD_QUEUE),
          tasks.stream().map(Messages::download).toList(),
          seconds(delay));
    }
  }

  private void send(String queue, String body, Duration delay) {
    String url = settings.require(queue);
    client.sendMessage(
        message -> message.queueUrl(url).messageBody(body).delaySeconds(seconds(delay)));
  }

  /** Whole seconds, as SQS counts them, rounded up so that nothing comes early. */
  static int seconds(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    return delay.compareTo(MAX_DELAY) >= 0
        ? Math.toIntExact(MAX_DELAY.toSeconds())
        : Math.toIntExact(delay.plusNanos(999_999_999).toSeconds());
  }
}
