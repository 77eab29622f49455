package io.riffhook.aws;

import io.riffhook.domain.BatchOrder;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.JobId;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The queues in SQS. Each one's URL is a setting, read when something is first sent to it, so that
 * a function needs only those it uses. Safe for use by several threads.
 */
public final class SqsQueues implements Queues {
  private static final Duration FIRST_RETURN = Duration.ofSeconds(20);

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
    send(Name.SUBMISSION, Messages.submission(job), delay);
  }

  /**
   * Has a caller's submission come again, when there may be room under its owner's limits. It is a
   * new message, because one that is only put back ends in the dead-letter queue after a few times.
   *
   * @param submission the caller's message, a JSON object
   * @param job the id that the job is to have: the new message has another id than the first
   * @param since when the submission was first tried
   */
  public void waiting(String submission, JobId job, Instant since, Duration delay) {
    send(Name.SUBMISSION, Messages.waiting(submission, job, since), delay);
  }

  @Override
  public void check(JobId job, int number, Duration delay) {
    send(Name.CHECK, Messages.check(job, number), delay);
  }

  /**
   * @throws IncompleteBatchException where SQS did not take all of them; those that it took are
   *     sent
   */
  @Override
  public void download(List<DownloadTask> tasks, Duration delay) {
    send(Name.DOWNLOAD, tasks.stream().map(Messages::download).toList(), delay);
  }

  @Override
  public void notification(NotificationTask task, Duration delay) {
    send(Name.NOTIFICATION, Messages.notification(task), delay);
  }

  /**
   * @throws IncompleteBatchException where SQS did not take all of them; those that it took are
   *     sent
   */
  @Override
  public void notifications(List<NotificationTask> tasks, Duration delay) {
    send(Name.NOTIFICATION, tasks.stream().map(Messages::notification).toList(), delay);
  }

  @Override
  public void event(String json) {
    send(Name.EVENT, json, Duration.ZERO);
  }

  /**
   * @throws IncompleteBatchException where SQS did not take all of them; those that it took are
   *     sent
   */
  @Override
  public void events(List<String> json) {
    send(Name.EVENT, json, Duration.ZERO);
  }

  /**
   * @throws IncompleteBatchException where SQS did not take all of them; those that it took are
   *     sent
   */
  @Override
  public void orders(List<BatchOrder> orders) {
    send(Name.SUBMISSION, orders.stream().map(Messages::order).toList(), Duration.ZERO);
  }

  @Override
  public void batch(BatchTask task, Duration delay) {
    send(Name.BATCH, Messages.batch(task), delay);
  }

  /**
   * Has a message that could not be dealt with come back after a growing delay, rather than after
   * the queue's visibility timeout, which is six times its function's.
   *
   * @param receives how often it has been received
   */
  public void comeBackSoon(Name queue, String receiptHandle, int receives) {
    Duration delay = FIRST_RETURN.multipliedBy(1L << Math.clamp(receives - 1, 0, 5));
    client.changeMessageVisibility(
        change ->
            change
                .queueUrl(settings.require(queue.setting()))
                .receiptHandle(receiptHandle)
                .visibilityTimeout(seconds(delay)));
  }

  private void send(Name queue, List<String> bodies, Duration delay) {
    if (!bodies.isEmpty()) {
      batches.send(settings.require(queue.setting()), bodies, seconds(delay));
    }
  }

  private void send(Name queue, String body, Duration delay) {
    String url = settings.require(queue.setting());
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
