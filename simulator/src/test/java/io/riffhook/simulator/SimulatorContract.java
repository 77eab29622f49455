package io.riffhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/**
 * What the tests over HTTP share: a simulator whose songs are made before a create call is
 * answered, unless told otherwise.
 */
abstract class SimulatorContract {
  static final String PROMPT = "{\"prompt\":\"jazzy k-pop song about a distant lover\"}";
  static final String USER = "7b0c6b0e-0000-4000-8000-000000000001";

  final Receiver receiver = new Receiver();
  final Simulator simulator = Simulator.start(fast(), 0);
  final Caller caller = new Caller(simulator, mount());

  /** The path that the provider under test is mounted at. */
  String mount() {
    return "/v1/riffusion";
  }

  @AfterEach
  void close() {
    caller.close();
    simulator.close();
    receiver.close();
  }

  void change(UnaryOperator<SimulatorSettings> change) {
    simulator.settings(change.apply(simulator.settings()));
  }

  /** Keeps songs in the making for longer than any test runs. */
  void keepProcessing() {
    change(
        settings ->
            settings
                .callbacks(callbacks -> callbacks.withBeforeAnswer(false))
                .generation(generation -> generation.withDuration(Duration.ofHours(1))));
  }

  String withReply(String more) {
    return "{\"prompt\":\"a song\",\"replyUrl\":\"%s\",\"replyRef\":\"order-42\"%s}"
        .formatted(receiver.url(), more);
  }

  JsonNode song(String id) throws Exception {
    return Caller.json(caller.get("/music/?id=" + id)).get(0);
  }

  private static SimulatorSettings fast() {
    return SimulatorSettings.defaults()
        .generation(generation -> generation.withAudioSeconds(5))
        .callbacks(callbacks -> callbacks.withBeforeAnswer(true));
  }
}
