package io.riffhook.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedSqsIT {
  @Test
  void shouldTakeAnotherPortWhereItsOwnWasTakenMeanwhile() throws Exception {
    int free;
    try (ServerSocket socket = listening()) {
      free = socket.getLocalPort();
    }
    try (ServerSocket taken = listening()) {
      Deque<Integer> ports = new ArrayDeque<>(List.of(taken.getLocalPort(), free));

      EmbeddedSqs sqs = EmbeddedSqs.start(Optional.empty(), "us-east-1", ports::remove);

      assertThat(sqs.endpoint().getPort()).isEqualTo(free);
      sqs.close();
    }
  }

  @Test
  void shouldGiveUpWhereEveryPortIsTaken() throws Exception {
    try (ServerSocket taken = listening()) {
      assertThatThrownBy(
              () -> EmbeddedSqs.start(Optional.empty(), "us-east-1", taken::getLocalPort))
          .hasRootCauseInstanceOf(BindException.class);
    }
  }

  private static ServerSocket listening() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
