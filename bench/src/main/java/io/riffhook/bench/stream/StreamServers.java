package io.riffhook.bench.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A provider's file server and an S3 that keeps nothing, both over TLS, as a process of their own:
 * as cheap as servers can be, for they share one core.
 *
 * <p>{@code GET /file/BYTES} is a WAV file of that size. {@code PUT} takes objects and parts,
 * {@code POST} begins and completes multipart uploads; what is put is counted and dropped. {@code
 * GET /counted} tells how many bytes and objects came since the last time.
 */
final class StreamServers {
  private static final int BUFFER = 256 * 1024;
  private static final int HEAD = 64 * 1024;

  private final SSLContext tls;
  private final long delayMillis;
  private final byte[] music = new byte[BUFFER];
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger objects = new AtomicInteger();
  private final AtomicInteger uploads = new AtomicInteger();

  private StreamServers(SSLContext tls, long delayMillis) {
    this.tls = tls;
    this.delayMillis = delayMillis;
    new Random(1).nextBytes(music);
  }

  /**
   * Serves until its input ends; the first line of its output is the port.
   *
   * @param args the key store, its password, and how many milliseconds the answer to a put takes
   */
  public static void main(String[] args) throws Exception {
    KeyStore keys = KeyStore.getInstance(Path.of(args[0]).toFile(), args[1].toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, args[1].toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    StreamServers servers = new StreamServers(tls, Long.parseLong(args[2]));
    ServerSocketChannel listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
    Thread.ofPlatform().daemon().start(() -> servers.accept(listener));
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
  }

  private void accept(ServerSocketChannel listener) {
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(channel));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel channel) {
    SSLEngine engine = tls.createSSLEngine();
    engine.setUseClientMode(false);
    try (TlsServerChannel connection = new TlsServerChannel(channel, engine)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Conversation conversation = new Conversation(connection);
      while (conversation.next()) {
        conversation.answer();
      }
    } catch (IOException e) {
      // A client that hangs up is none of the servers' faults.
      if (Boolean.getBoolean("riffhook.bench.debug")) {
        e.printStackTrace();
      }
    }
  }

  /** One connection's requests, one after the other. */
  private final class Conversation {
    private final TlsServerChannel connection;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private String method = "";
    private String target = "";
    private Map<String, String> headers = Map.of();

    private Conversation(TlsServerChannel connection) {
      this.connection = connection;
      buffer.limit(0);
    }

