package io.riffhook.simulation;

import io.riffhook.domain.BatchOrder;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.JobId;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Queues;
import java.time.Duration;
import java.util.List;

/** Queues that a mistake can be made with. */
class Sent implements Queues {
  private final Queues queues;

  Sent(Queues queues) {
    this.queues = queues;
  }

  @Override
  public void submission(JobId job, Duration delay) {
    queues.submission(job, delay);
  }

  @Override
  public void check(JobId job, int number, Duration delay) {
    queues.check(job, number, delay);
  }

  @Override
  public void download(List<DownloadTask> tasks, Duration delay) {
    queues.download(tasks, delay);
  }

  @Override
  public void notification(NotificationTask task, Duration delay) {
    queues.notification(task, delay);
  }

  @Override
  public void event(String json) {
    queues.event(json);
  }

  @Override
  public void batch(BatchTask task, Duration delay) {
    queues.batch(task, delay);
  }

  @Override
  public void orders(List<BatchOrder> orders) {
    queues.orders(orders);
  }
}
