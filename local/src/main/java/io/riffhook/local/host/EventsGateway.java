package io.riffhook.local.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.bus.PutEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * EventBridge's own protocol (AWS JSON 1.1), as far as PutEvents goes. Signatures are not looked
 * at: who may be called from here may be, and nobody else.
 */
final class EventsGateway extends Handler.Abstract {
  private static final String CALL = "AWSEvents.PutEvents";

  /** More than ten entries can hold, with room for their escapes. */
  private static final int LARGEST_BODY = 2 * 1024 * 1024;

  private final PutEvents puts;

  EventsGateway(PutEvents puts) {
    this.puts = puts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    Answer answer = answer(request);
    response.setStatus(answer.status());
    response.getHeaders().put("content-type", "application/x-amz-json-1.1");
    response.getHeaders().put("x-amzn-requestid", UUID.randomUUID().toString());
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private record Answer(int status, ObjectNode body) {
    static Answer refusal(int status, String type, String message) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      return new Answer(status, body.put("__type", type).put("message", message));
    }
  }

  private Answer answer(Request request) throws IOException {
    if (!Origin.isHere(request)) {
      return Answer.refusal(403, "AccessDeniedException", "only this machine may put events");
    }
    if (!request.getMethod().equals("POST")
        || !CALL.equals(request.getHeaders().get("x-amz-target"))) {
      return Answer.refusal(400, "UnknownOperationException", "only PutEvents is known here");
    }
    byte[] body;
    try (InputStream content = Content.Source.asInputStream(request)) {
      body = content.readNBytes(LARGEST_BODY + 1);
    }
    if (body.length > LARGEST_BODY) {
      return Answer.refusal(
          413, "RequestEntityTooLargeException", "the request has more than 2 MiB");
    }
    return switch (puts.answer(body)) {
      case PutEvents.Answer.Done(ObjectNode done) -> new Answer(200, done);
      case PutEvents.Answer.Refused(String type, String message) ->
          Answer.refusal(400, type, message);
    };
  }
}
