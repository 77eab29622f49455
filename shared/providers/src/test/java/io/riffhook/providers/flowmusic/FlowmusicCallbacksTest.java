package io.riffhook.providers.flowmusic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Callback;
import io.riffhook.domain.Callback.Finished;
import io.riffhook.domain.Callback.Progress;
import io.riffhook.domain.Callback.Unreadable;
import io.riffhook.domain.Inbound;
import io.riffhook.providers.Damage;
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each body that may come to our callback URL claims. Anybody can have sent it. */
class FlowmusicCallbacksTest {
  private final FlowmusicProvider flowmusic =
      FlowmusicProvider.from(StubProvider.settings(Map.of()));

  @Test
  void shouldReadTheRecordOfThePage() {
    assertThat(parse(Seed.read(getClass(), "job-completed.json")))
        .isEqualTo(
            new Finished(
                Optional.of(
                    "job:6f000000-0000-4000-8000-000000000001-user:777-me@example.com-bot:flowmusic")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'jobid':'a','status':'completed'}                     | a",
        "{'jobid':'a','status':'failed','error':{'code':'X'}}   | a",
        "{'jobid':7,'status':'failed'}                          |",
        "{'status':'completed','clips':[]}                      |"
      })
  void shouldTellThatAJobEnded(String body, String id) {
    assertThat(parse(body)).isEqualTo(new Finished(Optional.ofNullable(id)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'jobid':'a','status':'pending'}", "{'status':'x'}", "{'status':7}"})
  void shouldTellThatItIsAtWork(String body) {
    Optional<String> job = body.contains("jobid") ? Optional.of("a") : Optional.empty();
    assertThat(parse(body)).isEqualTo(new Progress(0, job));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'status':null}", "{'status':''}", "{'status':['completed']}"})
  void shouldNotReadABodyWithoutAStatus(String body) {
    assertThat(parse(body)).isEqualTo(new Unreadable("its body has no status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[{'status':'completed'}]", "null", "7", "'completed'"})
  void shouldNotReadABodyThatIsNoObject(String body) {
    assertThat(parse(body)).isEqualTo(new Unreadable("its body is not an object"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{'status':'completed',}", "<html></html>", "status=completed"})
  void shouldNotReadWhatIsNotJson(String body) {
    assertThat(parse(body)).isEqualTo(new Unreadable("its body is not JSON"));
  }

  @Test
  void shouldTakeAnyBytes() {
    String document = Seed.read(getClass(), "job-completed.json");
    Damage.ofBytes(document, body -> assertThat(parse(body)).isNotNull());
    Damage.ofValues(
        document, body -> assertThat(parse(body.toString().getBytes(UTF_8))).isNotNull());
  }

  private Callback parse(String body) {
    return parse(body.replace('\'', '"').getBytes(UTF_8));
  }

  private Callback parse(byte[] body) {
    return flowmusic.parseCallback(new Inbound(Map.of(), body, Instant.EPOCH));
  }
}
