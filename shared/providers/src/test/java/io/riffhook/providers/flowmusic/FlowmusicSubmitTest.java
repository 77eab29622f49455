package io.riffhook.providers.flowmusic;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Controls;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Source;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.domain.SubmitOutcome.Accepted;
import io.riffhook.domain.SubmitOutcome.AccountTrouble;
import io.riffhook.domain.SubmitOutcome.Closed;
import io.riffhook.domain.SubmitOutcome.Moderated;
import io.riffhook.domain.SubmitOutcome.Refused;
import io.riffhook.domain.SubmitOutcome.TryLater;
import io.riffhook.domain.SubmitOutcome.Unknown;
import io.riffhook.domain.UploadId;
import io.riffhook.providers.Damage;
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a create or edit call comes to. */
class FlowmusicSubmitTest {
  private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");
  private static final String MUSIC = "/music";
  private static final String EDIT = "/music/edit";
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Prompt("rain", false),
          Optional.empty(),
          Optional.empty());
  private static final Order COVER =
      new Order(
          new JobId("job-1"),
          new Operation.Transform(
              new Source.OfUpload(new UploadId("0199c0de-0000-7000-8000-000000000002")),
              new Edit.Cover(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Controls.NONE),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new Audio.Made("clip-1", Optional.of("maker@example.com"))),
          Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/flowmusic");

  private final FlowmusicProvider flowmusic =
      new FlowmusicProvider(
          new ProviderHttp(
              Endpoint.of("FLOWMUSIC_BASE_URL", stub.baseUrl(), Set.of(), true), () -> "token"),
          InstantSource.fixed(NOW));

  @Test
  void shouldAcceptTheDocumentedAnswer() {
    assertThat(
            submit(
                201,
                """
                {"jobid":"job:6f000000-0000-4000-8000-000000000001-user:777-me@example.com-bot:flowmusic",
                 "email":"me@example.com","status":"pending","created_at":"2026-08-01T10:00:00.000Z",
                 "request":{"prompt":"rain","mode":"async","replyRef":"job-1"},"new":[{"a":null}]}\
                """))
        .isEqualTo(
            new Accepted(
                List.of(
                    "job:6f000000-0000-4000-8000-000000000001-user:777-me@example.com-bot:flowmusic"),
                Optional.of("me@example.com")));
  }

  @Test
  void shouldAcceptAFinishedRecord() {
    assertThat(submit(200, Seed.read(getClass(), "job-completed.json")))
        .isEqualTo(
            new Accepted(
                List.of(
                    "job:6f000000-0000-4000-8000-000000000001-user:777-me@example.com-bot:flowmusic"),
                Optional.of("me@example.com")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jobid':'a'}",
        "{'jobid':'a','email':null}",
        "{'jobid':'a','email':7,'status':[]}",
        "{'jobid':'a','email':' '}"
      })
  void shouldAcceptAnAnswerWithoutAnAccount(String body) {
    assertThat(submit(201, body)).isEqualTo(new Accepted(List.of("a"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "7",
        "'job'",
        "[{'jobid':'a'}]",
        "{'jobid':''}",
        "{'jobid':7}",
        "{'jobid':{'id':'a'}}",
        "{'jobid':'a",
        "<html>hello</html>"
      })
  void shouldNotKnowWhatAnAnswerWithoutAnIdMeans(String body) {
    assertThat(submit(201, body)).isEqualTo(new Unknown(unknown("its answer names no job")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'Parameter prompt is required','code':400} | Parameter prompt is required",
        "400 | {'error':{'code':400,'message':'too long'}}         | too long",
        "400 | {'error':{'message':7},'detail':'bad'}              | bad",
        "400 | {'error':''}                                        | HTTP 400",
        "400 | []                                                  | HTTP 400",
        "403 | {'error':'not yours','code':403}                    | not yours",
        "418 | <html>                                              | HTTP 418"
      })
  void shouldRefuseWhatIsRefused(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Refused(refused(said)));
    assertThat(edit(status, body)).isEqualTo(new Refused(refused(said)));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    Closed closed =
        new Closed(
            new Reason(
                "provider-unauthorized",
                "flowmusic refused our token; set FLOWMUSIC_TOKEN to a valid one"));
    assertThat(submit(401, "{\"error\":\"Unauthorized\",\"code\":401}")).isEqualTo(closed);
    assertThat(edit(401, "")).isEqualTo(closed);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellAServiceThatIsGoneFromAClipThatIs(int status) {
    String body = "{\"error\":\"not found\"}";
    assertThat(submit(status, body))
        .isEqualTo(
            new Closed(
                new Reason("provider-retired", "flowmusic no longer serves this: not found")));
    assertThat(edit(status, body)).isEqualTo(new Refused(refused("not found")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "596 | {'error':'Account me@example.com in error state: refresh token rejected','code':596}"
            + " | me@example.com | Account me@example.com in error state: refresh token rejected",
        "402 | {'error':'Account a-b@x.org in error state: no credits'}"
            + " | a-b@x.org | Account a-b@x.org in error state: no credits"
      })
  void shouldNameTheAccountInTrouble(int status, String body, String account, String said) {
    AccountTrouble trouble = new AccountTrouble(trouble(account, said), List.of(account));
    assertThat(submit(status, body)).isEqualTo(trouble);
    assertThat(edit(status, body)).isEqualTo(trouble);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {'error':'Insufficient credits','code':402}       | Insufficient credits",
        "596 | {'error':'See: Account me in error state'}        | See: Account me in error state",
        "596 |                                                   | HTTP 596"
      })
  void shouldTellTroubleThatNamesNoAccount(int status, String body, String said) {
    String text = body == null ? "" : body;
    assertThat(submit(status, text))
        .isEqualTo(new AccountTrouble(trouble("behind FLOWMUSIC_TOKEN", said), List.of()));
    assertThat(edit(status, text))
        .isEqualTo(
            new AccountTrouble(trouble("maker@example.com", said), List.of("maker@example.com")));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429})
  void shouldTryLaterWhenItIsBusy(int status) {
    Reason reason =
        new Reason("provider-busy", "flowmusic takes no more jobs just now: all slots busy");
    String body = "{\"error\":\"all slots busy\",\"code\":429}";
    assertThat(submit(status, body)).isEqualTo(new TryLater(reason, Optional.empty()));
    assertThat(submit(status, body, "Retry-After", "17"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(17))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'2026-08-01T10:00:30.500Z'      | PT30.5S",
        "'2026-08-01T10:00:00Z'          | PT0S",
        "'2026-08-01T09:00:00Z'          | PT0S",
        "'2026-08-01T12:00:00+02:00'     | PT0S",
        "'2026-08-02T10:00:00Z'          | PT24H",
        "'2026-08-02T10:00:01Z'          | PT24H",
        "'+1000000000-12-31T23:59:59Z'   | PT24H",
        "'2026-08-01'                    |",
        "'soon'                          |",
        "''                              |",
        "30                              |",
        "null                            |",
        "{}                              |"
      })
  void shouldReadWhenToRetryInTheBody(String retryAfter, Duration wait) {
    TryLater later = (TryLater) submit(429, "{'retryAfter':" + retryAfter + "}");
    assertThat(later.after()).isEqualTo(Optional.ofNullable(wait));
  }

  @Test
  void shouldPreferTheHeaderToTheBody() {
    TryLater later =
        (TryLater) submit(429, "{'retryAfter':'2026-08-01T10:00:30Z'}", "Retry-After", "9");
    assertThat(later.after()).contains(Duration.ofSeconds(9));
  }

  @Test
  void shouldTellModeration() {
    assertThat(submit(422, "{\"error\":\"Prompt blocked\",\"code\":422}"))
        .isEqualTo(
            new Moderated(new Reason("moderated", "flowmusic refused the prompt: Prompt blocked")));
    assertThat(edit(422, ""))
        .isEqualTo(
            new Moderated(new Reason("moderated", "flowmusic refused the prompt: HTTP 422")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "408 | {'error':'timed out'}                 | timed out",
        "500 | {'error':'oops','code':500}           | oops",
        "502 | <html><h1>502 Bad Gateway</h1></html> | HTTP 502",
        "503 | {'detail':'overloaded'}               | overloaded",
        "504 | {                                     | HTTP 504",
        "599 | []                                    | HTTP 599"
      })
  void shouldNotKnowWhatAServerErrorMeans(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Unknown(unknown(said)));
    assertThat(edit(status, body)).isEqualTo(new Unknown(unknown(said)));
  }

  @Test
  void shouldTryLaterWhenNobodyListens() {
    stub.stop();
    assertThat(flowmusic.submit(ORDER))
        .isEqualTo(
            new TryLater(
                new Reason("provider-unavailable", "flowmusic cannot be reached: ConnectException"),
                Optional.empty()));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(MUSIC);
    Unknown outcome = (Unknown) flowmusic.submit(ORDER);
    assertThat(outcome.reason().code()).isEqualTo("outcome-unknown");
    assertThat(outcome.reason().detail())
        .startsWith("flowmusic gave no answer, so it may be making the song; waiting to hear: ");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    FlowmusicProvider tokenless =
        FlowmusicProvider.from(
            StubProvider.settings(
                Map.of("RIFFHOOK_ONE_MACHINE", "true", "FLOWMUSIC_BASE_URL", stub.baseUrl())));
    assertThat(tokenless.submit(ORDER))
        .isEqualTo(
            new TryLater(
                new Reason(
                    "provider-unavailable",
                    "flowmusic cannot be reached: the setting FLOWMUSIC_TOKEN is missing"),
                Optional.empty()));
  }

  /** Whatever comes, it has a place among the results. */
  @Test
  void shouldTakeAnyAnswer() {
    String document = Seed.read(getClass(), "job-completed.json");
    for (int status : new int[] {201, 400, 429, 596}) {
      Damage.ofValues(
          document,
          body ->
              assertThat(
                      FlowmusicAnswers.submitted(
                          new Reply.Answer(status, body, Optional.empty()),
                          false,
                          Optional.empty(),
                          NOW))
                  .isNotNull());
    }
  }

  private SubmitOutcome submit(int status, String body, String... headers) {
    stub.answer(MUSIC, status, body.replace('\'', '"'), headers);
    return flowmusic.submit(ORDER);
  }

  private SubmitOutcome edit(int status, String body) {
    stub.answer(EDIT, status, body.replace('\'', '"'));
    return flowmusic.submit(COVER);
  }

  private static Reason refused(String said) {
    return new Reason("provider-refused", "flowmusic refused the request: " + said);
  }

  private static Reason trouble(String account, String said) {
    return new Reason(
        "account-needs-attention",
        "the flowmusic account " + account + " must be put right by its holder: " + said);
  }

  private static Reason unknown(String said) {
    return new Reason(
        "outcome-unknown",
        "flowmusic gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