    /** Reads the head of a request. */
    private boolean next() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      int matched = 0;
      while (matched < 4) {
        if (!buffer.hasRemaining() && !more()) {
          return false;
        }
        byte b = buffer.get();
        head.write(b);
        int wanted = matched % 2 == 0 ? '\r' : '\n';
        matched = b == wanted ? matched + 1 : b == '\r' ? 1 : 0;
        if (head.size() > HEAD) {
          throw new IOException("the head of a request is too long");
        }
      }
      String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
      String[] request = lines[0].split(" ", -1);
      method = request[0];
      target = request[1];
      headers = new TreeMap<>();
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        if (colon > 0) {
          headers.put(
              lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
              lines[i].substring(colon + 1).strip());
        }
      }
      return true;
    }

    private boolean more() throws IOException {
      buffer.clear();
      int count = connection.read(buffer);
      buffer.flip();
      return count > 0;
    }

    private void answer() throws IOException {
      if (method.equals("GET") && target.startsWith("/file/")) {
        file(Long.parseLong(target.substring("/file/".length())));
      } else if (method.equals("GET") && target.equals("/counted")) {
        reply(200, "", bytes.getAndSet(0) + " " + objects.getAndSet(0));
      } else {
        long length = take();
        switch (method) {
          case "PUT" -> put(length);
          case "POST" -> post();
          case "DELETE" -> reply(204, "", "");
          default -> reply(404, "", "");
        }
      }
    }

    private void file(long size) throws IOException {
      write(
          "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nETag: \"1\"\r\nContent-Length: %d\r\n\r\n"
              .formatted(size));
      byte[] wav = "RIFF....WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1);
      connection.write(ByteBuffer.wrap(wav));
      for (long left = size - wav.length; left > 0; left -= BUFFER) {
        connection.write(ByteBuffer.wrap(music, 0, (int) Math.min(left, BUFFER)));
      }
    }

    /** Reads the body, and tells how long what it holds is. */
    private long take() throws IOException {
      if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
        write("HTTP/1.1 100 Continue\r\n\r\n");
      }
      if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
        long sent = chunks();
        return Long.parseLong(
            headers.getOrDefault("x-amz-decoded-content-length", Long.toString(sent)));
      }
      long length = Long.parseLong(headers.getOrDefault("content-length", "0"));
      CRC32 crc = new CRC32();
      for (long left = length; left > 0; ) {
        if (!buffer.hasRemaining() && !more()) {
          throw new IOException("cut");
        }
        int count = (int) Math.min(left, buffer.remaining());
        crc.update(buffer.array(), buffer.position(), count);
        buffer.position(buffer.position() + count);
        left -= count;
      }
      String announced = headers.getOrDefault("x-amz-checksum-crc32", "");
      if (!announced.isEmpty() && !announced.equals(base64(crc))) {
        throw new IOException("the checksum of " + target + " is wrong");
      }
      return Long.parseLong(
          headers.getOrDefault("x-amz-decoded-content-length", Long.toString(length)));
    }

    private static String base64(CRC32 crc) {
      return java.util.Base64.getEncoder()
          .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private long chunks() throws IOException {
      long total = 0;
      while (true) {
        StringBuilder size = new StringBuilder();
        for (int b = one(); b != '\n'; b = one()) {
          if (b != '\r') {
            size.append((char) b);
          }
        }
        int left = Integer.parseInt(size.toString().split(";", -1)[0], 16);
        boolean last = left == 0;
        total += left;
        for (left += 2; left > 0; ) {
          if (!buffer.hasRemaining() && !more()) {
            throw new IOException("cut");
          }
          int count = Math.min(left, buffer.remaining());
          buffer.position(buffer.position() + count);
          left -= count;
        }
        if (last) {
          return total;
        }
      }
    }

    private int one() throws IOException {
      if (!buffer.hasRemaining() && !more()) {
        throw new IOException("cut");
      }
      return buffer.get();
    }

    private void put(long length) throws IOException {
      bytes.addAndGet(length);
      if (!target.contains("partNumber=")) {
        objects.incrementAndGet();
      }
      pause();
      String checksum = headers.getOrDefault("x-amz-checksum-crc32", "");
      reply(
          200,
          "ETag: \"%032d\"\r\n".formatted(1)
              + (checksum.isEmpty() ? "" : "x-amz-checksum-crc32: " + checksum + "\r\n"),
          "");
    }

    /** The time that a real S3 takes to answer. */
    private void pause() throws IOException {
      if (delayMillis > 0) {
        try {
          Thread.sleep(delayMillis);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }

    private void post() throws IOException {
      if (target.contains("uploadId=")) {
        objects.incrementAndGet();
        reply(
            200,
            "Content-Type: application/xml\r\n",
            "<CompleteMultipartUploadResult><ETag>\"1-1\"</ETag></CompleteMultipartUploadResult>");
      } else {
        reply(
            200,
            "Content-Type: application/xml\r\n",
            "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>%d</UploadId></InitiateMultipartUploadResult>"
                .formatted(uploads.incrementAndGet()));
      }
    }

    private void reply(int status, String more, String body) throws IOException {
      write(
          "HTTP/1.1 %d OK\r\nContent-Length: %d\r\n%s\r\n%s"
              .formatted(status, body.length(), more, body));
    }

    private void write(String text) throws IOException {
      connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }
}
