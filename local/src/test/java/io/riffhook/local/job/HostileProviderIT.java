package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.JobId;
import io.riffhook.simulator.settings.CreateShape;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the provider does wrong, and what becomes of the job. */
class HostileProviderIT {
  private static final String SONG = "{\"prompt\": \"a slow folk ballad\", \"formats\": [\"mp3\"]}";
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void calm() {
    rig.simulate(Rig.quick());
  }

  @ParameterizedTest
  @EnumSource(CreateShape.class)
  void shouldEndTheSameWhenCallbacksAreRepeatedAndReordered(CreateShape shape) throws Exception {
    rig.simulate(
        Rig.quick()
            .create(c -> c.withShape(shape))
            .callbacks(c -> c.withDuplicates(3).withTerminalFirst(true).withProgressPosts(3)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(job.path("songs")).hasSize(shape.songs());
    assertThat(job.path("progress").asInt()).isEqualTo(100);
    assertThat(stored(job)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(CreateShape.class)
  void shouldNotLoseACallbackThatOvertakesTheAnswer(CreateShape shape) throws Exception {
    rig.simulate(
        Rig.quick()
            .create(c -> c.withShape(shape))
            .callbacks(c -> c.withBeforeAnswer(true).withProgressPosts(0)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(job.path("songs")).hasSize(shape.songs());
    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldNotBelieveACallbackThatClaimsTooMuch() throws Exception {
    rig.simulate(
        Rig.quick()
            .generation(g -> g.withDuration(Duration.ofSeconds(4)))
            .callbacks(c -> c.withForgedCompleted(true)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldWaitInTheQueueWhenTheProviderIsBusy() throws Exception {
    rig.simulate(Rig.quick().create(c -> c.withTooManyRequestsFirst(1)));

    String id = rig.submit(SONG);
    JsonNode waiting = rig.job(id);
    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(waiting.path("status").asText()).isEqualTo("QUEUED");
    assertThat(waiting.path("reason").path("code").asText()).isEqualTo("provider-busy");
    assertThat(job.has("reason")).as("a job that is ready has nothing to explain").isFalse();
  }

  @Test
  void shouldRejectAModeratedPrompt() throws Exception {
    String id = rig.submit("{\"prompt\": \"a forbidden song\"}");

    JsonNode job = rig.job(id);

    assertThat(job.path("status").asText()).isEqualTo("REJECTED");
    assertThat(job.path("reason").path("code").asText()).isEqualTo("moderated");
  }

  @Test
  void shouldSayWhichAccountMustBePutRight() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withAccountError(true)));

    String id = rig.submit(SONG);

    JsonNode job = rig.job(id);
    assertThat(job.path("status").asText()).isEqualTo("QUEUED");
    assertThat(job.path("reason").path("code").asText()).isEqualTo("account-needs-attention");
    assertThat(job.path("reason").path("detail").asText()).startsWith("the useapi account ");
  }

  @Test
  void shouldTellThatTheTokenIsWrong() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withUnauthorized(true)));

    JsonNode job = rig.job(rig.submit(SONG));

    assertThat(job.path("status").asText()).isEqualTo("FAILED");
    assertThat(job.path("reason").path("detail").asText())
        .isEqualTo("useapi refused our token; set USEAPI_TOKEN to a valid one");
  }

  @Test
  void shouldTellThatTheProviderIsRetired() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withDecommissioned(true)));

    JsonNode job = rig.job(rig.submit(SONG));

    assertThat(job.path("status").asText()).isEqualTo("FAILED");
    assertThat(job.path("reason").path("code").asText()).isEqualTo("provider-retired");
  }

  @Test
  void shouldFailWhenTheProviderCannotMakeTheSong() throws Exception {
    JsonNode job = rig.awaitStatus(rig.submit("{\"prompt\": \"a failsong\"}"), "FAILED");

    assertThat(job.path("reason").path("code").asText()).isEqualTo("generation-failed");
  }

  @Test
  void shouldRepairACallbackThatNeverComes() throws Exception {
    rig.simulate(Rig.quick().callbacks(c -> c.withNever(true)));
    String id = rig.submit(SONG);
    rig.awaitStatus(id, "SUBMITTED");

    // The check that is due in three minutes, now.
    JsonNode job = rig.checkUntil(id, "READY");

    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldTryAgainWhenAStreamIsCutOrIsAPage() throws Exception {
    rig.simulate(Rig.quick().media(m -> m.withCutFirst(1).withHtmlFirst(1)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldAskForAFreshLinkWhenOneHasDied() throws Exception {
    rig.simulate(
        Rig.quick().media(m -> m.withExpireAfter(Duration.ofMillis(1)).withExpiredStatus(404)));
    String id = rig.submit("{\"prompt\": \"a slow folk ballad\", \"formats\": [\"m4a\"]}");
    rig.await(id, job -> job.path("status").asText().equals("STORING"));

    rig.simulate(Rig.quick());

    assertThat(stored(rig.awaitStatus(id, "READY"))).isTrue();
  }

  @Test
  void shouldAnswerAForgedCallbackLikeOneForAJobThatDoesNotExist() throws Exception {
    rig.simulate(Rig.quick().generation(g -> g.withDuration(Duration.ofSeconds(3))));
    String id = rig.submit(SONG);
    String body = "{\"status\": \"failed\", \"job_id\": \"whatever\"}";
    CallbackTokens others = new CallbackTokens(List.of("somebody-elses-secret"));
    String forged = others.token("useapi", new JobId(id), 1);

    HttpResponse<String> wrong = rig.post("/callbacks/useapi/" + id + "/" + forged, body);
    HttpResponse<String> unknown = rig.post("/callbacks/useapi/no-such-job/" + forged, body);

    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(wrong.body()).isEqualTo(unknown.body());
    assertThat(rig.job(id).path("status").asText()).isNotIn("FAILED", "READY");
    assertThat(stored(rig.awaitStatus(id, "READY"))).isTrue();
  }

  @Test
  void shouldChangeNothingAfterTheEnd() throws Exception {
    String id = rig.submit(SONG);
    JsonNode ready = rig.awaitStatus(id, "READY");
    String token = new CallbackTokens(List.of(Rig.SECRET)).token("useapi", new JobId(id), 1);

    HttpResponse<String> late =
        rig.post("/callbacks/useapi/" + id + "/" + token, "{\"status\": \"failed\"}");

    assertThat(late.statusCode()).isEqualTo(204);
    assertThat(rig.job(id)).isEqualTo(ready);
  }

  private static boolean stored(JsonNode job) {
    return !job.path("songs").isEmpty()
        && job.path("songs").findValuesAsText("status").stream().allMatch("stored"::equals);
  }
}
