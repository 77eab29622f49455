package io.riffhook.providers.mureka;

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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a call that makes songs comes to. */
class MurekaSubmitTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_785_578_400_001L);
  private static final String CREATE = "/music/create";
  private static final String EXTEND = "/music/extend";
  private static final String WANTED =
      "{'error':'Parameter account is required, 2 accounts configured','code':400}";
  private static final Order ORDER = prompt("rain", false);
  private static final Order EDIT =
      new Order(
          new JobId("job-1"),
          new Operation.Transform(
              new Source.OfUpload(new UploadId("0199c0de-0000-7000-8000-000000000002")),
              new Edit.Extend(OptionalDouble.empty(), OptionalDouble.empty()),
              Optional.empty(),
              Optional.empty(),
              Optional.of("la"),
              Controls.NONE),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new Audio.Made("song-1", Optional.of("123"))),
          Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/mureka");

  private final MurekaProvider mureka = mureka(InstantSource.fixed(NOW));

  @Test
  void shouldAcceptTheDocumentedAnswer() {
    assertThat(
            submit(
                201,
                """
                {"jobid":"j0801100000000000m-u777-a123456-bot:mureka","status":"created",
                 "verb":"music/create","request":{"account":"123456","async":true},"new":[null]}\
                """))
        .isEqualTo(
            new Accepted(
                List.of("j0801100000000000m-u777-a123456-bot:mureka"), Optional.of("123456")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jobid':'a'}",
        "{'jobid':'a','feed_id':1,'state':3,'songs':[{'song_id':'1'},{'song_id':'2'}]}",
        "{'jobid':'a','request':{'account':7}}",
        "{'jobid':'a','request':null,'status':[]}"
      })
  void shouldAcceptAnAnswerWithoutAnAccount(String body) {
    assertThat(submit(200, body)).isEqualTo(new Accepted(List.of("a"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "7",
        "'job'",
        "[{'jobid':'a'}]",
        "{'jobid':''}",
        "{'jobid':7}",
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
        "400 | {'error':'prompt is too long','code':400}  | prompt is too long",
        "400 | []                                         | HTTP 400",
        "403 | {'error':'account','code':403}             | account",
        "422 | {'error':'what'}                           | what",
        "418 | <html>                                     | HTTP 418"
      })
  void shouldRefuseWhatIsRefused(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Refused(refused(said)));
    assertThat(edit(status, body)).isEqualTo(new Refused(refused(said)));
  }

  @Test
  void shouldRefuseALongPromptOfAnInstrumental() {
    stub.answer("/music/create-instrumental", 201, "{\"jobid\":\"a\"}");
    assertThat(mureka.submit(prompt("x".repeat(1_000), true))).isInstanceOf(Accepted.class);
    stub.answer(CREATE, 201, "{\"jobid\":\"a\"}");
    assertThat(mureka.submit(prompt("x".repeat(1_001), false))).isInstanceOf(Accepted.class);
    assertThat(mureka.submit(prompt("x".repeat(1_001), true)))
        .isEqualTo(new Refused(refused("an instrumental's prompt has at most 1000 characters")));
    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    Closed closed =
        new Closed(
            new Reason(
                "provider-unauthorized",
                "mureka refused our token; set MUREKA_TOKEN to a valid one"));
    assertThat(submit(401, "{'error':'Unauthorized','code':401}")).isEqualTo(closed);
    assertThat(edit(401, "")).isEqualTo(closed);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellAServiceThatIsGoneFromASongThatIs(int status) {
    assertThat(submit(status, "{'error':'not found'}"))
        .isEqualTo(
            new Closed(new Reason("provider-retired", "mureka no longer serves this: not found")));
    assertThat(edit(status, "{'error':'not found'}")).isEqualTo(new Refused(refused("not found")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {'error':'Subscription expired','code':402} | Subscription expired",
        "412 | {'error':'Not enough credits','code':412}   | Not enough credits",
        "412 | <html>                                      | HTTP 412"
      })
  void shouldTellThatThereIsNothingToSpend(int status, String body, String said) {
    AccountTrouble trouble = new AccountTrouble(trouble("behind MUREKA_TOKEN", said), List.of());
    assertThat(submit(status, body)).isEqualTo(trouble);
    assertThat(edit(status, body)).isEqualTo(trouble);
  }

  @Test
  void shouldTryLaterWhenItIsBusy() {
    Reason reason =
        new Reason("provider-busy", "mureka takes no more jobs just now: 10 jobs are running");
    String body = "{'error':'10 jobs are running','code':429}";
    assertThat(submit(429, body)).isEqualTo(new TryLater(reason, Optional.empty()));
    assertThat(submit(429, body, "Retry-After", "17"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(17))));
    assertThat(
            submit(
                429, "{'error':'10 jobs are running','retryAfter':'" + NOW.plusSeconds(9) + "'}"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFRESH_FAILED", "ACCOUNT_ERROR", "SESSION_EXPIRED", "COOKIE_EXPIRED"})
  void shouldNameTheAccountsThatA596Means(String code) {
    stub.answer("/accounts", 200, "{\"1\":{},\"2\":{\"error\":\"x\"},\"3\":{\"error\":\"y\"}}");
    assertThat(submit(596, "{'error':'Session is over','code':'" + code + "'}"))
        .isEqualTo(new AccountTrouble(trouble("2, 3", "Session is over"), List.of("2", "3")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'code':596}", "{'code':null}", "{'code':['REFRESH_IN_PROGRESS']}"})
  void shouldTellA596WithoutNames(String body) {
    stub.answer("/accounts", 500, "");
    assertThat(submit(596, body))
        .isEqualTo(new AccountTrouble(trouble("behind MUREKA_TOKEN", "HTTP 596"), List.of()));
  }

  @Test
  void shouldWaitForAnAccountThatIsBeingRefreshed() {
    String body = "{'error':'Refreshing','code':'REFRESH_IN_PROGRESS'}";
    Reason reason = new Reason("provider-unavailable", "mureka cannot be reached: Refreshing");
    assertThat(submit(596, body)).isEqualTo(new TryLater(reason, Optional.empty()));
    assertThat(submit(596, body, "Retry-After", "5"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(5))));
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
    assertThat(mureka.submit(ORDER)).isEqualTo(later("ConnectException"));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(CREATE);
    Unknown outcome = (Unknown) mureka.submit(ORDER);
    assertThat(outcome.reason().code()).isEqualTo("outcome-unknown");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    MurekaProvider tokenless =
        MurekaProvider.from(
            StubProvider.settings(
                Map.of("RIFFHOOK_ONE_MACHINE", "true", "MUREKA_BASE_URL", stub.baseUrl())));
    assertThat(tokenless.submit(ORDER)).isEqualTo(later("the setting MUREKA_TOKEN is missing"));
  }

  @Test
  void shouldChooseAnAccountWhereOneIsWanted() {
    stub.answer("/accounts", 200, "{\"1\":{},\"2\":{\"error\":\"x\"},\"3\":{}}");
    stub.answer(CREATE, 400, WANTED.replace('\'', '"'));
    assertThat(submit(201, "{'jobid':'a','request':{'account':'3'}}"))
        .isEqualTo(new Accepted(List.of("a"), Optional.of("3")));
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target() + " " + request.body())
        .containsExactly(
            "POST /v1/mureka/music/create"
                + " {\"prompt\":\"rain\",\"async\":true,\"replyRef\":\"job-1\"}",
            "GET /v1/mureka/accounts ",
            "POST /v1/mureka/music/create"
                + " {\"prompt\":\"rain\",\"async\":true,\"replyRef\":\"job-1\",\"account\":\"3\"}");
  }

  @Test
  void shouldNotChooseASecondTime() {
    stub.answer("/accounts", 200, "{\"1\":{}}");
    stub.answer(CREATE, 400, WANTED.replace('\'', '"'));
    assertThat(submit(400, WANTED))
        .isEqualTo(new Refused(refused("Parameter account is required, 2 accounts configured")));
    assertThat(stub.requests()).hasSize(3);
  }

  @Test
  void shouldNotChooseAnAccountThatDoesNotWork() {
    stub.answer("/accounts", 200, "{\"1\":{\"error\":\"x\"},\"2\":{\"error\":\"y\"}}");
    assertThat(submit(400, WANTED))
        .isEqualTo(
            new AccountTrouble(trouble("1, 2", "none of the accounts works"), List.of("1", "2")));
  }

  @Test
  void shouldRefuseWhereThereIsNoAccount() {
    stub.answer("/accounts", 200, "{}");
    assertThat(submit(400, WANTED))
        .isEqualTo(new Refused(refused("Parameter account is required, 2 accounts configured")));
  }

  @Test
  void shouldNotChooseForAnEdit() {
    assertThat(edit(400, WANTED))
        .isEqualTo(new Refused(refused("Parameter account is required, 2 accounts configured")));
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNotChooseWhenTheTimeIsShort() {
    stub.answer(CREATE, 400, WANTED.replace('\'', '"'));
    Iterator<Instant> late = List.of(NOW, NOW.plusSeconds(3).plusNanos(1)).iterator();
    assertThat(mureka(late::next).submit(ORDER))
        .isEqualTo(later("no time was left to choose an account"));
    stub.answer(CREATE, 400, WANTED.replace('\'', '"')).answer(CREATE, 201, "{\"jobid\":\"a\"}");
    stub.answer("/accounts", 200, "{\"1\":{}}");
    Iterator<Instant> early =
        List.of(NOW, NOW.plusSeconds(3), NOW.plusSeconds(4), NOW.plusSeconds(5)).iterator();
    assertThat(mureka(early::next).submit(ORDER)).isInstanceOf(Accepted.class);
  }

  /** Whatever comes, it has a place among the results. */
  @Test
  void shouldTakeAnyAnswer() {
    String document = Seed.read(getClass(), "job-completed.json");
    for (int status : new int[] {201, 400, 429, 596}) {
      Damage.ofValues(
          document,
          body -> {
            Reply reply = new Reply.Answer(status, body, Optional.empty());
            assertThat(MurekaAnswers.submitted(reply, false, List::of, NOW)).isNotNull();
          });
    }
  }

  private MurekaProvider mureka(InstantSource clock) {
    Endpoint endpoint = Endpoint.of("MUREKA_BASE_URL", stub.baseUrl(), Set.of(), true);
    return new MurekaProvider(new ProviderHttp(endpoint, () -> "token"), clock);
  }

  private SubmitOutcome submit(int status, String body, String... headers) {
    stub.answer(CREATE, status, body.replace('\'', '"'), headers);
    return mureka.submit(ORDER);
  }

  private SubmitOutcome edit(int status, String body) {
    stub.answer(EXTEND, status, body.replace('\'', '"'));
    return mureka.submit(EDIT);
  }

  private static Order prompt(String text, boolean instrumental) {
    return new Order(
        new JobId("job-1"),
        new Operation.Prompt(text, instrumental),
        Optional.empty(),
        Optional.empty());
  }

  private static TryLater later(String said) {
    return new TryLater(
        new Reason("provider-unavailable", "mureka cannot be reached: " + said), Optional.empty());
  }

  private static Reason refused(String said) {
    return new Reason("provider-refused", "mureka refused the request: " + said);
  }

  private static Reason trouble(String account, String said) {
    return new Reason(
        "account-needs-attention",
        "the mureka account " + account + " must be put right by its holder: " + said);
  }

  private static Reason unknown(String said) {
    return new Reason(
        "outcome-unknown",
        "mureka gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
