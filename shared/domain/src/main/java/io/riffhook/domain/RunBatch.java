package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a batch on: hands out lines while there is room, and reports when all have ended.
 *
 * <p>Lines are claimed before they are submitted, so no two messages hand out one line and there
 * are never more jobs than there may be. What is claimed and not submitted, a check submits. Every
 * batch whose end was not told has a check message; it comes back with growing delay, as jobs' do,
 * and takes up whatever was left half done.
 */
public final class RunBatch {
  /** Longer than any function that writes a batch may take. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(RunBatch.class);

  private final BatchStore batches;
  private final BatchFiles files;
  private final BatchDocuments documents;
  private final JobStore jobs;
  private final SongStore songs;
  private final Queues queues;
  private final Delays delays;
  private final InstantSource clock;

  public RunBatch(
      BatchStore batches,
      BatchFiles files,
      BatchDocuments documents,
      JobStore jobs,
      SongStore songs,
      Queues queues,
      Delays delays,
      InstantSource clock) {
    this.batches = batches;
    this.files = files;
    this.documents = documents;
    this.jobs = jobs;
    this.songs = songs;
    this.queues = queues;
    this.delays = delays;
    this.clock = clock;
  }

  /** Does what there is to do for a batch. */
  public void run(BatchTask task) {
    Optional<Batch> found = batches.find(task.batch());
    switch (task) {
      case BatchTask.Ended ended -> found.ifPresent(batch -> ended(batch, ended.line()));
      case BatchTask.Refused refused ->
          found.ifPresent(batch -> refused(batch, refused.line(), refused.reason()));
      case BatchTask.Check check ->
          found.ifPresentOrElse(batch -> check(batch, check.number()), () -> lookOnceMore(check));
    }
  }

  private void ended(Batch batch, BatchLine line) {
    if (line.number() > batch.started()) {
      LOG.warn("line {} was not handed out", line.number());
      return;
    }
    advance(end(batch, Set.of(line.number())));
  }

  private void refused(Batch batch, BatchLine line, Reason reason) {
    if (line.number() > batch.started()) {
      LOG.warn("line {} was not handed out", line.number());
      return;
    }
    batches.refuse(line, reason);
    advance(end(batch, Set.of(line.number())));
  }

  private static boolean isOf(Job job, BatchLine line) {
    return job.request().batch().equals(Optional.of(line));
  }

  private Batch end(Batch batch, Set<Integer> lines) {
    if (batch.ended().containsAll(lines)) {
      return batch;
    }
    return batches
        .apply(batch.id(), new BatchChange.LinesEnded(lines), clock.instant())
        .orElseGet(() -> latest(batch));
  }

  private Batch latest(Batch batch) {
    return batches.find(batch.id()).orElseThrow();
  }

  /** Stops submitting lines of a batch; empty if the batch has ended. */
  public Optional<Batch> cancel(BatchId id) {
    return batches
        .apply(id, new BatchChange.Cancelled(), clock.instant())
        .map(cancelled -> FollowUp.get("ending batch " + id, () -> advance(cancelled), cancelled));
  }

  /** Takes the next step of a batch, if there is one; the batch after it. */
  Batch advance(Batch batch) {
    Batch current = batch;
    while (true) {
      if (current.outcome().isPresent()) {
        return tell(current);
      }
      if (current.isComplete()) {
        return finish(current);
      }
      int upTo = current.next();
      if (upTo == current.started()) {
        return current;
      }
      Optional<Batch> claimed =
          batches.apply(
              current.id(), new BatchChange.HandedOut(current.started(), upTo), clock.instant());
      if (claimed.isPresent()) {
        submit(claimed.get(), claimed.get().lines(current.started(), upTo));
        return claimed.get();
      }
      // Somebody else was faster: with each round a line is handed out, or has ended.
      current = latest(current);
    }
  }

  private void submit(Batch batch, List<BatchLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    List<BatchEntry> entries = entries(batch);
    List<BatchOrder> orders = new ArrayList<>();
    for (BatchLine line : lines) {
      switch (entries.get(line.number() - 1)) {
        case BatchEntry.Order order ->
            orders.add(new BatchOrder(line, batch.owner(), order.json()));
        case BatchEntry.Bad _ ->
            throw new IllegalStateException("a line that can't be a job has not ended");
      }
    }
    queues.orders(orders);
  }

  private List<BatchEntry> entries(Batch batch) {
    return documents.entries(files.read(batch.inputKey()));
  }

  /** The report is there before the batch is said to have ended; written twice, it is the same. */
  private Batch finish(Batch batch) {
    List<BatchResult> results = results(batch);
    files.write(batch.reportKey(), documents.report(results));
    Map<String, Integer> counts = new TreeMap<>();
    results.forEach(each -> counts.merge(each.status(), 1, Integer::sum));
    Instant now = clock.instant();
    LOG.info("the batch has ended: {}", counts);
    return tell(
        batches
            .apply(batch.id(), new BatchChange.Finished(now, counts), now)
            .orElseGet(() -> latest(batch)));
  }

