package io.riffhook.domain;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a batch of a file that somebody dropped into the inbox. */
public final class TakeDrop {
  private static final Logger LOG = LoggerFactory.getLogger(TakeDrop.class);

  private final BatchFiles files;
  private final BatchDocuments documents;
  private final StartBatch start;
  private final Reader reader;

  /** Reads the lines of a dropped file. */
  @FunctionalInterface
  public interface Reader {
    /**
     * The jobs that it asks for.
     *
     * @param many whether each line is one, rather than the whole
     */
    List<BatchCandidate> read(byte[] file, boolean many);
  }

  public TakeDrop(BatchFiles files, BatchDocuments documents, StartBatch start, Reader reader) {
    this.files = files;
    this.documents = documents;
    this.start = start;
    this.reader = reader;
  }

  /**
   * Starts the batch. The same content under the same name is one batch, however often it is told
   * of or dropped.
   *
   * @param id made of the drop's key and content
   * @throws BadDropException where nobody could be told what is wrong with it
   */
  public void take(Drop drop, BatchId id) {
    switch (drop.address()) {
      case Drop.Address.Unknown unknown -> throw new BadDropException(unknown.why());
      case Drop.Address.Known known -> take(drop, known, id);
    }
  }

  private void take(Drop drop, Drop.Address.Known address, BatchId id) {
    if (drop.bytes() > Drop.MAX_BYTES) {
      refuse(
          address,
          Reasons.badFile(
              "it has " + drop.bytes() + " bytes, and may have at most " + Drop.MAX_BYTES));
      return;
    }
    Optional<byte[]> content = files.read(drop);
    if (content.isEmpty()) {
      LOG.info("the dropped file is gone, or another has taken its place");
      return;
    }
    List<BatchCandidate> candidates = reader.read(content.get(), address.many());
    if (candidates.isEmpty() || candidates.size() > Batch.MAX_LINES) {
      refuse(
          address,
          Reasons.badFile(
              candidates.isEmpty()
                  ? "it holds no job"
                  : "it has more than " + Batch.MAX_LINES + " lines"));
      return;
    }
    List<BatchEntry> entries = start.check(address.owner(), candidates);
    StartBatch.Result result =
        start.start(id, address.owner(), Optional.of(address.name()), entries, Batch.CONCURRENCY);
    if (result instanceof StartBatch.Result.Differs) {
      // Its lines are the same, so it is what providers can do that has changed since.
      LOG.info("the dropped file is a batch already");
    }
  }

  private void refuse(Drop.Address.Known address, Reason reason) {
    files.write(
        Drop.reportKey(address.owner(), address.name()),
        documents.report(List.of(new BatchResult.BadFile(reason))));
  }

  /** A file that nobody is known for; its message ends in the dead-letter queue. */
  public static final class BadDropException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadDropException(String why) {
      super("the dropped file belongs to nobody: " + why);
    }
  }
}
