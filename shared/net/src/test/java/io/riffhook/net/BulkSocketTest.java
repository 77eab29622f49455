package io.riffhook.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkSocketTest {
  private ServerSocket listener;
  private BulkSocket socket;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket = new BulkSocket();
    socket.connect(listener.getLocalSocketAddress());
    server = listener.accept();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
    listener.close();
  }

  @Test
  void shouldSendWhatWasWrittenWhenAnAnswerIsRead() throws IOException {
    socket.getOutputStream().write('h');
    socket.getOutputStream().write(ascii("ello"));
    socket.getOutputStream().flush();
    assertThat(server.getInputStream().available()).as("bytes before the read").isZero();

    server.getOutputStream().write(ascii("welcome"));
    assertThat(socket.getInputStream().read()).isEqualTo('w');
    assertThat(server.getInputStream().readNBytes(5)).isEqualTo(ascii("hello"));
    assertThat(socket.getInputStream().available()).isEqualTo(6);
    assertThat(socket.getInputStream().readNBytes(6)).isEqualTo(ascii("elcome"));
  }

  @Test
  void shouldCarryMoreThanItsBuffersHoldUnchanged() throws Exception {
    byte[] many = new byte[1_000_003];
    new Random(1).nextBytes(many);
    CompletableFuture<Void> echo =
        CompletableFuture.runAsync(
            () -> {
              try {
                byte[] read = server.getInputStream().readNBytes(many.length);
                server.getOutputStream().write(read);
                server.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    InputStream in = socket.getInputStream();
    for (int from = 0; from < many.length; from += 70_001) {
      socket.getOutputStream().write(many, from, Math.min(70_001, many.length - from));
    }
    assertThat(in.readNBytes(many.length)).isEqualTo(many);
    assertThat(in.read()).as("the end").isEqualTo(-1);
    assertThat(in.read(new byte[0])).isZero();
    echo.get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldEndAReadThatWaitsWhenAnotherThreadClosesIt() throws Exception {
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                socket.getOutputStream().write(ascii("?"));
                return socket.getInputStream().read();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(server.getInputStream().read()).as("it waits for an answer").isEqualTo('?');
    socket.close();
    assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(SocketException.class);
  }

  @Test
  void shouldCloseWithItsStreamsAndSendNothingMore() throws IOException {
    socket.getOutputStream().write(ascii("unsent"));
    socket.getOutputStream().close();
    assertThat(socket.isClosed()).isTrue();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    assertThatThrownBy(() -> socket.getInputStream()).isInstanceOf(SocketException.class);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
