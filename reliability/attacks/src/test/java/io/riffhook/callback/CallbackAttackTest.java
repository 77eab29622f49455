package io.riffhook.callback;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.attacks.Call;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.InMemoryQueues;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is posted to a callback URL by somebody who is not the provider, or not who it was. */
final class CallbackAttackTest {
  private static final String DONE = "{\"status\":\"completed\",\"job_id\":\"p1\"}";

  private final CallbackStage stage = new CallbackStage();

  private Call.Answer post(Map<String, String> path, byte[] body) {
    return stage.answer(new Call(CallbackStage.ROUTE, path, body));
  }

  private Call.Answer post(Map<String, String> path, String body) {
    return post(path, body.getBytes(UTF_8));
  }

  static Stream<Map<String, String>> forgeries() {
    CallbackStage stage = new CallbackStage();
    String job = stage.job.id().value();
    String token = CallbackStage.token("useapi", stage.job.id());
    String mac = token.substring(2);
    return Stream.of(
        // Every way in which a path can be wrong: the provider, the job, the token, or all of them.
        CallbackStage.path("useapi", job, "1." + "A".repeat(43)),
        CallbackStage.path("useapi", job, token.substring(0, token.length() - 1)),
        CallbackStage.path("useapi", job, token + "="),
        CallbackStage.path("useapi", job, "2." + mac),
        CallbackStage.path("useapi", job, "01." + mac),
        CallbackStage.path("useapi", job, "+1." + mac),
        CallbackStage.path("useapi", job, "-1." + mac),
        CallbackStage.path("useapi", job, "\u0661." + mac),
        CallbackStage.path("useapi", job, "99999999999999999999." + mac),
        CallbackStage.path("useapi", job, mac),
        CallbackStage.path("useapi", job, "." + mac),
        CallbackStage.path("useapi", job, ""),
        CallbackStage.path("useapi", job, "1.\ud800"),
        CallbackStage.path("useapi", job, "1." + "A".repeat(9_000)),
        CallbackStage.path("useapi", "another-job", token),
        CallbackStage.path("useapi", job + "\n1", token),
        CallbackStage.path("useapi", "../" + job, token),
        CallbackStage.path("useapi", "x".repeat(9_000), token),
        CallbackStage.path("useapi", "", token),
        CallbackStage.path("mureka", job, token),
        CallbackStage.path("useapi\n" + job, "1", token),
        CallbackStage.path("nobody", job, token),
        CallbackStage.path("x".repeat(9_000), job, token),
        CallbackStage.path("", "", ""),
        // A token of ours for what is no job's id, or for a provider that there is none of.
        stage.path("nobody", stage.job.id(), 1),
        Map.of());
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void shouldAnswerEveryForgedPathWithTheSameBytes(Map<String, String> path) {
    assertThat(post(path, DONE).text()).isEqualTo(stage.refusal());
    assertThat(stage.storeCalls()).as("nothing is looked up: that would take time").isZero();
    stage.unchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"musicapi-producer", "standard"})
  void shouldAnswerAForgedSignatureAsItAnswersAForgedPath(String provider) {
    Map<String, String> headers =
        CallbackStage.signatures(provider, "{\"other\":1}".getBytes(UTF_8));
    Call call = new Call(CallbackStage.ROUTE, stage.path(provider), DONE).with(headers);
    assertThat(stage.answer(call).text()).isEqualTo(stage.refusal());
    assertThat(post(stage.path(provider), DONE).text()).as("unsigned").isEqualTo(stage.refusal());
    assertThat(stage.storeCalls()).isZero();
    stage.unchanged();
  }

  @Test
  void shouldTakeTokensUnderTheSecretBeforeForAsLongAsItIsListed() {
    CallbackTokens before = new CallbackTokens(List.of(CallbackStage.OLD_SECRET));
    String token = before.token("useapi", stage.job.id(), 1);
    Map<String, String> path = CallbackStage.path("useapi", stage.job.id().value(), token);
    assertThat(post(path, DONE).status()).isEqualTo(204);
    assertThat(stage.studio.tasks()).hasSize(1);
  }

  @Test
  void shouldMakeNothingOfAValidTokenForAJobThatNeverWas() {
    Call.Answer answer = post(stage.path("useapi", new JobId("never-was"), 1), DONE);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(stage.studio.jobs.all()).containsExactly(stage.job);
    stage.unchanged();
  }

