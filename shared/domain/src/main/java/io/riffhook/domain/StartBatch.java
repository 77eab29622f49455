package io.riffhook.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Accepts a batch: stores its lines, writes the batch, and submits the first lines.
 *
 * <p>The first check message is sent before the batch is written, so every batch has one; a check
 * that finds no batch ends there. If a step after the write fails, the batch's checks continue it.
 */
public final class StartBatch {
  private final BatchStore batches;
  private final BatchFiles files;
  private final BatchDocuments documents;
  private final Providers providers;
  private final Sources sources;
  private final Queues queues;
  private final RunBatch run;
  private final Delays delays;
  private final InstantSource clock;

  public StartBatch(
      BatchStore batches,
      BatchFiles files,
      BatchDocuments documents,
      Providers providers,
      Sources sources,
      Queues queues,
      RunBatch run,
      Delays delays,
      InstantSource clock) {
    this.batches = batches;
    this.files = files;
    this.documents = documents;
    this.providers = providers;
    this.sources = sources;
    this.queues = queues;
    this.run = run;
    this.delays = delays;
    this.clock = clock;
  }

  /** What came of a batch. */
  public sealed interface Result {
    /** There is a batch. */
    record Started(Batch batch) implements Result {}

    /** The id is taken by another batch. */
    record Differs() implements Result {}
  }

  /** Lines as they are kept: those that no provider can do are bad. */
  public List<BatchEntry> check(Owner owner, List<BatchCandidate> candidates) {
    return candidates.stream().map(each -> check(owner, each)).toList();
  }

  private BatchEntry check(Owner owner, BatchCandidate candidate) {
    return switch (candidate) {
      case BatchCandidate.Bad bad -> new BatchEntry.Bad(bad.errors());
      case BatchCandidate.Good good -> {
        List<FieldError> errors = impossible(owner, good.request());
        yield errors.isEmpty() ? new BatchEntry.Order(good.json()) : new BatchEntry.Bad(errors);
      }
    };
  }

  private List<FieldError> impossible(Owner owner, JobRequest request) {
    Sources.Checked source = sources.check(owner, request.operation());
    if (!source.errors().isEmpty()) {
      return source.errors();
    }
    return switch (providers.choose(request, source.maker())) {
      case Providers.Choice.NoneCan none -> none.errors();
      case Providers.Choice.Able _ -> List.of();
    };
  }

  /**
   * Returns what a repeat of a batch comes to, even if today's settings would refuse its lines.
   *
   * @return empty if no batch has this id, or if a line is bad whatever the settings are
   */
  public Optional<Result> known(
      BatchId id, Owner owner, List<BatchCandidate> candidates, int concurrency) {
    List<BatchEntry> entries =
        candidates.stream()
            .flatMap(
                each ->
                    each instanceof BatchCandidate.Good good
                        ? Stream.<BatchEntry>of(new BatchEntry.Order(good.json()))
                        : Stream.empty())
            .toList();
    if (entries.size() < candidates.size()) {
      return Optional.empty();
    }
    return batches
        .find(id)
        .map(known -> repeated(known, owner, sha256(documents.input(entries)), concurrency));
  }

  /**
   * Starts a batch. A second one with the same id and lines is the same batch.
   *
   * @param file the name under which it was dropped into the inbox, where it was
   * @param concurrency how many of its jobs run at once at most, 1 to {@link Batch#MAX_CONCURRENCY}
   */
  public Result start(
      BatchId id, Owner owner, Optional<String> file, List<BatchEntry> entries, int concurrency) {
    byte[] input = documents.input(entries);
    Set<Integer> bad =
        IntStream.rangeClosed(1, entries.size())
            .filter(line -> entries.get(line - 1) instanceof BatchEntry.Bad)
            .boxed()
            .collect(Collectors.toSet());
    Batch batch =
        Batch.of(id, owner, file, sha256(input), entries.size(), concurrency, bad, clock.instant());
    Optional<Batch> known = batches.find(id);
    if (known.isPresent()) {
      return repeated(known.get(), owner, batch.digest(), concurrency);
    }
    files.write(batch.inputKey(), input);
    queues.batch(new BatchTask.Check(id, batch.checks()), delays.batch(batch.checks()));
    if (!batches.insert(batch)) {
      return repeated(batches.find(id).orElseThrow(), owner, batch.digest(), concurrency);
    }
    return new Result.Started(
        FollowUp.get("starting batch " + id, () -> run.advance(batch), batch));
  }

  private static Result repeated(Batch known, Owner owner, String digest, int concurrency) {
    boolean same =
        known.owner().equals(owner)
            && known.digest().equals(digest)
            && known.concurrency() == concurrency;
    return same ? new Result.Started(known) : new Result.Differs();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }
}
