package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.settings.SignatureScheme;
import io.riffhook.simulator.settings.TaskFailure;
import io.riffhook.simulator.settings.WebhookSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class MusicapiWebhookTest extends MusicapiContract {
  private static final String SECRET = "test-secret";

  MusicapiWebhookTest() {
    super("producer");
  }

  /** The vector of the contract: the checks below sign as the contract does. */
  @Test
  void shouldCheckSignaturesAsTheContractHasThem() throws Exception {
    String body =
        "{\"code\":200,\"data\":[],\"message\":\"success\",\"task_id\":"
            + "\"11111111-2222-4333-8444-555555555555\",\"platform\":\"producer\","
            + "\"event\":\"song.completed\"}";

    assertThat(hmac("1750000000." + body))
        .isEqualTo("ae0eb77ba65f55cf5b5dd86f2e882a04c8fd28e36356b2bec9abfc68c1ab06c7");
    assertThat(hmac(body))
        .isEqualTo("d8e4d9251832a410f3b64683e2a366e7d2f45c09a753fabab9505b4d1af30653");
  }

  @Test
  void shouldSignTimeAndBody() throws Exception {
    String task = task(music());

    Receiver.Received post = receiver.nextPost();

    Map<String, String> headers = post.headers();
    assertThat(headers.get("x-webhook-event")).isEqualTo("song.completed");
    assertThat(headers.get("x-webhook-id")).isNotBlank().isEqualTo(headers.get("idempotency-key"));
    assertThat(headers.get("x-webhook-signature"))
        .isEqualTo("sha256=" + hmac(headers.get("x-webhook-timestamp") + "." + post.text()));
    assertThat(headers).doesNotContainKey("x-signature");
    assertThat(post.body().get("task_id").asText()).isEqualTo(task);
    assertThat(post.body().get("platform").asText()).isEqualTo("producer");
    assertThat(post.body().get("event").asText()).isEqualTo("song.completed");
    assertThat(post.body().get("data")).isEqualTo(data(task));
    assertThat(receiver.waiting()).isZero();
  }

  @Test
  void shouldSignTheBodyAloneInTheOlderScheme() throws Exception {
    webhooks(webhooks -> webhooks.withScheme(SignatureScheme.BODY_ONLY));
    task(music());

    Receiver.Received post = receiver.nextPost();

    assertThat(post.headers().get("x-signature")).isEqualTo(hmac(post.text()));
    assertThat(post.headers()).doesNotContainKeys("x-webhook-signature", "x-webhook-timestamp");
  }

  @Test
  void shouldNotSignAtAll() throws Exception {
    webhooks(webhooks -> webhooks.withScheme(SignatureScheme.NONE));
    task(music());

    assertThat(receiver.nextPost().headers())
        .doesNotContainKeys("x-webhook-signature", "x-webhook-timestamp", "x-signature");
  }

  @Test
  void shouldSignWithItsOwnSecretWithoutOne() throws Exception {
    ObjectNode body = music();
    body.remove("webhook_secret");
    task(body);

    assertForged(receiver.nextPost());
  }

  @Test
  void shouldSignWronglyWhenToldSo() throws Exception {
    webhooks(webhooks -> webhooks.withBadSignature(true));
    task(music());

    assertForged(receiver.nextPost());
  }

  @Test
  void shouldSignAnOldTimeWhenToldSo() throws Exception {
    webhooks(webhooks -> webhooks.withStaleTimestamp(true));
    task(music());

    Receiver.Received post = receiver.nextPost();

    String time = post.headers().getOrDefault("x-webhook-timestamp", "");
    assertThat(Instant.ofEpochSecond(Long.parseLong(time)))
        .isBefore(Instant.now().minusSeconds(3000));
    assertThat(post.headers().get("x-webhook-signature"))
        .isEqualTo("sha256=" + hmac(time + "." + post.text()));
  }

  @Test
  void shouldForgeTheEndWithoutTheSecret() throws Exception {
    keepProcessing();
    change(settings -> settings.callbacks(callbacks -> callbacks.withForgedCompleted(true)));
    String task = task(music());

    Receiver.Received post = receiver.nextPost();

    assertThat(post.body().get("event").asText()).isEqualTo("song.completed");
    assertForged(post);
    assertThat(read(task).statusCode()).isEqualTo(202);
  }

  @Test
  void shouldRepeatThePostWithItsId() throws Exception {
    change(settings -> settings.callbacks(callbacks -> callbacks.withDuplicates(1)));
    task(music());

    assertThat(receiver.nextPost()).isEqualTo(receiver.nextPost());
  }

  @Test
  void shouldTellStreamingBeforeTheEnd() throws Exception {
    webhooks(webhooks -> webhooks.withStreaming(true));
    change(settings -> settings.callbacks(callbacks -> callbacks.withProgressPosts(1)));
    task(music());

    Receiver.Received streaming = receiver.nextPost();
    Receiver.Received completed = receiver.nextPost();

    assertThat(streaming.headers().get("x-webhook-event")).isEqualTo("song.streaming");
    JsonNode song = streaming.body().get("data").get(0);
    assertThat(song.get("state").asText()).isEqualTo("running");
    assertThat(song.get("audio_url").asText()).startsWith(simulator.origin());
    assertThat(completed.headers().get("x-webhook-event")).isEqualTo("song.completed");
    assertThat(completed.headers().get("x-webhook-id"))
        .isNotEqualTo(streaming.headers().get("x-webhook-id"));
  }

  @Test
  void shouldTellFailure() throws Exception {
    task(music().put("sound", "failsong"));
    JsonNode state = receiver.next();
    musicapi(musicapi -> musicapi.withFailure(TaskFailure.TIMEOUT));
    task(music().put("sound", "failsong"));
    JsonNode code = receiver.next();

    assertThat(state.get("event").asText()).isEqualTo("song.failed");
    assertThat(state.get("data").get(0).get("state").asText()).isEqualTo("failed");
    assertThat(code.get("event").asText()).isEqualTo("song.failed");
    assertThat(code.get("code").asInt()).isEqualTo(504);
    assertThat(code.get("message").asText()).contains("timed out");
  }

  private void webhooks(UnaryOperator<WebhookSettings> how) {
    change(settings -> settings.webhooks(how));
  }

  private ObjectNode music() {
    return Json.object()
        .put("task_type", "create_music")
        .put("sound", "folk about rain")
        .put("webhook_url", receiver.url())
        .put("webhook_secret", SECRET);
  }

  private static void assertForged(Receiver.Received post) throws Exception {
    assertThat(post.headers().get("x-webhook-signature"))
        .startsWith("sha256=")
        .isNotEqualTo(
            "sha256=" + hmac(post.headers().get("x-webhook-timestamp") + "." + post.text()));
  }

  private static String hmac(String message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
  }
}