  private Batch tell(Batch batch) {
    if (batch.told()) {
      return batch;
    }
    Instant at = batch.outcome().orElseThrow().at();
    queues.notification(
        new NotificationTask.Tell(
            new Notification(
                "evt_" + batch.id() + "_ended",
                EventType.BATCH_ENDED,
                at,
                0,
                batch.owner(),
                new Notification.Subject.Data(documents.batch(batch)))),
        Duration.ZERO);
    return batches
        .apply(batch.id(), new BatchChange.Told(), clock.instant())
        .orElseGet(() -> latest(batch));
  }

  private List<BatchResult> results(Batch batch) {
    List<BatchEntry> entries = entries(batch);
    List<BatchLine> lines = new ArrayList<>();
    for (int number = 1; number <= batch.total(); number++) {
      lines.add(new BatchLine(batch.id(), number));
    }
    Map<BatchLine, Job> found = jobsOf(lines.subList(0, batch.started()));
    Map<SongId, Song> made =
        songs
            .findAll(found.values().stream().flatMap(job -> job.songs().stream()).toList())
            .stream()
            .collect(Collectors.toMap(Song::id, Function.identity()));
    Map<Integer, Reason> refusals = batches.refusals(batch.id());
    return lines.stream()
        .map(
            line ->
                Optional.ofNullable(found.get(line))
                    .<BatchResult>map(job -> new BatchResult.OfJob(line, view(job, made)))
                    .orElseGet(
                        () ->
                            withoutJob(
                                line,
                                entries.get(line.number() - 1),
                                Optional.ofNullable(refusals.get(line.number())))))
        .toList();
  }

  private static ReadJobs.View view(Job job, Map<SongId, Song> made) {
    return new ReadJobs.View(
        job,
        job.songs().stream().flatMap(id -> Optional.ofNullable(made.get(id)).stream()).toList());
  }

  private static BatchResult withoutJob(
      BatchLine line, BatchEntry entry, Optional<Reason> refusal) {
    return switch (entry) {
      case BatchEntry.Bad bad ->
          new BatchResult.Refused(line, Reasons.badLine(bad.errors()), bad.errors());
      case BatchEntry.Order _ ->
          refusal
              .<BatchResult>map(reason -> new BatchResult.Refused(line, reason, List.of()))
              .orElseGet(() -> new BatchResult.NotStarted(line));
    };
  }

  private Map<BatchLine, Job> jobsOf(List<BatchLine> lines) {
    Map<JobId, Job> byId =
        jobs.findAll(lines.stream().map(BatchLine::job).toList()).stream()
            .collect(Collectors.toMap(Job::id, Function.identity()));
    return lines.stream()
        .filter(
            line ->
                Optional.ofNullable(byId.get(line.job())).filter(j -> isOf(j, line)).isPresent())
        .collect(
            Collectors.toMap(
                Function.identity(),
                line -> Optional.ofNullable(byId.get(line.job())).orElseThrow()));
  }

  private void check(Batch batch, int number) {
    if (batch.told() || number < batch.checks()) {
      return;
    }
    Batch after = repair(batch);
    if (!after.told()) {
      queues.batch(new BatchTask.Check(batch.id(), number + 1), delays.batch(number + 1));
      batches.apply(
          batch.id(), new BatchChange.CheckSent(number + 1, after.started()), clock.instant());
    }
  }

  private Batch repair(Batch batch) {
    List<BatchLine> running = batch.running();
    Map<BatchLine, Job> known = jobsOf(running);
    List<BatchLine> missing = running.stream().filter(line -> !known.containsKey(line)).toList();
    Map<Integer, Reason> refusals = missing.isEmpty() ? Map.of() : batches.refusals(batch.id());
    Set<Integer> over = new TreeSet<>();
    known.forEach(
        (line, job) -> {
          if (job.status().isTerminal()) {
            over.add(line.number());
          }
        });
    missing.stream().map(BatchLine::number).filter(refusals::containsKey).forEach(over::add);
    // What is waited for may still lie in the queue: only what a check has seen before is overdue.
    List<BatchLine> lost =
        missing.stream()
            .filter(line -> line.number() <= batch.watched() && !over.contains(line.number()))
            .toList();
    if (!lost.isEmpty()) {
      LOG.info("{} lines have no job yet: submitting them again", lost.size());
      submit(batch, lost);
    }
    return advance(over.isEmpty() ? batch : end(batch, over));
  }

  /** Whoever sent this message was about to write the batch, and may be slow. */
  private void lookOnceMore(BatchTask.Check check) {
    if (check.number() == 1) {
      LOG.info("nothing to check yet");
      queues.batch(new BatchTask.Check(check.batch(), 2), WRITING);
    } else {
      LOG.info("no such batch: it was never written");
    }
  }
}