  @Test
  void shouldChangeNothingForAReplayedCallback() {
    assertThat(post(stage.path("useapi"), DONE).status()).isEqualTo(204);
    Job after = stage.studio.now(stage.job);
    assertThat(stage.studio.tasks())
        .containsExactly(new DownloadTask.Collect(stage.job.id(), Optional.of("p1"), 1));
    for (int i = 0; i < 20; i++) {
      assertThat(post(stage.path("useapi"), DONE).status()).isEqualTo(204);
    }
    assertThat(stage.studio.now(stage.job)).isEqualTo(after);
    assertThat(stage.studio.queues.messages()).as("no further message").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"musicapi-producer", "standard"})
  void shouldChangeNothingForAReplayedSignedCallback(String provider) {
    byte[] body = "{\"task_id\":\"p1\",\"id\":\"p1\",\"event\":\"song.completed\"}".getBytes(UTF_8);
    Call signed =
        new Call(CallbackStage.ROUTE, stage.path(provider), body)
            .with(CallbackStage.signatures(provider, body));
    assertThat(stage.answer(signed).status()).isEqualTo(204);
    Job after = stage.studio.now(stage.job);
    assertThat(after.woken()).containsExactly("p1");

    // Inside the window the job remembers who called; the bytes are the very same.
    assertThat(stage.answer(signed).status()).isEqualTo(204);
    // Outside of it, the signature is worth nothing.
    for (Duration off : List.of(Duration.ofSeconds(-310), Duration.ofSeconds(310))) {
      Call old =
          new Call(CallbackStage.ROUTE, stage.path(provider), body)
              .with(CallbackStage.signatures(provider, body, Instant.now().plus(off)));
      assertThat(stage.answer(old).text()).isEqualTo(stage.refusal());
    }
    assertThat(stage.studio.now(stage.job)).isEqualTo(after);
    assertThat(stage.studio.queues.messages()).as("no further message").hasSize(1);
  }

  @Test
  void shouldChangeNothingForAReplayOnceTheJobHasItsSongs() {
    stage.studio.jobs.apply(
        stage.job.id(), new JobChange.Collected("p1"), stage.studio.clock.instant());
    stage.studio.jobs.apply(
        stage.job.id(), new JobChange.Collected("p2"), stage.studio.clock.instant());
    stage.studio.jobs.apply(stage.job.id(), new JobChange.Ready(), stage.studio.clock.instant());
    Job ready = stage.studio.now(stage.job);
    assertThat(post(stage.path("useapi"), DONE).status()).isEqualTo(204);
    assertThat(stage.studio.now(stage.job)).isEqualTo(ready);
    assertThat(stage.studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldBeWokenAFewTimesOnlyByEverNewProviderJobs() {
    for (int i = 0; i < 100; i++) {
      String body = "{\"status\":\"completed\",\"job_id\":\"made-up-%d\"}".formatted(i);
      assertThat(post(stage.path("useapi"), body).status()).isEqualTo(204);
    }
    assertThat(stage.studio.now(stage.job).woken()).hasSize(JobChange.MAX_WOKEN);
    assertThat(stage.studio.queues.messages(InMemoryQueues.DownloadDue.class))
        .hasSize(JobChange.MAX_WOKEN);
  }

  @Test
  void shouldNotParseAnOversizedBody() {
    byte[] body = ("{\"status\":\"completed\"" + " ".repeat(1024 * 1024) + "}").getBytes(UTF_8);
    assertThat(post(stage.path("useapi"), body).status()).isEqualTo(413);
    assertThat(post(CallbackStage.path("useapi", "job-1", "1.x"), body).text())
        .as("nor tell anybody without a token how large one may be")
        .isEqualTo(stage.refusal());
    assertThat(stage.storeCalls()).isZero();
    stage.unchanged();
  }

  static Stream<Arguments> providersThatCall() {
    return CallbackStage.PROVIDERS.stream()
        .flatMap(
            provider ->
                Stream.of("[", "{\"a\":", "{\"status\":\"completed\",\"job_id\":[", "[{\"data\":[")
                    .map(opening -> Arguments.of(provider, opening)));
  }

  @ParameterizedTest
  @MethodSource("providersThatCall")
  void shouldNotFallForADeeplyNestedBody(String provider, String opening) {
    byte[] body = opening.repeat(Math.min(100_000, 1_000_000 / opening.length())).getBytes(UTF_8);
    Call call =
        new Call(CallbackStage.ROUTE, stage.path(provider), body)
            .with(CallbackStage.signatures(provider, body));
    assertThat(stage.answer(call).status()).isEqualTo(204);
    stage.readOnce();
  }

  static Stream<Arguments> oddBodies() {
    String done = "{\"status\":\"completed\",\"job_id\":%s}";
    return Stream.of(
        Arguments.of("a number that is all exponent", done.formatted("1e999999999"), UTF_8),
        Arguments.of("a number of no end", done.formatted("9".repeat(100_000)), UTF_8),
        Arguments.of("half a character", done.formatted("\"\\ud800\""), UTF_8),
        Arguments.of("NUL", done.formatted("\"\\u0000\""), UTF_8),
        Arguments.of("a raw NUL", done.formatted("\"\0\""), UTF_8),
        Arguments.of("a byte order mark", "\ufeff" + done.formatted("\"p1\""), UTF_8),
        Arguments.of("UTF-16", done.formatted("\"p1\""), UTF_16LE),
        Arguments.of("UTF-16 with a mark", "\ufeff" + done.formatted("\"p1\""), UTF_16BE),
        Arguments.of("a name twice", "{\"status\":\"x\",\"status\":\"completed\"}", UTF_8),
        Arguments.of("a long name", "{\"" + "x".repeat(100_000) + "\":1}", UTF_8),
        Arguments.of("a long text", done.formatted("\"" + "x".repeat(1_000_000) + "\""), UTF_8),
        Arguments.of("many values", "[" + "{},".repeat(300_000) + "{}]", UTF_8),
        Arguments.of("two documents", done.formatted("1") + done.formatted("2"), UTF_8),
        Arguments.of("nothing", "", UTF_8),
        Arguments.of("a control character in JSON", "{\"status\":\"comp\nleted\"}", UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddBodies")
  void shouldNotFallForAnOddBody(String what, String body, Charset charset) {
    for (String provider : CallbackStage.PROVIDERS) {
      CallbackStage each = new CallbackStage();
      byte[] bytes = body.getBytes(charset);
      Call call =
          new Call(CallbackStage.ROUTE, each.path(provider), bytes)
              .with(CallbackStage.signatures(provider, bytes));
      assertThat(each.answer(call).status()).as("%s, %s", what, provider).isEqualTo(204);
      each.harmless();
      assertThat(each.studio.now(each.job).woken())
          .allMatch(id -> UTF_8.newEncoder().canEncode(id), "can be stored");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ff", "c0af", "eda080", "0000feffff", "fffe0000ff", "00000022ff", "efbbbf"})
  void shouldNotFallForBytesThatAreNoText(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);
    for (String provider : CallbackStage.PROVIDERS) {
      Call call =
          new Call(CallbackStage.ROUTE, stage.path(provider), body)
              .with(CallbackStage.signatures(provider, body));
      assertThat(stage.answer(call).status()).isEqualTo(204);
    }
    stage.readOnce();
  }

  static Stream<Arguments> unreadableBodies() {
    byte[] done = DONE.getBytes(UTF_8);
    return CallbackStage.PROVIDERS.stream()
        .flatMap(
            provider ->
                Stream.of(
                    Arguments.of(
                        provider,
                        "a wrapper",
                        ("{\"event\":\"done\",\"data\":" + DONE + "}").getBytes(UTF_8)),
                    Arguments.of(provider, "an array", ("[[" + DONE + "]]").getBytes(UTF_8)),
                    Arguments.of(provider, "gzip", gzip(done)),
                    Arguments.of(
                        provider, "form data", "status=completed&job_id=p1".getBytes(UTF_8)),
                    Arguments.of(provider, "a text", "\"completed\"".getBytes(UTF_8)),
                    Arguments.of(provider, "empty", new byte[0]),
                    Arguments.of(
                        provider, "binary", new byte[] {0, (byte) 0xff, 0x1f, (byte) 0x8b})));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** A valid token is a wake-up, whatever the body is; repeats change nothing. */
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("unreadableBodies")
  void shouldReadTheJobOnceForABodyThatNobodyCanRead(String provider, String what, byte[] body) {
    for (int i = 0; i < 20; i++) {
      Call call =
          new Call(CallbackStage.ROUTE, stage.path(provider), body)
              .with(CallbackStage.signatures(provider, body));
      assertThat(stage.answer(call).status()).as(what).isEqualTo(204);
    }
    stage.readOnce();
  }
}
