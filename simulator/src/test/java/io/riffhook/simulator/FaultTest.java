package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.simulator.settings.MusicapiSettings;
import io.riffhook.simulator.settings.SignatureScheme;
import io.riffhook.simulator.settings.SimulatorSettings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class FaultTest extends SimulatorContract {

  @Test
  void shouldRefuseOtherTokens() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/music"))
            .header("Authorization", "Bearer other");

    HttpResponse<byte[]> response = caller.send(request);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Caller.json(response)).hasToString("{\"error\":\"Unauthorized\",\"code\":401}");
  }

  @Test
  void shouldRefuseEveryTokenWhenToldSo() throws Exception {
    change(settings -> settings.faults(faults -> faults.withUnauthorized(true)));

    assertThat(caller.get("/scheduler").statusCode()).isEqualTo(401);
  }

  @Test
  void shouldAnswer596WithoutCode() throws Exception {
    change(settings -> settings.faults(faults -> faults.withAccountError(true)));

    HttpResponse<byte[]> response = caller.post("/music/create-prompt", PROMPT);

    assertThat(response.statusCode()).isEqualTo(596);
    assertThat(Caller.json(response).has("code")).isFalse();
    assertThat(Caller.json(response).get("error").asText())
        .isEqualTo(
            "Your Riffusion account has pending error. Please address this issue at"
                + " https://useapi.net/docs/api-riffusion-v1/post-riffusion-accounts before making"
                + " any new API calls.");
    assertThat(Caller.json(caller.get("/accounts")).get(USER).has("error")).isTrue();
  }

  @Test
  void shouldBeGoneWhenDecommissioned() throws Exception {
    change(settings -> settings.faults(faults -> faults.withDecommissioned(true)));

    HttpResponse<byte[]> response = caller.get("/music");

    assertThat(response.statusCode()).isEqualTo(410);
    assertThat(Caller.json(response).get("code").asInt()).isEqualTo(410);
  }

  @Test
  void shouldNotFindOtherPaths() throws Exception {
    assertThat(caller.get("/elsewhere").statusCode()).isEqualTo(404);
    assertThat(caller.fetch(simulator.origin() + "/").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldTakeSettingsOverHttp() throws Exception {
    String url = simulator.origin() + "/_simulator/settings";

    HttpResponse<byte[]> changed =
        caller.put(
            url,
            "{\"token\":\"user:2-x\",\"callbacks\":{\"delay\":\"PT2S\"},\"create\":{\"answerDelay\":1500}}");

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(simulator.token()).isEqualTo("user:2-x");
    assertThat(simulator.settings().callbacks().delay()).hasSeconds(2);
    assertThat(simulator.settings().create().answerDelay()).hasMillis(1500);
    assertThat(simulator.settings().generation().audioSeconds()).isEqualTo(5);
    assertThat(Caller.json(caller.fetch(url)).get("callbacks").get("delay").asText())
        .isEqualTo("PT2S");
    assertThat(caller.put(url, "{\"callbacks\":{\"dealy\":1}}").statusCode()).isEqualTo(400);
    assertThat(caller.put(url, "{\"create\":{\"moderated\":\"(\"}}").statusCode()).isEqualTo(400);
    assertThat(caller.put(url, "{\"callbacks\":{\"delay\":\"soon\"}}").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldKeepAJournalOfRequests() throws Exception {
    caller.post("/music/create-prompt", PROMPT);
    caller.get("/music/?limit=1");

    assertThat(simulator.requests())
        .extracting(
            request ->
                request.method()
                    + " "
                    + request.path()
                    + " "
                    + request.query()
                    + " "
                    + request.status())
        .containsExactly(
            "POST /v1/riffusion/music/create-prompt {} 200",
            "GET /v1/riffusion/music {limit=1} 200");
    assertThat(simulator.requests().getFirst().body()).isEqualTo(PROMPT);
    assertThat(Caller.json(caller.fetch(simulator.origin() + "/_simulator/requests"))).hasSize(2);
  }

  @Test
  void shouldChangeTheSettingsOfOneProvider() throws Exception {
    HttpResponse<byte[]> response =
        caller.put(
            simulator.origin() + "/_simulator/settings",
            "{\"providers\":{\"riffgateway\":{\"failedStatus\":\"fail\"}},"
                + "\"webhooks\":{\"scheme\":\"BODY_ONLY\"},\"polls\":{\"partialFirst\":2}}");

    assertThat(response.statusCode()).isEqualTo(200);
    SimulatorSettings settings = simulator.settings();
    assertThat(settings.providers().riffgateway().failedStatus()).isEqualTo("fail");
    assertThat(settings.providers().musicapi()).isEqualTo(MusicapiSettings.defaults());
    assertThat(settings.webhooks().scheme()).isEqualTo(SignatureScheme.BODY_ONLY);
    assertThat(settings.polls().partialFirst()).isEqualTo(2);
  }
}
