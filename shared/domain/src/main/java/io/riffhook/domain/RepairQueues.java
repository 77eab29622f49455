package io.riffhook.domain;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends again whatever should be in a queue, by what is written down as unfinished. It makes up for
 * queues that lost their messages.
 *
 * <p>A message that was not lost is then there twice, which has no effect: a check carries the
 * number of the job's latest check, so the first of the two moves the job on and the second ends;
 * fetches, deliveries and steps of batches look at what is written down before they do anything.
 */
public final class RepairQueues {
  /** Messages are spread over time, so that providers and endpoints are not called all at once. */
  private static final int MESSAGES_A_SECOND = 20;

  private final UnfinishedWork work;
  private final Queues queues;
  private final InstantSource clock;

  public RepairQueues(UnfinishedWork work, Queues queues, InstantSource clock) {
    this.work = work;
    this.queues = queues;
    this.clock = clock;
  }

  /**
   * What was found so far.
   *
   * @param scanned how many items of the table were read
   * @param readUnits what reading them cost, in DynamoDB's read request units
   * @param jobs how many jobs are unfinished, or have events that were not published
   * @param messages how many messages were sent, or would be
   */
  public record Report(
      long scanned,
      double readUnits,
      long jobs,
      long batches,
      long uploads,
      long deliveries,
      long messages) {
    static final Report NOTHING = new Report(0, 0, 0, 0, 0, 0, 0);

    private Report withPart(UnfinishedWork.Part part) {
      return new Report(
          scanned + part.scanned(),
          readUnits + part.readUnits(),
          jobs,
          batches,
          uploads,
          deliveries,
          messages);
    }

    private Report with(UnfinishedWork.Found found) {
      return switch (found) {
        case UnfinishedWork.Found.OfJob job -> counted(1, 0, 0, 0, job.unpublished() ? 2 : 1);
        case UnfinishedWork.Found.OfBatch _ -> counted(0, 1, 0, 0, 1);
        case UnfinishedWork.Found.OfUpload _ -> counted(0, 0, 1, 0, 1);
        case UnfinishedWork.Found.OfDelivery _ -> counted(0, 0, 0, 1, 1);
      };
    }

    private Report counted(
        int moreJobs, int moreBatches, int moreUploads, int moreDeliveries, int moreMessages) {
      return new Report(
          scanned,
          readUnits,
          jobs + moreJobs,
          batches + moreBatches,
          uploads + moreUploads,
          deliveries + moreDeliveries,
          messages + moreMessages);
    }
  }

  /** Finds what is unfinished and sends its messages. */
  public Report repair(Consumer<Report> progress) {
    return run(true, progress);
  }

  /** Finds what is unfinished and sends nothing. Reading costs the same. */
  public Report look(Consumer<Report> progress) {
    return run(false, progress);
  }

  private Report run(boolean send, Consumer<Report> progress) {
    Report report = Report.NOTHING;
    Optional<String> cursor = Optional.empty();
    do {
      UnfinishedWork.Part part = work.read(cursor);
      report = report.withPart(part);
      for (UnfinishedWork.Found found : part.found()) {
        if (send) {
          send(found, Duration.ofMillis(report.messages() * 1000 / MESSAGES_A_SECOND));
        }
        report = report.with(found);
      }
      progress.accept(report);
      cursor = part.next();
    } while (cursor.isPresent());
    return report;
  }

  private void send(UnfinishedWork.Found found, Duration turn) {
    Duration delay = turn.compareTo(Queues.MAX_DELAY) > 0 ? Queues.MAX_DELAY : turn;
    switch (found) {
      case UnfinishedWork.Found.OfJob job -> {
        queues.check(job.job(), job.checks(), delay);
        if (job.unpublished()) {
          queues.notification(new NotificationTask.Announce(job.job()), delay);
        }
      }
      case UnfinishedWork.Found.OfBatch batch ->
          queues.batch(new BatchTask.Check(batch.batch(), batch.checks()), delay);
      case UnfinishedWork.Found.OfUpload upload ->
          queues.download(List.of(new DownloadTask.Fetch(upload.upload(), 1)), delay);
      case UnfinishedWork.Found.OfDelivery delivery -> {
        Duration due = Duration.between(clock.instant(), delivery.dueAt());
        queues.notification(
            new NotificationTask.Deliver(
                delivery.notification(),
                delivery.endpoint(),
                delivery.attempts() + 1,
                delivery.dueAt()),
            due.compareTo(delay) > 0 ? due : delay);
      }
    }
  }
}
