package io.riffhook.simulation;

import io.riffhook.domain.BatchOrder;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.JobId;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Queues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Queues as SQS's are: a message comes at least once, late, in any order, again when whoever took
 * it died or failed, and after too many failures only once an operator has put it back.
 */
final class SimulatedQueues implements Queues {
  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private final Ledger ledger;
  private final boolean deletesFirst;
  private final Consumer<Message> worker;

  SimulatedQueues(
      Agenda agenda,
      Dice dice,
      Weather weather,
      Ledger ledger,
      boolean deletesFirst,
      Consumer<Message> worker) {
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
    this.ledger = ledger;
    this.deletesFirst = deletesFirst;
    this.worker = worker;
  }

  /** What a message asks for. */
  sealed interface Message {
    /** The job's call to the provider is due. */
    record Submission(JobId job) implements Message {}

    /** The job's liveness is to be checked. */
    record Check(JobId job, int number) implements Message {}

    /** Something is to be fetched. */
    record Download(DownloadTask task) implements Message {}

    /** Somebody is to be told. */
    record Notification(NotificationTask task) implements Message {}

    /** A line of a batch is to be submitted. */
    record Order(BatchOrder order) implements Message {}

    /** Something is to be done for a batch. */
    record Batch(BatchTask task) implements Message {}
  }

  /** A queue's limits, as template.yaml has them. */
  private record Limits(Duration timeout, Duration visibility, int receives) {
    private static final Limits SUBMISSION =
        new Limits(Duration.ofSeconds(30), Duration.ofMinutes(3), 5);
    private static final Limits CHECK =
        new Limits(Duration.ofSeconds(60), Duration.ofMinutes(6), 10);
    private static final Limits DOWNLOAD =
        new Limits(Duration.ofMinutes(15), Duration.ofMinutes(90), 5);

    private static final Limits NOTIFICATION =
        new Limits(Duration.ofSeconds(60), Duration.ofMinutes(6), 5);

    private static Limits of(Message message) {
      return switch (message) {
        case Message.Submission _, Message.Order _ -> SUBMISSION;
        case Message.Check _ -> CHECK;
        case Message.Download _ -> DOWNLOAD;
        case Message.Notification _ -> NOTIFICATION;
        case Message.Batch _ -> CHECK;
      };
    }
  }

  @Override
  public void submission(JobId job, Duration delay) {
    send(new Message.Submission(job), delay);
  }

  @Override
  public void check(JobId job, int number, Duration delay) {
    send(new Message.Check(job, number), delay);
  }

  @Override
  public void download(List<DownloadTask> tasks, Duration delay) {
    tasks.forEach(task -> send(new Message.Download(task), delay));
  }

  @Override
  public void notification(NotificationTask task, Duration delay) {
    send(new Message.Notification(task), delay);
  }

  @Override
  public void event(String json) {
    String[] words = json.split(" ");
    ledger.published(new JobId(words[0]), words[1], words[2]);
  }

  @Override
  public void batch(BatchTask task, Duration delay) {
    send(new Message.Batch(task), delay);
  }

  @Override
  public void orders(List<BatchOrder> orders) {
    orders.forEach(order -> send(new Message.Order(order), Duration.ZERO));
  }

  private void send(Message message, Duration delay) {
    Duration due = delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    Kept kept = new Kept(message);
    ledger.sent(Topic.of(message));
    Duration arrival = due.plus(dice.late(Duration.ofMillis(500)));
    deliver(kept, arrival);
    if (weather.has(Rates::repeated)) {
      // Often to two workers at the same time.
      deliver(
          kept,
          dice.happens(0.5)
              ? arrival.plusMillis(dice.below(100))
              : due.plus(dice.late(Duration.ofSeconds(20))));
    }
  }

  private void deliver(Kept kept, Duration delay) {
    agenda.in(delay, kept::receive);
  }

  /** A message until it is done with. */
  private final class Kept {
    private final Message message;
    private int receives;
    private boolean deleted;

    private Kept(Message message) {
      this.message = message;
    }

    private void receive() {
      Limits limits = Limits.of(message);
      if (receives == limits.receives()) {
        ledger.deadLetter();
        receives = 0;
        // The alarm rings, somebody looks, and puts it back.
        deliver(this, dice.between(Duration.ofMinutes(10), Duration.ofHours(3)));
        return;
      }
      receives++;
      if (deletesFirst) {
        delete();
      }
      agenda.start(message.toString(), limits.timeout(), () -> worker.accept(message), this::ended);
    }

    private void ended(Optional<Throwable> failure) {
      if (failure.isEmpty()) {
        delete();
      } else if (deletesFirst) {
        return;
      } else if (failure.get() instanceof Outage) {
        deliver(this, Duration.ofSeconds(10L * receives));
      } else if (failure.get() instanceof Killed) {
        deliver(this, Limits.of(message).visibility());
      } else {
        throw new IllegalStateException(message + " failed", failure.get());
      }
    }

    private void delete() {
      if (!deleted) {
        deleted = true;
        ledger.done(message);
      }
    }
  }
}
