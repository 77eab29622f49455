package io.riffhook.providers.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.ContentType;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Registration.Never;
import io.riffhook.domain.Registration.NotNow;
import io.riffhook.domain.Registration.Usable;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.domain.SubmitOutcome.Accepted;
import io.riffhook.domain.SubmitOutcome.AccountTrouble;
import io.riffhook.domain.SubmitOutcome.Closed;
import io.riffhook.domain.SubmitOutcome.Moderated;
import io.riffhook.domain.SubmitOutcome.Refused;
import io.riffhook.domain.SubmitOutcome.TryLater;
import io.riffhook.domain.SubmitOutcome.Unknown;
import io.riffhook.providers.StubProvider;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to create, upload and get-credits comes to. */
class ProducerSubmitTest {
  private static final String CREATE = "/api/v1/producer/create";
  private static final String UPLOAD = "/api/v1/producer/upload";
  private static final String CREDITS = "/api/v1/get-credits";
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Prompt("rain", false),
          Optional.empty(),
          Optional.empty());
  private static final Reason TOKEN =
      new Reason(
          "provider-unauthorized",
          "musicapi-producer refused our token; set MUSICAPI_PRODUCER_TOKEN to a valid one");

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final ProducerProvider producer = Producers.at(stub);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'message':'success','task_id':'t-1'}",
        "200 | {'code':200,'message':'success','task_id':'t-1'}",
        "201 | {'task_id':'t-1','more':[{}],'message':null}",
        "202 | {'task_id':'t-1'}",
        "299 | {'task_id':'t-1'}"
      })
  void shouldAcceptATask(int status, String body) {
    assertThat(submit(status, body)).isEqualTo(new Accepted(List.of("t-1"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "7",
        "'t-1'",
        "{'task_id':''}",
        "{'task_id':7}",
        "{'task_id':null}",
        "[{'task_id':'t-1'}]",
        "{'task_id':'t-1",
        "<html>Welcome</html>"
      })
  void shouldNotKnowWhatAnAnswerWithoutATaskMeans(String body) {
    assertThat(submit(200, body)).isEqualTo(new Unknown(unknown("its answer names no task")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'invalid mv'}                          | invalid mv",
        "400 | {'type':'bad_request','error':'title too long'} | title too long",
        "400 | {'message':'missing name'}                      | missing name",
        "400 | {'type':'bad_request'}                          | bad_request",
        "400 | {'error':{'message':'odd'}}                     | HTTP 400",
        "400 | <html>                                          | HTTP 400",
        "403 | {'error':'lyrics format invalid'}               | lyrics format invalid",
        "403 | {}                                              | HTTP 403",
        "409 | {}                                              | HTTP 409",
        "300 | {'task_id':'t'}                                   | HTTP 300",
        "301 | {}                                              | HTTP 301"
      })
  void shouldRefuseWhatIsRefused(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new Refused(
                new Reason("provider-refused", "musicapi-producer refused the request: " + said)));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    assertThat(submit(401, "{'error':'authorization header missing'}"))
        .isEqualTo(new Closed(TOKEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {'type':'insufficient_credits','error':'not enough'} | not enough",
        "402 | {'type':'insufficient_credits'}                      | insufficient_credits",
        "402 |                                                      | HTTP 402",
        "403 | {'error':'Credits are not enough'}                   | Credits are not enough",
        "403 | {'error':'No active subscription'}                   | No active subscription"
      })
  void shouldTellThatTheAccountIsInTrouble(int status, String body, String said) {
    assertThat(submit(status, body == null ? "" : body))
        .isEqualTo(new AccountTrouble(account(said), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Copyrighted lyrics",
        "inappropriate content",
        "description needs MODERATION",
        "sensitive words",
        "an artist name is used",
        "Producer tag used"
      })
  void shouldTellModeration(String said) {
    assertThat(submit(403, "{'error':'" + said + "'}"))
        .isEqualTo(
            new Moderated(
                new Reason("moderated", "musicapi-producer refused the prompt: " + said)));
  }

  @Test
  void shouldTakeTheSameWordsForModerationIn403Only() {
    assertThat(submit(400, "{'error':'artist'}")).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "404 |                                                    | HTTP 404",
        "410 | {'type':'endpoint_retired','error':'task retired'} | task retired",
        "410 | {'type':'endpoint_retired'}                        | endpoint_retired"
      })
  void shouldTellThatItIsRetired(int status, String body, String said) {
    assertThat(submit(status, body == null ? "" : body))
        .isEqualTo(
            new Closed(
                new Reason(
                    "provider-retired", "musicapi-producer no longer serves this: " + said)));
  }

  @Test
  void shouldTryLaterWhenItIsBusy() {
    Reason reason =
        new Reason("provider-busy", "musicapi-producer takes no more jobs just now: slow down");
    assertThat(submit(429, "{'error':'slow down'}"))
        .isEqualTo(new TryLater(reason, Optional.empty()));
    stub.answer(CREATE, 429, "{\"error\":\"slow down\"}", "Retry-After", "9");
    assertThat(producer.submit(ORDER))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':'internal error'}                      | internal error",
        "502 | {'type':'upstream_error','error':'upstream'}    | upstream",
        "503 | <html>                                          | HTTP 503",
        "504 | {'error':'task timed out'}                      | task timed out",
        "599 | []                                              | HTTP 599"
      })
  void shouldNotKnowWhatAServerErrorMeans(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Unknown(unknown(said)));
  }

  @Test
  void shouldTryLaterWhenNobodyListens() {
    stub.stop();
    assertThat(producer.submit(ORDER))
        .isEqualTo(new TryLater(unavailable("ConnectException"), Optional.empty()));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(CREATE);
    Unknown outcome = (Unknown) producer.submit(ORDER);
    assertThat(outcome.reason().code()).isEqualTo("outcome-unknown");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    ProducerProvider tokenless =
        ProducerProvider.from(
            StubProvider.settings(
                Map.of(
                    "RIFFHOOK_ONE_MACHINE", "true", "MUSICAPI_PRODUCER_BASE_URL", stub.baseUrl())));
    assertThat(tokenless.submit(ORDER))
        .isEqualTo(
            new TryLater(
                unavailable("the setting MUSICAPI_PRODUCER_TOKEN is missing"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'message':'success','clip_id':'c-1'}",
        "{'clip_id':'c-1','data':{'clip_id':'c-2'}}",
        "{'data':{'clip_id':'c-1'}}",
        "{'data':[{'clip_id':'c-1'},{'clip_id':'c-2'}],'clip_id':7}"
      })
  void shouldTakeAnUpload(String body) {
    assertThat(register(200, body)).isEqualTo(new Usable("c-1"));
    assertThat(register(201, body)).isEqualTo(new Usable("c-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{'clip_id':''}", "{'task_id':'t'}", "{'data':[]}", "<"})
  void shouldNotTakeAnUploadWithoutAClip(String body) {
    assertThat(register(200, body))
        .isEqualTo(new NotNow(unavailable("its answer to an upload names no clip")));
  }

  @Test
  void shouldTellHowAnUploadFails() {
    String error = "{'error':'e'}";
    assertThat(register(400, error))
        .isEqualTo(new Never(reason("provider-refused", "refused the request: e")));
    assertThat(register(401, error)).isEqualTo(new NotNow(TOKEN));
    assertThat(register(402, error)).isEqualTo(new NotNow(account("e")));
    assertThat(register(403, "{'error':'copyright'}"))
        .isEqualTo(new Never(reason("moderated", "refused the prompt: copyright")));
    assertThat(register(410, error))
        .isEqualTo(new Never(reason("provider-retired", "no longer serves this: e")));
    assertThat(register(429, error))
        .isEqualTo(new NotNow(reason("provider-busy", "takes no more jobs just now: e")));
    assertThat(register(500, error)).isEqualTo(new NotNow(unavailable("e")));
  }

  @Test
  void shouldUploadAgainWhenNobodyAnswers() {
    stub.drop(UPLOAD);
    NotNow dropped = (NotNow) producer.register(file());
    assertThat(dropped.reason().code()).isEqualTo("provider-unavailable");
    stub.stop();
    assertThat(producer.register(file())).isEqualTo(new NotNow(unavailable("ConnectException")));
  }

  @Test
  void shouldTakeARegisteredFileAsUsable() {
    assertThat(producer.registered("c-1")).isEqualTo(new Usable("c-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'credits':50,'extra_credits':0}       | 50",
        "{'credits':50,'extra_credits':7}       | 57",
        "{'credits':0}                          | 0",
        "{'credits':3,'extra_credits':'7'}      | 3",
        "{'credits':3,'extra_credits':null}     | 3"
      })
  void shouldTellTheCredits(String body, long credits) {
    stub.answer(CREDITS, 200, Producers.json(body));
    assertThat(producer.standing()).isEqualTo(new Standing(OptionalLong.of(credits), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {}",
        "200 | []",
        "200 | {'credits':'50'}",
        "200 | {'credits':1.5}",
        "200 | <html>",
        "401 | {'credits':50}",
        "500 | {'credits':50}"
      })
  void shouldNotKnowTheCredits(int status, String body) {
    stub.answer(CREDITS, status, Producers.json(body));
    assertThat(producer.standing()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void shouldNotKnowTheCreditsWhenNobodyListens() {
    stub.stop();
    assertThat(producer.standing()).isEqualTo(Standing.UNKNOWN);
  }

  private SubmitOutcome submit(int status, String body) {
    stub.answer(CREATE, status, Producers.json(body));
    return producer.submit(ORDER);
  }

  private Registration register(int status, String body) {
    stub.answer(UPLOAD, status, Producers.json(body));
    return producer.register(file());
  }

  private static SourceFile file() {
    return new SourceFile(
        "song",
        ContentType.MP3,
        0,
        URI.create("https://bucket.example.com/x"),
        InputStream::nullInputStream);
  }

  private static Reason reason(String code, String detail) {
    return new Reason(code, "musicapi-producer " + detail);
  }

  private static Reason account(String said) {
    return new Reason(
        "account-needs-attention",
        "the musicapi-producer account behind MUSICAPI_PRODUCER_TOKEN must be put right by its"
            + " holder: "
            + said);
  }

  private static Reason unavailable(String said) {
    return reason("provider-unavailable", "cannot be reached: " + said);
  }

  private static Reason unknown(String said) {
    return reason(
        "outcome-unknown",
        "gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
