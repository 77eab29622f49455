package io.riffhook.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Queues that keep what was sent, for a test to look at or to deliver. Safe for several threads.
 */
public final class InMemoryQueues implements Queues {
  /** What SQS takes as one message. */
  private static final int MAX_BYTES = 1024 * 1024;

  private final List<Message> messages = new ArrayList<>();

  /** A message that was sent, in the order of sending. */
  public sealed interface Message {
    /** The job it is for. */
    JobId job();

    /** How long it stays back. */
    Duration delay();
  }

  /** A job's call to the provider is due. */
  public record SubmissionDue(JobId job, Duration delay) implements Message {}

  /** A job's liveness is to be checked. */
  public record CheckDue(JobId job, int number, Duration delay) implements Message {}

  /** Something is to be fetched. */
  public record DownloadDue(DownloadTask task, Duration delay) implements Message {
    @Override
    public JobId job() {
      return new JobId(task.subject());
    }
  }

  /** Something is to be told. */
  public record NotificationDue(NotificationTask task, Duration delay) implements Message {
    @Override
    public JobId job() {
      return switch (task) {
        case NotificationTask.Announce announce -> announce.job();
        case NotificationTask.Progress progress -> progress.job();
        case NotificationTask.Tell _, NotificationTask.Deliver _ -> new JobId("none");
      };
    }
  }

  /** Something is to be done for a batch. */
  public record BatchDue(BatchTask task, Duration delay) implements Message {
    @Override
    public JobId job() {
      return switch (task) {
        case BatchTask.Ended ended -> ended.line().job();
        case BatchTask.Refused refused -> refused.line().job();
        case BatchTask.Check _ -> new JobId("none");
      };
    }
  }

  /** A line of a batch is to be submitted. */
  public record OrderDue(BatchOrder order) implements Message {
    @Override
    public JobId job() {
      return order.line().job();
    }

    @Override
    public Duration delay() {
      return Duration.ZERO;
    }
  }

  /** An event for the bus. */
  public record EventDue(String json) implements Message {
    @Override
    public JobId job() {
      return new JobId("none");
    }

    @Override
    public Duration delay() {
      return Duration.ZERO;
    }
  }

  @Override
  public synchronized void notification(NotificationTask task, Duration delay) {
    messages.add(new NotificationDue(task, clamp(delay)));
  }

  @Override
  public synchronized void event(String json) {
    messages.add(new EventDue(json));
  }

  @Override
  public synchronized void orders(List<BatchOrder> orders) {
    orders.forEach(order -> messages.add(new OrderDue(order)));
  }

  @Override
  public synchronized void batch(BatchTask task, Duration delay) {
    messages.add(new BatchDue(task, clamp(delay)));
  }

  @Override
  public synchronized void submission(JobId job, Duration delay) {
    messages.add(new SubmissionDue(job, clamp(delay)));
  }

  @Override
  public synchronized void check(JobId job, int number, Duration delay) {
    messages.add(new CheckDue(job, number, clamp(delay)));
  }

  @Override
  public synchronized void download(List<DownloadTask> tasks, Duration delay) {
    tasks.forEach(InMemoryQueues::refuseWhatIsTooLarge);
    tasks.forEach(task -> messages.add(new DownloadDue(task, clamp(delay))));
  }

  /** All messages that were sent and not taken, in the order of sending. */
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  /** The messages of one kind that were sent and not taken, in the order of sending. */
  public synchronized <M extends Message> List<M> messages(Class<M> kind) {
    return messages.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Takes the messages of one kind, in the order of sending. */
  public synchronized <M extends Message> List<M> take(Class<M> kind) {
    List<M> taken = messages(kind);
    messages.removeIf(kind::isInstance);
    return taken;
  }

  /** Takes all messages, in the order of sending. */
  public synchronized List<Message> take() {
    List<Message> taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }

  /** Only a link can be that long. */
  private static void refuseWhatIsTooLarge(DownloadTask task) {
    if (task instanceof DownloadTask.Store store
        && store.source() instanceof AssetSource.Link link
        && link.uri().toString().length() >= MAX_BYTES) {
      throw new IllegalArgumentException("a message holds " + MAX_BYTES + " bytes at most");
    }
  }

  private static Duration clamp(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
  }
}
