package io.riffhook.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/** How a simulated provider answers a call. */
public sealed interface Reply {

  /** The HTTP status that is sent, or 0 when none is. */
  int status();

  /** A JSON answer. */
  record JsonReply(int status, JsonNode body) implements Reply {}

  /** An answer without a body. */
  record EmptyReply(int status) implements Reply {}

  /**
   * An answer of any type.
   *
   * @param headers besides those of its type and length
   * @param delivery how the body is sent
   */
  record MediaReply(
      int status, String contentType, Map<String, String> headers, Body content, Delivery delivery)
      implements Reply {
    public MediaReply {
      headers = Map.copyOf(headers);
    }
  }

  /** Another answer, after a while. */
  record LateReply(Duration delay, Reply reply) implements Reply {
    @Override
    public int status() {
      return reply.status();
    }
  }

  /** No answer: the connection is closed. */
  record DroppedReply() implements Reply {
    @Override
    public int status() {
      return 0;
    }
  }

  /** How a body is sent. */
  sealed interface Delivery {
    /** With its length announced. */
    record Whole() implements Delivery {}

    /** Without a length: chunked. */
    record Chunked() implements Delivery {}

    /** With its length announced, but the connection closed after so many bytes. */
    record Cut(long bytes) implements Delivery {}
  }

  static Reply json(int status, JsonNode body) {
    return new JsonReply(status, body);
  }
}
