package io.riffhook.submit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.attacks.Call;
import io.riffhook.domain.Operation;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.lambda.HttpFunction;
import io.riffhook.lambda.NobodysContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is submitted by somebody who wants something else than a song. */
final class SubmitAttackTest {
  private final SubmitStage stage = new SubmitStage();

  private Call.Answer post(String route, byte[] body, Map<String, String> headers) {
    stage.studio.provider.submits(
        new SubmitOutcome.Accepted(List.of("p1"), Optional.of("account-1")));
    return stage.answer(new Call(route, Map.of(), body).with(headers));
  }

  private Call.Answer submit(String body) {
    return post("POST /v1/jobs", body.getBytes(UTF_8), Map.of());
  }

  private void refused(Call.Answer answer, int status) {
    assertThat(answer.status()).as("%s", answer.event()).isEqualTo(status);
    assertThat(stage.studio.jobs.all()).isEmpty();
    assertThat(stage.studio.queues.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /v1/jobs", "POST /v1/uploads"})
  void shouldRefuseAnOversizedBody(String route) {
    String body = "{\"prompt\":\"%s\"}".formatted("x".repeat(128 * 1024));
    refused(post(route, body.getBytes(UTF_8), Map.of()), 413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"prompt\":", "{\"sounds\":[", "[{\"a\":["})
  void shouldRefuseADeeplyNestedBody(String opening) {
    String body = opening.repeat(128 * 1024 / opening.length());
    refused(submit(body), 400);
    refused(post("POST /v1/uploads", body.getBytes(UTF_8), Map.of()), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"a\"}\n{\"prompt\":\"b\"}\n",
        "{\"prompt\":\"a\"}}}}",
        "{\"prompt\":\"a\"} []",
        "{\"prompt\":\"a\"},"
      })
  void shouldRefuseABodyThatGoesOnAfterItsDocument(String body) {
    refused(submit(body), 400);
  }

  @Test
  void shouldRefuseTextThatLostCharactersAndNameItsFields() {
    for (String lost : List.of("caf\uFFFD", "caf\\ufffd")) {
      Call.Answer answer =
          submit("{\"prompt\":\"%s\",\"title\":\"ok\",\"x\":[\"%s\"]}".formatted(lost, lost));
      refused(answer, 400);
      assertThat(answer.json().path("type").asText()).endsWith(":malformed-body");
      assertThat(answer.json().path("errors"))
          .extracting(error -> error.path("pointer").asText())
          .containsExactly("/prompt", "/x/0");
    }
  }

  /** Property: a prompt that is bought stands in the request, byte for byte. */
  @Test
  void shouldBuyOnlyTextThatWasInTheRequest() {
    Random random = new Random(15);
    List<String> alphabets =
        List.of("lo-fi ", "äöüßéñ", "雨の日人声鼓", "😀🎵", "\uFFFD", "\u202E\u200F");
    List<Charset> charsets =
        Stream.of("UTF-8", "UTF-8", "ISO-8859-1", "windows-1252", "Shift_JIS", "UTF-16LE")
            .map(Charset::forName)
            .toList();
    int bought = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder prompt = new StringBuilder("a");
      for (int length = random.nextInt(8); length > 0; length--) {
        int[] points = alphabets.get(random.nextInt(alphabets.size())).codePoints().toArray();
        prompt.appendCodePoint(points[random.nextInt(points.length)]);
      }
      Charset charset = charsets.get(random.nextInt(charsets.size()));
      byte[] sent = "{\"prompt\":\"%s\"}".formatted(prompt).getBytes(charset);
      byte[] arrived = random.nextBoolean() ? sent : new String(sent, UTF_8).getBytes(UTF_8);
      int before = stage.studio.provider.orders().size();
      Call.Answer answer = post("POST /v1/jobs", arrived, Map.of());
      if (stage.studio.provider.orders().size() > before) {
        assertThat(answer.status()).isEqualTo(202);
        bought++;
        String text =
            ((Operation.Prompt) stage.studio.provider.orders().getLast().operation()).prompt();
        assertThat(HexFormat.of().formatHex(sent))
            .contains(HexFormat.of().formatHex(text.getBytes(UTF_8)));
      } else {
        assertThat(answer.status()).isEqualTo(400);
      }
    }
    assertThat(bought).isBetween(1_000, 2_900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252", "Shift_JIS", "UTF-16LE"})
  void shouldRefuseABodyInAnotherEncoding(String charset) {
    byte[] body = "{\"prompt\":\"Tränen, ¡olé!, 雨\"}".getBytes(Charset.forName(charset));
    refused(post("POST /v1/jobs", body, Map.of()), 400);
    // As a gateway passes it on that takes it for text.
    refused(post("POST /v1/jobs", new String(body, UTF_8).getBytes(UTF_8), Map.of()), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order\\r\\nSet-Cookie: a=b",
        "order\\nx-evil: 1",
        "order\\u0000",
        "order\\u0085x-evil: 1",
        "order\\u001b[31m",
        "order\\ud800"
      })
  void shouldRefuseAReferenceThatCouldBecomeAHeader(String reference) {
    Call.Answer answer =
        submit("{\"prompt\":\"a song\",\"reference\":\"%s\"}".formatted(reference));
    refused(answer, 422);
    assertThat(answer.json().path("errors").path(0).path("pointer").asText())
        .isEqualTo("/reference");
  }

  @Test
  void shouldPutNothingOfACallerIntoAHeader() {
    Call.Answer answer =
        submit(
            "{\"prompt\":\"\\r"
                + "\\n"
                + "x-evil: 1\",\"reference\":\"\u2028\u2029 \\\" ; é"
                + " 🎵\",\"formats\":[\"mp3\"]}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("location")).matches("/v1/jobs/[A-Za-z0-9_-]+");
    assertThat(answer.event().path("headers").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("content-type", "cache-control", "location");
    assertThat(answer.json().path("reference").asText()).isEqualTo("\u2028\u2029 \" ; é 🎵");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\0b", "é", ""})
  void shouldRefuseAnIdempotencyKeyThatIsNoLine(String key) {
    refused(
        post(
            "POST /v1/jobs",
            "{\"prompt\":\"a song\"}".getBytes(UTF_8),
            Map.of("Idempotency-Key", key)),
        422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\":\"a\",\"prompt\":\"b\"}",
        "{\"prompt\":NaN}",
        "{\"prompt\":\"a\nb\"}",
        "{\"prompt\":1e99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999}",
        "\0",
        ""
      })
  void shouldRefuseWhatIsNoJson(String body) {
    refused(submit(body), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c0af", "eda080", "0000feffff", "fffe0000ff", "00000022ff"})
  void shouldRefuseBytesThatAreNoText(String hex) {
    refused(post("POST /v1/jobs", HexFormat.of().parseHex(hex), Map.of()), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "99999999999999999999"})
  void shouldRefuseNumbersWithoutEverWritingThemOut(String number) {
    refused(
        submit(
            "{\"operation\":\"compose\",\"sounds\":[{\"prompt\":\"a\"}],\"seed\":%s}"
                .formatted(number)),
        422);
  }

  @Test
  void shouldRefuseHalvesOfCharactersWhereverTheyStand() {
    Call.Answer answer =
        submit("{\"prompt\":\"\\ud800\",\"reference\":\"x\\udc00\",\"model\":\"\\ud83c\"}");
    refused(answer, 422);
    assertThat(answer.json().path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .contains("/prompt", "/reference", "/model");
    refused(submit("{\"prompt\":\"a song\",\"\\ud800\":1}"), 400);
  }

  @Test
  void shouldNotAnswerABodyOfMistakesByAMultipleOfIt() {
    String fields =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "\"%d\":0".formatted(i))
            .collect(Collectors.joining(","));
    Call.Answer answer = submit("{\"prompt\":\"a\"," + fields + "}");
    refused(answer, 422);
    JsonNode problem = answer.json();
    assertThat(problem.path("detail").asText()).isEqualTo("10000 fields are wrong.");
    assertThat(problem.path("errors")).hasSize(100);
  }

  @Test
  void shouldRefuseABodyThatIsNotTheBase64ItIsSaidToBe() throws Exception {
    String event =
        "{\"routeKey\":\"POST /v1/jobs\",\"body\":\"{\\\"prompt\\\":1}\",\"isBase64Encoded\":true}";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HttpFunction.run(
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        out,
        new NobodysContext("attack"),
        stage::answer);
    assertThat(out.toString(UTF_8)).contains("\"statusCode\":400", "malformed-body", "base64");
  }
}
