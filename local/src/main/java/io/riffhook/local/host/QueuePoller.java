package io.riffhook.local.host;

import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.aws.ProvisionedQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Consumes one queue for one function or pipe. One thread receives, as soon as there may be another
 * batch in work, and as much as may be; each batch has a thread of its own.
 *
 * <p>Unlike Lambda, it keeps a batch hidden for as long as work on it goes on. So the visibility
 * timeout may be shorter than the function's timeout, and after a crash or a failure a message is
 * back in reasonable time.
 */
final class QueuePoller {
  private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);
  private static final int LARGEST_RECEIVE = 10;
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration STOPPING_PATIENCE = Duration.ofSeconds(1);

  private final SqsClient sqs;
  private final ProvisionedQueue queue;
  private final int batchSize;
  private final Consumer consumer;
  private final Duration longPoll;
  private final Semaphore slots;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService batches = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread receiver;

  /** Works on a batch. */
  @FunctionalInterface
  interface Consumer {
    /**
     * Starts the work.
     *
     * @return the messages that are done with, once they are; the others come again. It never fails
     */
    CompletableFuture<List<Message>> take(List<Message> messages, ProvisionedQueue queue);
  }

  /**
   * @param queue the queue's name in the template
   * @param concurrency how many batches are in work at a time
   */
  QueuePoller(AwsServices aws, String queue, int batchSize, int concurrency, Consumer consumer) {
    this.sqs = aws.sqs();
    this.queue = aws.queue(queue);
    this.longPoll = aws.longPoll();
    this.batchSize = batchSize;
    this.consumer = consumer;
    this.slots = new Semaphore(concurrency);
    this.receiver = Thread.ofVirtual().name("poll-" + queue).unstarted(this::poll);
  }

  void start() {
    receiver.start();
  }

  private void poll() {
    try {
      while (stopped.getCount() > 0) {
        int batchesWanted = awaitSlots();
        List<Message> messages = receive(Math.min(batchesWanted * batchSize, LARGEST_RECEIVE));
        int batchesFound = Math.ceilDiv(messages.size(), batchSize);
        slots.release(batchesWanted - batchesFound);
        for (int from = 0; from < messages.size(); from += batchSize) {
          List<Message> batch = messages.subList(from, Math.min(from + batchSize, messages.size()));
          batches.execute(() -> process(batch));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /**
   * Takes the slots for as many batches as one receive can fill, at least one: a receive for each
   * message would cost more than much of the work.
   */
  private int awaitSlots() throws InterruptedException {
    slots.acquire();
    int taken = 1;
    while (taken * batchSize < LARGEST_RECEIVE && slots.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  private List<Message> receive(int most) throws InterruptedException {
    try {
      return sqs.receiveMessage(
              request ->
                  request
                      .queueUrl(queue.url())
                      .maxNumberOfMessages(most)
                      .waitTimeSeconds((int) longPoll.toSeconds())
                      .messageAttributeNames("All")
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
          .messages();
    } catch (SdkException e) {
      if (!stopped.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("cannot receive from {}: {}", queue.name(), e.getMessage());
      }
      return List.of();
    }
  }

  private void process(List<Message> messages) {
    try {
      delete(await(consumer.take(messages, queue), messages));
    } catch (SdkException e) {
      LOG.warn("{}: messages will come again: {}", queue.name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed; the messages will come again
    } finally {
      slots.release();
    }
  }

  private List<Message> await(CompletableFuture<List<Message>> work, List<Message> messages)
      throws InterruptedException {
    long interval = Math.max(1, queue.visibilityTimeout().toMillis() / 3);
    while (true) {
      try {
        return work.get(interval, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        keepHidden(messages);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a consumer's future never fails", e);
      }
    }
  }

  private void keepHidden(List<Message> messages) {
    int seconds = (int) queue.visibilityTimeout().toSeconds();
    sqs.changeMessageVisibilityBatch(
        request ->
            request
                .queueUrl(queue.url())
                .entries(
                    messages.stream()
                        .map(
                            message ->
                                ChangeMessageVisibilityBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .visibilityTimeout(seconds)
                                    .build())
                        .toList()));
  }

  private void delete(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    sqs.deleteMessageBatch(
        request ->
            request
                .queueUrl(queue.url())
                .entries(
                    messages.stream()
                        .map(
                            message ->
                                DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                        .toList()));
  }

  /** Starts no further receive. */
  void stop() {
    stopped.countDown();
  }

  /**
   * Waits until nothing is received any more; what was received is still worked on. A receive that
   * is cut off may have taken messages with it: they come again when they are no longer hidden, so
   * it gets some time to end by itself.
   */
  void awaitStopped() throws InterruptedException {
    if (!receiver.join(longPoll.plus(STOPPING_PATIENCE))) {
      receiver.interrupt();
      receiver.join();
    }
  }

  /**
   * Waits for the batches in work; those that take longer come again when they are no longer
   * hidden.
   */
  void finish(Duration patience) throws InterruptedException {
    batches.shutdown();
    if (!batches.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      batches.shutdownNow();
    }
  }
}
