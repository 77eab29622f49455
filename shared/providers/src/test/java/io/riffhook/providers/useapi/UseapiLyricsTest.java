package io.riffhook.providers.useapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Sound;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Reason;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.domain.SubmitOutcome.Accepted;
import io.riffhook.domain.SubmitOutcome.AccountTrouble;
import io.riffhook.domain.SubmitOutcome.Closed;
import io.riffhook.domain.SubmitOutcome.Moderated;
import io.riffhook.domain.SubmitOutcome.Refused;
import io.riffhook.domain.SubmitOutcome.TryLater;
import io.riffhook.domain.SubmitOutcome.Unknown;
import io.riffhook.providers.Damage;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A song whose lyrics are to be written first: without them no song is asked for, nor bought. */
class UseapiLyricsTest {
  private static final String LYRICS = "/music/generate-lyrics";
  private static final String COMPOSE = "/music/create-compose";
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Compose(
              Optional.empty(),
              Optional.of(new Operation.Lyrics.Asked("about rain")),
              List.of(new Sound("lo-fi", NONE, NONE, NONE)),
              Operation.Controls.NONE,
              Optional.empty(),
              Optional.empty()),
          Optional.empty(),
          Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void shouldAskForTheSongOnceTheLyricsAreThere(int status) {
    stub.answer(COMPOSE, 200, "{\"job_id\":\"a\"}");
    assertThat(submit(status, "{'lyrics':'la 大きさ','new':{}}"))
        .isEqualTo(new Accepted(List.of("a"), Optional.empty()));
    assertThat(stub.requests().getLast().body()).startsWith("{\"lyrics\":\"la 大きさ\",");
  }

  @Test
  void shouldNotKnowWhatASilentSongCallMeans() {
    stub.drop(COMPOSE);
    assertThat(submit(200, "{'lyrics':'la'}")).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "'la'",
        "{'lyrics':null}",
        "{'lyrics':' '}",
        "{'lyrics':7}"
      })
  void shouldTryLaterWhereThereAreNoLyrics(String body) {
    assertThat(submit(200, body)).isEqualTo(later("its answer has none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':'oops'} | oops",
        "502 | <html>           | HTTP 502",
        "599 | {}               | HTTP 599"
      })
  void shouldTryLaterAfterAServerError(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(later(said));
  }

  @Test
  void shouldTryLaterWhenNobodyAnswers() {
    stub.drop(LYRICS);
    TryLater dropped = (TryLater) useapi.submit(ORDER);
    assertThat(dropped.reason().detail()).startsWith("useapi cannot be reached: no lyrics: ");
    stub.stop();
    assertThat(useapi.submit(ORDER)).isEqualTo(later("ConnectException"));
  }

  @Test
  void shouldEndWhereLyricsAreRefused() {
    assertThat(submit(400, "{'error':'prompt is required','code':400}"))
        .isEqualTo(
            new Refused(
                new Reason("provider-refused", "useapi refused the request: prompt is required")));
    assertThat(submit(401, "{}")).isInstanceOf(Closed.class);
    assertThat(submit(404, "{}")).isInstanceOf(Closed.class);
    assertThat(submit(422, "{'is_flagged':true,'reason':'moderation'}"))
        .isEqualTo(new Moderated(new Reason("moderated", "useapi refused the prompt: moderation")));
    stub.answer("/accounts", 200, "{\"u-2\":{\"error\":\"expired\"}}");
    assertThat(submit(596, "{'error':'pending error'}"))
        .isEqualTo(
            new AccountTrouble(
                new Reason(
                    "account-needs-attention",
                    "the useapi account u-2 must be put right by its holder: pending error"),
                List.of("u-2")));
    TryLater busy = (TryLater) submit(429, "{}", "Retry-After", "17");
    assertThat(busy.after()).contains(Duration.ofSeconds(17));
  }

  @Test
  void shouldTakeAnyAnswer() {
    Damage.ofValues(
        "{\"lyrics\":\"la\"}",
        body ->
            assertThat(
                    UseapiAnswers.written(new Reply.Answer(200, body, Optional.empty()), List::of))
                .isNotNull());
  }

  private SubmitOutcome submit(int status, String body, String... headers) {
    stub.answer(LYRICS, status, body.replace('\'', '"'), headers);
    return useapi.submit(ORDER);
  }

  private static TryLater later(String said) {
    return new TryLater(
        new Reason("provider-unavailable", "useapi cannot be reached: no lyrics: " + said),
        Optional.empty());
  }
}
