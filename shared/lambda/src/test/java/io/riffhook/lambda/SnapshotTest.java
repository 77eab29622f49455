package io.riffhook.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  private static final Map<String, String> SNAP_START =
      Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
  private static final Context<Resource> CONTEXT = Core.getGlobalContext();

  private final List<String> done = new ArrayList<>();

  @Test
  void shouldDoNothingWhereNoSnapshotIsTaken() {
    assertThat(Snapshot.prepare(Map.of(), () -> done.add("one"))).isEmpty();
    assertThat(
            Snapshot.prepare(
                Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"), () -> done.add("one")))
        .isEmpty();
  }

  @Test
  void shouldDoItsStepsBeforeTheSnapshotAndNotEarlierOrLater() {
    Optional<Snapshot> snapshot =
        Snapshot.prepare(SNAP_START, () -> done.add("one"), () -> done.add("two"));

    assertThat(snapshot).isPresent();
    assertThat(done).isEmpty();
    snapshot.orElseThrow().beforeCheckpoint(CONTEXT);
    assertThat(done).containsExactly("one", "two");
    snapshot.orElseThrow().afterRestore(CONTEXT);
    assertThat(done).containsExactly("one", "two");
  }

  @Test
  void shouldGoOnAfterStepsThatFail() {
    Snapshot snapshot =
        Snapshot.prepare(
                SNAP_START,
                () -> {
                  throw new IOException("no network");
                },
                () -> {
                  throw new NoClassDefFoundError("a part that this JVM lacks");
                },
                () -> done.add("two"))
            .orElseThrow();

    snapshot.beforeCheckpoint(CONTEXT);
    assertThat(done).containsExactly("two");
  }

  @Test
  void shouldRehearseWithAnEventLikeTheGateways() throws IOException {
    Rehearsal.request(
        (in, out, context) -> {
          done.add(new String(in.readAllBytes(), UTF_8));
          assertThat(context.getAwsRequestId()).isEqualTo("rehearsal");
          assertThat(context.getRemainingTimeInMillis()).isPositive();
          assertThat(context.getMemoryLimitInMB()).isPositive();
          out.write("{\"statusCode\": 404}".getBytes(UTF_8));
        },
        "GET /v1/jobs/{id}",
        Map.of("id", Rehearsal.NO_JOB),
        Rehearsal.NOBODY,
        "{}");

    JsonNode event = new JsonMapper().readTree(done.getFirst());
    HttpRequest request = HttpRequest.of(event);
    assertThat(request.route()).isEqualTo("GET /v1/jobs/{id}");
    assertThat(request.variable("id")).isEqualTo(Rehearsal.NO_JOB);
    assertThat(request.principal()).contains(Rehearsal.NOBODY);
    assertThat(request.body()).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void shouldRehearseARouteWithoutAnAuthorizer() throws IOException {
    Rehearsal.request(
        (in, out, context) -> done.add(new String(in.readAllBytes(), UTF_8)),
        "POST /x",
        Map.of(),
        "",
        "");
    assertThat(HttpRequest.of(new JsonMapper().readTree(done.getFirst())).principal()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 500, 503})
  void shouldTellWhereARehearsalCameToNothing(int status) {
    assertThatThrownBy(
            () ->
                Rehearsal.request(
                    (in, out, context) ->
                        out.write("{\"statusCode\": %d}".formatted(status).getBytes(UTF_8)),
                    "POST /x",
                    Map.of(),
                    "",
                    ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("POST /x was answered with " + status);
  }

  @Test
  void shouldRehearseStepsInTurn() throws Exception {
    Rehearsal.inTurn(() -> done.add("one"), () -> done.add("two"));

    assertThat(done).hasSizeGreaterThan(2).startsWith("one", "two", "one", "two");
  }

  @Test
  void shouldRehearseAnAuthorization() throws IOException {
    Rehearsal.authorization(
        (in, out, context) -> done.add(new String(in.readAllBytes(), UTF_8)), "Bearer x");
    assertThat(new JsonMapper().readTree(done.getFirst()).path("identitySource").path(0).asText())
        .isEqualTo("Bearer x");
  }
}
