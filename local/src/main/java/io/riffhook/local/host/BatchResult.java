package io.riffhook.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/** Which messages of a batch are done, by Lambda's rules for partial batch responses. */
final class BatchResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BatchResult() {}

  /**
   * @param reportsItemFailures whether the event source reads the function's answer at all
   */
  static List<Message> done(List<Message> batch, Outcome outcome, boolean reportsItemFailures) {
    if (!(outcome instanceof Outcome.Answered(byte[] payload))) {
      return List.of();
    }
    return reportsItemFailures ? withoutFailures(batch, payload) : batch;
  }

  private static List<Message> withoutFailures(List<Message> batch, byte[] payload) {
    Set<String> failed = new HashSet<>();
    try {
      JsonNode failures = JSON.readTree(payload).path("batchItemFailures");
      failures.forEach(failure -> failed.add(failure.path("itemIdentifier").asText("")));
    } catch (IOException e) {
      return payload.length == 0 ? batch : List.of(); // an answer that is no JSON fails them all
    }
    Set<String> known = new HashSet<>(batch.stream().map(Message::messageId).toList());
    if (!known.containsAll(failed)) {
      return List.of(); // so does an identifier that is not of this batch
    }
    return batch.stream().filter(message -> !failed.contains(message.messageId())).toList();
  }
}
