package io.riffhook.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through a batch of SQS messages, one after the other, and reports those that failed; the
 * others are done with, whatever became of their neighbours.
 *
 * <p>What can never succeed must not be thrown: a thrown exception means "try this message again".
 */
public final class SqsFunction {
  private static final Logger LOG = LoggerFactory.getLogger(SqsFunction.class);

  private SqsFunction() {}

  /** One message. */
  public record Message(String id, String receiptHandle, String body, int receiveCount) {
    private static Message of(JsonNode record) {
      return new Message(
          record.path("messageId").asText(),
          record.path("receiptHandle").asText(),
          record.path("body").asText(),
          record.path("attributes").path("ApproximateReceiveCount").asInt(1));
    }
  }

  /** Does what a message asks for. */
  @FunctionalInterface
  public interface Worker {
    void work(Message message);
  }

  /** Has a failed message come back sooner than the queue's visibility time-out, which is long. */
  @FunctionalInterface
  public interface Redelivery {
    void soon(Message message);
  }

  /** Reads the event, works through it, and writes which messages failed. */
  public static void run(
      InputStream in, OutputStream out, Context context, Worker worker, Redelivery redelivery)
      throws IOException {
    run(Json.read(in), out, context, worker, redelivery);
  }

  static void run(
      JsonNode event, OutputStream out, Context context, Worker worker, Redelivery redelivery)
      throws IOException {
    out.write(Telemetry.around(context, () -> Json.bytes(work(event, worker, redelivery))));
  }

  private static ObjectNode work(JsonNode event, Worker worker, Redelivery redelivery) {
    ObjectNode answer = Json.object();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (JsonNode record : event.path("Records")) {
      Message message = Message.of(record);
      try {
        worker.work(message);
      } catch (RuntimeException e) {
        LOG.error("message {} failed, receive {}", message.id(), message.receiveCount(), e);
        Telemetry.count("MessageFailed");
        failures.addObject().put("itemIdentifier", message.id());
        hasten(message, redelivery);
      } finally {
        Telemetry.aboutNothing();
      }
    }
    return answer;
  }

  private static void hasten(Message message, Redelivery redelivery) {
    try {
      redelivery.soon(message);
    } catch (RuntimeException e) {
      LOG.warn("message {} comes back only after its visibility time-out", message.id(), e);
    }
  }
}
