package io.riffhook.simulator.http;

import io.riffhook.simulator.http.Reply.Delivery;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
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
        send(json.status(), "application/json; charset=utf-8", Body.of(text), Delivery.WHOLE);
      }
      case Reply.MediaReply media ->
          send(media.status(), media.contentType(), media.content(), media.delivery());
      case Reply.LateReply late -> {
        Thread.sleep(late.delay());
        write(late.reply());
      }
      case Reply.DroppedReply() -> drop("dropped on purpose");
    }
  }

  private void send(int status, String contentType, Body content, Delivery delivery)
      throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    if (delivery != Delivery.CHUNKED) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length());
    }
    OutputStream out = Content.Sink.asOutputStream(response);
    if (delivery == Delivery.CUT) {
      cut(content, out);
      return;
    }
    content.writer().writeTo(out);
    out.close();
    callback.succeeded();
  }

  private void cut(Body content, OutputStream out) throws IOException {
    try {
      content.writer().writeTo(new Half(out, content.length() / 2));
    } catch (HalfWritten e) {
      out.flush();
      drop("cut on purpose");
    }
  }

  private void drop(String why) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new IOException(why));
  }

  /** Lets so many bytes through and then stops the writer. */
  private static final class Half extends FilterOutputStream {
    private long left;

    Half(OutputStream out, long left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      int allowed = (int) Math.min(left, count);
      out.write(bytes, from, allowed);
      left -= allowed;
      if (allowed < count) {
        throw new HalfWritten();
      }
    }
  }

  /** Half of the body is sent. */
  private static final class HalfWritten extends IOException {
    HalfWritten() {
      super("half of the body is sent");
    }
  }
}
