package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.CreateShape;
import io.riffhook.simulator.settings.Wrapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CallbackTest extends SimulatorContract {

  @Test
  void shouldTellProgressAndThenTheEnd() throws Exception {
    callbacks(how -> how.withBeforeAnswer(false));
    change(
        settings ->
            settings.generation(generation -> generation.withDuration(Duration.ofMillis(30))));

    String job = create();

    assertThat(statuses(3)).containsExactly("processing", "processing", "completed");
    assertThat(song(job).get("status").asText()).isEqualTo("completed");
  }

  @Test
  void shouldEchoReferenceAndCarryTheSong() throws Exception {
    callbacks(how -> how.withProgressPosts(1));

    String job = create();

    JsonNode progress = receiver.next();
    assertThat(progress.get("progress").asInt()).isEqualTo(50);
    assertThat(progress.has("download_url")).isFalse();
    JsonNode end = receiver.next();
    assertThat(end.get("job_id").asText()).isEqualTo(job);
    assertThat(end.get("user_id").asText()).isEqualTo(USER);
    assertThat(end.get("replyRef").asText()).isEqualTo("order-42");
    assertThat(end.get("replyUrl").asText()).isEqualTo(receiver.url());
    assertThat(end.get("download_url").asText()).startsWith(simulator.origin());
    assertThat(end.get("duration_s").isNumber()).isTrue();
  }

  @Test
  void shouldWrapInArrayOrNotAtAll() throws Exception {
    callbacks(how -> how.withProgressPosts(0).withWrapper(Wrapper.ARRAY));
    create();
    assertThat(receiver.next().get(0).get("replyRef").asText()).isEqualTo("order-42");

    callbacks(how -> how.withWrapper(Wrapper.NONE));
    String job = create();
    assertThat(receiver.next()).isEqualTo(song(job));
  }

  @Test
  void shouldSendDuplicates() throws Exception {
    callbacks(how -> how.withProgressPosts(0).withDuplicates(2));

    create();

    assertThat(statuses(3)).containsExactly("completed", "completed", "completed");
  }

  @Test
  void shouldSendTheEndFirst() throws Exception {
    callbacks(how -> how.withProgressPosts(2).withTerminalFirst(true));

    create();

    assertThat(statuses(3)).containsExactly("completed", "processing", "processing");
  }

  @Test
  void shouldForgeTheEndWhileProcessing() throws Exception {
    keepProcessing();
    callbacks(how -> how.withForgedCompleted(true));

    String job = create();

    assertThat(receiver.next().get("status").asText()).isEqualTo("completed");
    assertThat(song(job).get("status").asText()).isEqualTo("processing");
  }

  @Test
  void shouldDeliverBeforeTheAnswer() throws Exception {
    create();

    assertThat(receiver.waiting()).isEqualTo(3);
  }

  @Test
  void shouldNeverCallWhenToldSo() throws Exception {
    callbacks(how -> how.withNever(true));

    create();

    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void shouldCallForEachOfTwoSongs() throws Exception {
    callbacks(how -> how.withProgressPosts(0).withDelay(Duration.ofMillis(1)));
    change(settings -> settings.create(create -> create.withShape(CreateShape.JOBS)));

    caller.post("/music/create-prompt", withReply(""));

    assertThat(receiver.next().get("id")).isNotEqualTo(receiver.next().get("id"));
  }

  @Test
  void shouldTellFailure() throws Exception {
    callbacks(how -> how.withProgressPosts(0));

    String job =
        Caller.json(
                caller.post("/music/create-prompt", withReply("").replace("a song", "failsong")))
            .get("job_id")
            .asText();

    assertThat(receiver.next().get("status").asText()).isEqualTo("failed");
    assertThat(song(job).get("status").asText()).isEqualTo("failed");
    assertThat(song(job).has("download_url")).isFalse();
  }

  private String create() throws Exception {
    return Caller.json(caller.post("/music/create-prompt", withReply(""))).get("job_id").asText();
  }

  private void callbacks(UnaryOperator<CallbackSettings> how) {
    change(settings -> settings.callbacks(how));
  }

  private List<String> statuses(int count) throws InterruptedException {
    List<String> statuses = new ArrayList<>();
    for (int post = 0; post < count; post++) {
      statuses.add(receiver.next().get("status").asText());
    }
    return statuses;
  }
}
