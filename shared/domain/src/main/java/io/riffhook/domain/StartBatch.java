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

/**
 * Takes a batch: keeps its lines, writes it down, and hands out the first of them.
 *
 * <p>The first check message goes out before the batch is written, so that no batch is ever without
 * one; a check that finds no batch ends there.
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
      return repeated(known.get(), batch);
    }
    files.write(batch.inputKey(), input);
    queues.batch(new BatchTask.Check(id, batch.checks()), delays.batch(batch.checks()));
    if (!batches.insert(batch)) {
      return repeated(batches.find(id).orElseThrow(), batch);
    }
    return new Result.Started(run.advance(batch));
  }

  private static Result repeated(Batch known, Batch wanted) {
    boolean same =
        known.owner().equals(wanted.owner())
            && known.digest().equals(wanted.digest())
            && known.concurrency() == wanted.concurrency();
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
