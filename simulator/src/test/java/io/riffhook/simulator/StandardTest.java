package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardTest extends SimulatorContract {

  @Override
  String mount() {
    return "/standard";
  }

  @Test
  void shouldMakeAPredictionAndSignItsWebhook() throws Exception {
    HttpResponse<byte[]> answer = caller.post("/predictions", body("a song"));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(Caller.json(answer).path("status").asText()).isEqualTo("starting");

    Receiver.Received post = receiver.nextPost();
    assertThat(signature(post)).isEqualTo(post.headers().get("webhook-signature"));
    assertThat(post.body().path("status").asText()).isEqualTo("succeeded");
    JsonNode read = Caller.json(caller.get("/predictions/" + id(answer)));
    assertThat(read).isEqualTo(post.body());
    assertThat(caller.fetch(read.path("output").asText()).headers().firstValue("content-type"))
        .contains("audio/mpeg");
  }

  @Test
  void shouldRepeatAPostWithItsId() throws Exception {
    change(settings -> settings.callbacks(callbacks -> callbacks.withDuplicates(1)));
    caller.post("/predictions", body("a song"));
    assertThat(receiver.nextPost()).isEqualTo(receiver.nextPost());
  }

  @Test
  void shouldSignWronglyAndLateWhenToldSo() throws Exception {
    change(settings -> settings.webhooks(webhooks -> webhooks.withBadSignature(true)));
    caller.post("/predictions", body("a song"));
    Receiver.Received wrong = receiver.nextPost();
    assertThat(signature(wrong)).isNotEqualTo(wrong.headers().get("webhook-signature"));

    change(
        settings ->
            settings.webhooks(
                webhooks -> webhooks.withBadSignature(false).withStaleTimestamp(true)));
    caller.post("/predictions", body("a song"));
    long time =
        Long.parseLong(receiver.nextPost().headers().getOrDefault("webhook-timestamp", "0"));
    assertThat(Instant.ofEpochSecond(time)).isBefore(Instant.now().minusSeconds(3_000));
  }

  @Test
  void shouldFailAndCancel() throws Exception {
    assertThat(
            Caller.json(
                    caller.get("/predictions/" + id(caller.post("/predictions", body("failsong")))))
                .path("error")
                .asText())
        .isEqualTo("Prediction failed");
    keepProcessing();
    String id = id(caller.post("/predictions", body("a song")));
    assertThat(
            Caller.json(caller.post("/predictions/" + id + "/cancel", "")).path("status").asText())
        .isEqualTo("canceled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{}",
        "{\"input\":{}}",
        "{\"input\":{\"prompt\":\"x\",\"tempo\":1}}",
        "{\"input\":{\"prompt\":\"x\"},\"webhook_events_filter\":[\"end\"]}",
        "{\"input\":{\"prompt\":\"forbidden\"}}"
      })
  void shouldRefuseBadRequests(String body) throws Exception {
    assertThat(caller.post("/predictions", body).statusCode()).isEqualTo(422);
  }

  @Test
  void shouldKnowNoOtherPredictions() throws Exception {
    assertThat(caller.get("/predictions/nobody").statusCode()).isEqualTo(404);
    change(settings -> settings.faults(faults -> faults.withUnauthorized(true)));
    assertThat(caller.get("/predictions/nobody").statusCode()).isEqualTo(401);
  }

  private String body(String prompt) {
    return "{\"input\":{\"prompt\":\"%s\"},\"webhook\":\"%s\",\"webhook_events_filter\":[\"completed\"]}"
        .formatted(prompt, receiver.url());
  }

  private static String id(HttpResponse<byte[]> answer) throws Exception {
    return Caller.json(answer).path("id").asText();
  }

  /** By the specification, with the secret that docs/simulator.md tells. */
  private static String signature(Receiver.Received post) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"), "HmacSHA256"));
    String signed =
        post.headers().get("webhook-id")
            + "."
            + post.headers().get("webhook-timestamp")
            + "."
            + post.text();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
