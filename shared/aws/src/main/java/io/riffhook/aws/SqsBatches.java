package io.riffhook.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends many messages in as few requests as SQS allows. */
record SqsBatches(SqsClient client, Backoff backoff) {
  /** The most messages of one batch. */
  static final int MAX_ENTRIES = 10;

  /** The most bytes of one batch, all bodies together. */
  static final int MAX_BYTES = 1024 * 1024;

  /**
   * Sends all bodies.
   *
   * @throws IncompleteBatchException where SQS keeps refusing some
   */
  void send(String queueUrl, List<String> bodies, int delaySeconds) {
    List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
    long bytes = 0;
    for (String body : bodies) {
      int size = body.getBytes(StandardCharsets.UTF_8).length;
      if (!batch.isEmpty() && (batch.size() == MAX_ENTRIES || bytes + size > MAX_BYTES)) {
        sendBatch(queueUrl, batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(batch.size()))
              .messageBody(body)
              .delaySeconds(delaySeconds)
              .build());
      bytes += size;
    }
    if (!batch.isEmpty()) {
      sendBatch(queueUrl, batch);
    }
  }

  private void sendBatch(String queueUrl, List<SendMessageBatchRequestEntry> batch) {
    List<SendMessageBatchRequestEntry> left = batch;
    Set<String> codes = Set.of();
    for (int attempt = 0; attempt < Backoff.ATTEMPTS; attempt++) {
      List<SendMessageBatchRequestEntry> entries = left;
      // Not hasFailed(): some servers answer with an empty list, which counts as having one.
      List<BatchResultErrorEntry> failed =
          client.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)).failed();
      if (failed.isEmpty()) {
        return;
      }
      Set<String> ids = failed.stream().map(BatchResultErrorEntry::id).collect(Collectors.toSet());
      codes = failed.stream().map(BatchResultErrorEntry::code).collect(Collectors.toSet());
      left = left.stream().filter(entry -> ids.contains(entry.id())).toList();
      if (failed.stream().anyMatch(BatchResultErrorEntry::senderFault)) {
        break;
      }
      backoff.after(attempt);
    }
    throw new IncompleteBatchException(
        "SQS did not take " + left.size() + " messages for " + queueUrl + ": " + codes);
  }
}
