package io.riffhook.providers.musicapi;

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
class MusicapiSubmitTest {
  private static final String PATH = "/api/v1/riffusion/create";
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Prompt("rain", false),
          Optional.empty(),
          Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final MusicapiProvider musicapi =
      MusicapiProvider.from(stub.settings("MUSICAPI", "sk-secret"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'message':'success','task_id':'t-1'}",
        "200 | {'code':200,'message':'success','task_id':'t-1'}",
        "200 | {'task_id':'t-1','task':7,'data':[{'clip_id':'c'}],'code':null}",
        "201 | {'task_id':'t-1'}",
        "202 | {'task_id':'t-1'}"
      })
  void shouldAcceptATask(int status, String body) {
    assertThat(submit(status, body)).isEqualTo(new Accepted(List.of("t-1"), Optional.empty()));
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
        "'t-1'",
        "[{'task_id':'t-1'}]",
        "{'task_id':''}",
        "{'task_id':' '}",
        "{'task_id':7}",
        "{'task_id':null}",
        "{'task_id':'t-1",
        "{'message':'success'}",
        "{'error':'odd'}",
        "<html><body>Welcome</body></html>"
      })
  void shouldNotKnowWhatAnAnswerWithoutATaskMeans(String body) {
    assertThat(submit(200, body)).isEqualTo(new Unknown(unknown("its answer names no task")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'The prompt character length should be less than 3000.'}"
            + " | The prompt character length should be less than 3000.",
        "400 | {'type':'validation','error':'bad mv'} | bad mv",
        "400 | {'message':'bad mv'}                   | bad mv",
        "400 | {'error':'','message':'bad mv'}        | bad mv",
        "400 | {'error':{'message':'odd'}}            | HTTP 400",
        "400 | {'error':['odd'],'message':7}          | HTTP 400",
        "400 | <html>                                 | HTTP 400",
        "400 |                                        | HTTP 400",
        "403 | {'error':'The lyrics format is invalid. Please check and try again.'}"
            + " | The lyrics format is invalid. Please check and try again.",
        "403 | <html>                                 | HTTP 403",
        "409 | {'error':'odd'}                        | odd",
        "422 | {'error':'odd'}                        | odd",
        "499 | {}                                     | HTTP 499",
        "302 | {}                                     | HTTP 302"
      })
  void shouldRefuseWhatIsRefused(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new Refused(new Reason("provider-refused", "musicapi refused the request: " + said)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The lyrics contain copyrighted content: 'la la'. Please use original lyrics.",
        "The lyrics contain inappropriate content: 'buy credits, no subscription'.",
        "The song description needs moderation review.",
        "The song description contains an artist name.",
        "A PRODUCER TAG was used.",
        "Copyrighted"
      })
  void shouldTellModerationApart(String said) {
    assertThat(submit(403, "{'error':'" + said.replace("'", "`") + "'}"))
        .isEqualTo(
            new Moderated(
                new Reason("moderated", "musicapi refused the prompt: " + said.replace("'", "`"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {'type':'insufficient_credits','error':'Top up.'} | Top up.",
        "402 | {}                                                | HTTP 402",
        "403 | {'error':'The remaining credits are not enough.'}"
            + " | The remaining credits are not enough.",
        "403 | {'error':'You do not have an active subscription.'}"
            + " | You do not have an active subscription.",
        "403 | {'error':'CREDITS not enough'} | CREDITS not enough"
      })
  void shouldTellThatTheAccountIsEmpty(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new AccountTrouble(
                new Reason(
                    "account-needs-attention",
                    "the musicapi account behind MUSICAPI_TOKEN must be put right by its holder: "
                        + said)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':'Authorization header is missing.'}",
        "{'error':'Invalid authorization format.'}",
        ""
      })
  void shouldTellThatTheTokenIsRefused(String body) {
    assertThat(submit(401, body))
        .isEqualTo(
            new Closed(
                new Reason(
                    "provider-unauthorized",
                    "musicapi refused our token; set MUSICAPI_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "410 | {'type':'endpoint_retired','error':'use producer'} | use producer",
        "410 | {'type':'endpoint_retired'}                        | HTTP 410",
        "404 | <html>                                             | HTTP 404"
      })
  void shouldTellThatTheServiceIsRetired(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new Closed(new Reason("provider-retired", "musicapi no longer serves this: " + said)));
  }

  @Test
  void shouldTryLaterWhenItIsBusy() {
    Reason reason = new Reason("provider-busy", "musicapi takes no more jobs just now: slow down");
    String body = "{'error':'slow down'}";
    assertThat(submit(429, body)).isEqualTo(new TryLater(reason, Optional.empty()));
    assertThat(submit(429, body, "Retry-After", "17"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(17))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':'internal error'}                   | internal error",
        "502 | {'type':'upstream_error','error':'upstream'} | upstream",
        "503 | <html>                                       | HTTP 503",
        "504 | {'error':'task timed out'}                   | task timed out",
        "599 | []                                           | HTTP 599"
      })
  void shouldNotKnowWhatAServerErrorMeans(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Unknown(unknown(said)));
  }

  @Test
  void shouldTryLaterWhenNobodyListens() {
    stub.stop();
    assertThat(musicapi.submit(ORDER))
        .isEqualTo(
            new TryLater(
                new Reason("provider-unavailable", "musicapi cannot be reached: ConnectException"),
                Optional.empty()));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(PATH);
    Unknown outcome = (Unknown) musicapi.submit(ORDER);
    assertThat(outcome.reason().code()).isEqualTo("outcome-unknown");
    assertThat(outcome.reason().detail())
        .startsWith("musicapi gave no answer, so it may be making the song; waiting to hear: ");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    MusicapiProvider tokenless =
        MusicapiProvider.from(
            StubProvider.settings(
                Map.of("RIFFHOOK_ONE_MACHINE", "true", "MUSICAPI_BASE_URL", stub.baseUrl())));
    assertThat(tokenless.submit(ORDER))
        .isEqualTo(
            new TryLater(
                new Reason(
                    "provider-unavailable",
                    "musicapi cannot be reached: the setting MUSICAPI_TOKEN is missing"),
                Optional.empty()));
    assertThat(stub.requests()).isEmpty();
  }

  private SubmitOutcome submit(int status, String body, String... headers) {
    stub.answer(PATH, status, body == null ? "" : body.replace('\'', '"'), headers);
    return musicapi.submit(ORDER);
  }

  private static Reason unknown(String said) {
    return new Reason(
        "outcome-unknown",
        "musicapi gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
