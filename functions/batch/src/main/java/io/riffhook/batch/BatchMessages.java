package io.riffhook.batch;

import io.riffhook.aws.MalformedMessageException;
import io.riffhook.aws.Messages;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.Drop;
import io.riffhook.domain.RunBatch;
import io.riffhook.domain.TakeDrop;
import io.riffhook.lambda.DropEvent;
import io.riffhook.lambda.SqsFunction;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The batch queue, and the queue of what S3 tells of the inbox. */
final class BatchMessages {
  private static final Logger LOG = LoggerFactory.getLogger(BatchMessages.class);

  private final RunBatch run;
  private final TakeDrop drops;

  BatchMessages(RunBatch run, TakeDrop drops) {
    this.run = run;
    this.drops = drops;
  }

  void take(SqsFunction.Message message) {
    Optional<List<Drop>> dropped = DropEvent.read(message.body());
    if (dropped.isPresent()) {
      dropped.get().forEach(drop -> drops.take(drop, BatchIds.of(drop)));
      return;
    }
    try {
      BatchTask task = Messages.batch(message.body());
      LOG.info("batch {}", task.batch());
      run.run(task);
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException("neither a message about a batch nor one of S3's", e);
    }
  }
}
