package io.riffhook.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Many jobs of one owner, handed out a few at a time.
 *
 * @param file the name under which it was dropped into the inbox, where it was
 * @param digest the SHA-256 of its input, in lower-case hexadecimal
 * @param total how many lines it has, 1 to {@link #MAX_LINES}
 * @param concurrency how many of its jobs run at once at most, 1 to {@link #MAX_CONCURRENCY}
 * @param started the number of the last line that was handed out; 0 for none
 * @param ended the numbers of the lines that have ended, or can't be jobs
 * @param cancelled whether no more lines are to be handed out
 * @param outcome how it ended, once it has
 * @param told whether its end was handed on to whoever is told
 * @param checks the number of the latest check message that was sent
 * @param watched the number of the last line that a check has seen handed out
 */
public record Batch(
    BatchId id,
    Owner owner,
    Optional<String> file,
    String digest,
    int total,
    int concurrency,
    int started,
    Set<Integer> ended,
    boolean cancelled,
    Optional<Outcome> outcome,
    boolean told,
    int checks,
    int watched,
    Instant createdAt,
    Instant updatedAt) {
  /** How many lines a batch can have. */
  public static final int MAX_LINES = 1_000;

  /** How many jobs of a batch can run at once. */
  public static final int MAX_CONCURRENCY = 100;

  /** How many jobs of a batch run at once where nobody says. */
  public static final int CONCURRENCY = 10;

  /** How a batch ended: when, and how many lines in which way. */
  public record Outcome(Instant at, Map<String, Integer> counts) {
    public Outcome {
      counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }
  }

  public Batch {
    if (total < 1 || total > MAX_LINES) {
      throw new IllegalArgumentException("a batch has 1 to " + MAX_LINES + " lines, not " + total);
    }
    if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
      throw new IllegalArgumentException(
          "concurrency must be 1 to " + MAX_CONCURRENCY + ", is " + concurrency);
    }
    ended = Collections.unmodifiableSet(new TreeSet<>(ended));
  }

  /** A new batch. Its first check has been sent. */
  public static Batch of(
      BatchId id,
      Owner owner,
      Optional<String> file,
      String digest,
      int total,
      int concurrency,
      Set<Integer> bad,
      Instant now) {
    return new Batch(
        id,
        owner,
        file,
        digest,
        total,
        concurrency,
        0,
        bad,
        false,
        Optional.empty(),
        false,
        1,
        0,
        now,
        now);
  }

  /** The lines that were handed out and have not ended. */
  public List<BatchLine> running() {
    return lines(0, started);
  }

  /** The lines after one, up to another, that have not ended. */
  public List<BatchLine> lines(int after, int upTo) {
    return IntStream.rangeClosed(after + 1, upTo)
        .filter(line -> !ended.contains(line))
        .mapToObj(line -> new BatchLine(id, line))
        .toList();
  }

  /** The number of the last line that can be handed out now. */
  public int next() {
    if (cancelled) {
      return started;
    }
    int running = running().size();
    int upTo = started;
    while (upTo < total && (running < concurrency || ended.contains(upTo + 1))) {
      upTo++;
      if (!ended.contains(upTo)) {
        running++;
      }
    }
    return upTo;
  }

  /** Whether nothing of it is left to run. */
  public boolean isComplete() {
    return cancelled ? running().isEmpty() : ended.size() == total;
  }

  /** Where its lines lie in the bucket. The digest in it keeps another input from its place. */
  public String inputKey() {
    return folder() + "input-" + digest + ".jsonl";
  }

  /** Where its report lies in the bucket, once it has ended. */
  public String reportKey() {
    return file.map(name -> Drop.reportKey(owner, name)).orElseGet(() -> folder() + "result.jsonl");
  }

  private String folder() {
    return owner + "/batches/" + id + "/";
  }

  /** The batch after a change, or empty where its guard does not hold. */
  public Optional<Batch> after(BatchChange change, Instant now) {
    return switch (change) {
      case BatchChange.HandedOut more ->
          outcome.isEmpty() && !cancelled && started == more.known()
              ? Optional.of(with(more.upTo(), ended, false, outcome, told, checks, watched, now))
              : Optional.empty();
      case BatchChange.LinesEnded lines -> {
        Set<Integer> all = new TreeSet<>(ended);
        all.addAll(lines.lines());
        yield outcome.isEmpty()
            ? Optional.of(with(started, all, cancelled, outcome, told, checks, watched, now))
            : Optional.empty();
      }
      case BatchChange.Cancelled _ ->
          outcome.isEmpty()
              ? Optional.of(with(started, ended, true, outcome, told, checks, watched, now))
              : Optional.empty();
      case BatchChange.Finished finished ->
          outcome.isEmpty()
              ? Optional.of(
                  with(
                      started,
                      ended,
                      cancelled,
                      Optional.of(new Outcome(finished.at(), finished.counts())),
                      told,
                      checks,
                      watched,
                      now))
              : Optional.empty();
      case BatchChange.Told _ ->
          outcome.isPresent()
              ? Optional.of(
                  with(started, ended, cancelled, outcome, true, checks, watched, updatedAt))
              : Optional.empty();
      case BatchChange.CheckSent sent ->
          checks < sent.number()
              ? Optional.of(
                  with(
                      started,
                      ended,
                      cancelled,
                      outcome,
                      told,
                      sent.number(),
                      sent.watched(),
                      updatedAt))
              : Optional.empty();
    };
  }

  private Batch with(
      int nextStarted,
      Set<Integer> nextEnded,
      boolean nextCancelled,
      Optional<Outcome> nextOutcome,
      boolean nextTold,
      int nextChecks,
      int nextWatched,
      Instant now) {
    return new Batch(
        id,
        owner,
        file,
        digest,
        total,
        concurrency,
        nextStarted,
        nextEnded,
        nextCancelled,
        nextOutcome,
        nextTold,
        nextChecks,
        nextWatched,
        createdAt,
        now);
  }
}
