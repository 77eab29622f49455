package io.riffhook.providers.useapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
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
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a create call comes to. */
class UseapiSubmitTest {
  private static final String PATH = "/music/create-prompt";
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Prompt("rain", false),
          Optional.empty(),
          Optional.empty());

  private static final String PENDING =
      "Your Riffusion account has pending error. Please address this issue at"
          + " https://useapi.net/docs/api-riffusion-v1/post-riffusion-accounts before making any"
          + " new API calls.";
  private static final Reason UNKNOWN_JOB = unknown("its answer names no job");

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @Test
  void shouldAcceptTheDocumentedAnswer() {
    assertThat(submit(200, Seed.read(getClass(), "create-200.json")))
        .isEqualTo(
            new Accepted(
                List.of("a5d2d4a3-5bca-401a-8c53-2f18a7a4eb00"),
                Optional.of("5f72c91e-2b3d-42a4-9fb1-0b8c2e293b2c")));
  }

  @Test
  void shouldAcceptTheObservedAnswer() {
    assertThat(submit(200, "{\"jobs\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"))
        .isEqualTo(new Accepted(List.of("a", "b"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'job_id':'a'}                                         | a",
        "{'job_id':'a','user_id':null}                          | a",
        "{'job_id':'a','user_id':7,'detail':'new','more':[{}]}  | a",
        "{'jobs':[{'id':'a'}],'job_id':'b'}                     | a",
        "{'jobs':[{'id':'a'},{},{'id':null},{'id':3},'c']}      | a",
        "{'jobs':[],'job_id':'b'}                               | b",
        "{'jobs':[{'id':''}],'job_id':'b'}                      | b",
        "{'jobs':null,'job_id':'b'}                             | b",
        "{'jobs':'a','job_id':'b'}                              | b"
      },
      quoteCharacter = '~')
  void shouldFindTheIdInOddAnswers(String body, String id) {
    assertThat(submit(200, body.replace('\'', '"')))
        .isEqualTo(new Accepted(List.of(id), Optional.empty()));
  }

  @Test
  void shouldAcceptACreatedStatus() {
    assertThat(submit(201, "{\"job_id\":\"a\",\"user_id\":\"u\"}"))
        .isEqualTo(new Accepted(List.of("a"), Optional.of("u")));
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
        "\"a5d2d4a3\"",
        "[{\"job_id\":\"a\"}]",
        "{\"job_id\":\"\"}",
        "{\"job_id\":7}",
        "{\"jobs\":[]}",
        "{\"jobs\":[\"a\"]}",
        "{\"job_id\":\"a",
        "<html><body>Welcome</body></html>"
      })
  void shouldNotKnowWhatAnAnswerWithoutIdsMeans(String body) {
    assertThat(submit(200, body)).isEqualTo(new Unknown(UNKNOWN_JOB));
  }

  @Test
  void shouldRefuseWhatIsRefused() {
    assertThat(submit(400, Seed.read(getClass(), "error-400.json")))
        .isEqualTo(
            new Refused(
                new Reason("provider-refused", "useapi refused the request: <Error message>")));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    assertThat(submit(401, Seed.read(getClass(), "error-401.json")))
        .isEqualTo(
            new Closed(
                new Reason(
                    "provider-unauthorized",
                    "useapi refused our token; set USEAPI_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellThatTheServiceIsRetired(int status) {
    assertThat(submit(status, "{\"error\":\"has been decommissioned\",\"code\":410}"))
        .isEqualTo(
            new Closed(
                new Reason(
                    "provider-retired", "useapi no longer serves this: has been decommissioned")));
  }

  @Test
  void shouldTellModerationApart() {
    assertThat(submit(422, Seed.read(getClass(), "create-422.json")))
        .isEqualTo(new Moderated(new Reason("moderated", "useapi refused the prompt: moderation")));
  }

  @Test
  void shouldTellModerationWithoutAReason() {
    assertThat(submit(422, "{\"is_flagged\":true}"))
        .isEqualTo(new Moderated(new Reason("moderated", "useapi refused the prompt: moderation")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'is_flagged':false,'reason':'length'} | HTTP 422",
        "{'error':'prompt is too long'}         | prompt is too long",
        "{'detail':'bad model'}                 | bad model",
        "{'error':{'message':'odd'}}            | odd",
        "{'error':{'message':7}}                | HTTP 422",
        "[]                                     | HTTP 422"
      })
  void shouldNotTakeEvery422ForModeration(String body, String said) {
    assertThat(submit(422, body.replace('\'', '"')))
        .isEqualTo(
            new Refused(new Reason("provider-refused", "useapi refused the request: " + said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create-429-queue.json    | Account <user_id> is busy executing X jobs",
        "create-429-upstream.json | Too Many Requests"
      })
  void shouldTryLaterWhenItIsBusy(String seed, String said) {
    Reason reason = new Reason("provider-busy", "useapi takes no more jobs just now: " + said);
    String body = Seed.read(getClass(), seed);
    assertThat(submit(429, body)).isEqualTo(new TryLater(reason, Optional.empty()));
    assertThat(submit(429, body, "Retry-After", "17"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(17))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | 0",
        "30                            | 30",
        "999999                        | 86400",
        "9999999                       |",
        "99999999999999999999          |",
        "-1                            |",
        "1.5                           |",
        "soon                          |",
        "Wed, 21 Oct 2015 07:28:00 GMT |"
      })
  void shouldReadRetryAfter(String header, Integer seconds) {
    TryLater outcome = (TryLater) submit(429, "", "Retry-After", header);
    assertThat(outcome.reason().detail()).isEqualTo("useapi takes no more jobs just now: HTTP 429");
    assertThat(outcome.after()).isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
  }

  @Test
  void shouldNameTheAccountsThatA596Means() {
    stub.answer(
        "/accounts",
        200,
        """
        {"u-1":{"user_id":"u-1","maxJobs":6},
         "u-2":{"user_id":"u-2","error":"cookie expired"},
         "u-3":{"user_id":"u-3","error":"banned"}}\
        """);
    assertThat(submit(596, Seed.read(getClass(), "error-596.json")))
        .isEqualTo(
            new AccountTrouble(
                new Reason(
                    "account-needs-attention",
                    "the useapi account u-2, u-3 must be put right by its holder: " + PENDING),
                List.of("u-2", "u-3")));
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target())
        .containsExactly("POST /v1/riffusion/music/create-prompt", "GET /v1/riffusion/accounts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {}",
        "200 | {'u-1':{'user_id':'u-1'}}",
        "200 | {'u-1':{'error':null},'u-2':'error'}",
        "200 | ['u-1']",
        "200 | <html>",
        "401 | {'error':'Unauthorized','code':401}",
        "404 | {}",
        "500 | {}"
      })
  void shouldTellA596WithoutNames(int status, String accounts) {
    stub.answer("/accounts", status, accounts.replace('\'', '"'));
    assertThat(submit(596, Seed.read(getClass(), "error-596.json")))
        .isEqualTo(
            new AccountTrouble(
                new Reason(
                    "account-needs-attention",
                    "the useapi account behind USEAPI_TOKEN must be put right by its holder: "
                        + PENDING)));
  }

  @Test
  void shouldTellA596WhenTheAccountsDoNotAnswer() {
    stub.drop("/accounts").drop("/accounts");
    AccountTrouble outcome = (AccountTrouble) submit(596, "");
    assertThat(outcome.reason().detail())
        .isEqualTo(
            "the useapi account behind USEAPI_TOKEN must be put right by its holder: HTTP 596");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':'oops','code':500}          | oops",
        "500 | {'error':''}                         | HTTP 500",
        "502 | <html><h1>502 Bad Gateway</h1></html> | HTTP 502",
        "503 | {'detail':'overloaded'}              | overloaded",
        "504 | {                                    | HTTP 504",
        "599 | []                                   | HTTP 599"
      })
  void shouldNotKnowWhatAServerErrorMeans(int status, String body, String said) {
    assertThat(submit(status, body.replace('\'', '"'))).isEqualTo(new Unknown(unknown(said)));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void shouldNotFollowRedirects(int status) {
    assertThat(submit(status, "", "Location", stub.origin() + "/elsewhere"))
        .isEqualTo(
            new Refused(
                new Reason("provider-refused", "useapi refused the request: HTTP " + status)));
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldTryLaterWhenNobodyListens() {
    stub.stop();
    TryLater outcome = (TryLater) useapi.submit(ORDER);
    assertThat(outcome.after()).isEmpty();
    assertThat(outcome.reason())
        .isEqualTo(
            new Reason("provider-unavailable", "useapi cannot be reached: ConnectException"));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(PATH);
    Unknown outcome = (Unknown) useapi.submit(ORDER);
    assertThat(outcome.reason().code()).isEqualTo("outcome-unknown");
    assertThat(outcome.reason().detail())
        .startsWith("useapi gave no answer, so it may be making the song; waiting to hear: ");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNotBuyTwiceWhenAKeptConnectionIsDropped() {
    assertThat(submit(200, "{\"job_id\":\"a\"}")).isInstanceOf(Accepted.class);
    stub.drop(PATH);
    assertThat(useapi.submit(ORDER)).isInstanceOf(Unknown.class);
    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void shouldNotKnowWhatATornAnswerMeans() {
    stub.handler(
        PATH,
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    assertThat(useapi.submit(ORDER)).isInstanceOf(Unknown.class);
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNotTellMoreThanAReasonHolds() {
    Refused outcome = (Refused) submit(400, "{\"error\":\"" + "x".repeat(10_000) + "\"}");
    assertThat(outcome.reason().detail()).hasSize(500).endsWith("xxx…");
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    UseapiProvider tokenless =
        UseapiProvider.from(
            StubProvider.settings(
                Map.of("RIFFHOOK_ONE_MACHINE", "true", "USEAPI_BASE_URL", stub.baseUrl())));
    assertThat(tokenless.submit(ORDER))
        .as("the job waits until somebody sets it")
        .isEqualTo(
            new TryLater(
                new Reason(
                    "provider-unavailable",
                    "useapi cannot be reached: the setting USEAPI_TOKEN is missing"),
                Optional.empty()));
    assertThat(stub.requests()).isEmpty();
  }

  private SubmitOutcome submit(int status, String body, String... headers) {
    stub.answer(PATH, status, body, headers);
    return useapi.submit(ORDER);
  }

  private static Reason unknown(String said) {
    return new Reason(
        "outcome-unknown",
        "useapi gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
