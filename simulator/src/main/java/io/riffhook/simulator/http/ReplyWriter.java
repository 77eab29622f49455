package io.riffhook.simulator.http;

import io.riffhook.simulator.http.Reply.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends one reply. */
record ReplyWriter(Request request, Response response, Callback callback) {

  void write(Reply reply) throws IOException, InterruptedException {
    switch (reply) {
      case Reply.EmptyReply(int status) -> {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        callback.succeeded();
      }
      case Reply.JsonReply json -> {
        byte[] text = Json.text(json.body()).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        send(json.status(), Body.of(text), new Delivery.Whole());
      }
      case Reply.MediaReply media -> {
        media.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, media.contentType());
        send(media.status(), media.content(), media.delivery());
      }
      case Reply.LateReply late -> {
        Thread.sleep(late.delay());
        write(late.reply());
      }
      case Reply.DroppedReply() -> drop("dropped on purpose");
    }
  }

  private void send(int status, Body content, Delivery delivery) throws IOException {
    response.setStatus(status);
    if (!(delivery instanceof Delivery.Chunked)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length());
    }
    if (HttpMethod.HEAD.is(request.getMethod())) {
      callback.succeeded();
      return;
    }
    OutputStream out = Content.Sink.asOutputStream(response);
    if (delivery instanceof Delivery.Cut(long bytes) && bytes < content.length()) {
      content.part(0, bytes).writer().writeTo(out);
      out.flush();
      drop("cut on purpose");
      return;
    }
    content.writer().writeTo(out);
    out.close();
    callback.succeeded();
  }

  private void drop(String why) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new IOException(why));
  }
}
