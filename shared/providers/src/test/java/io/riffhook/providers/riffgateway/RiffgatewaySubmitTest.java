package io.riffhook.providers.riffgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Reason;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.domain.SubmitOutcome.Accepted;
import io.riffhook.domain.SubmitOutcome.AccountTrouble;
import io.riffhook.domain.SubmitOutcome.Closed;
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

/** What each answer to a generate call comes to. */
class RiffgatewaySubmitTest {
  private static final String PATH = "/riffusion/generate/topic";
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Prompt("rain", false),
          Optional.empty(),
          Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final RiffgatewayProvider gateway =
      RiffgatewayProvider.from(stub.settings("RIFFGATEWAY", "hk-secret"));

  @Test
  void shouldAcceptBothJobsOfThePage() {
    String body =
        """
        {"jobs": [
          {"id": "a375338b-0e3c-4072-9283-8601e09d0b86"},
          {"id": "e2e51d01-18bc-455e-9e33-851e0811a29a"}]}
        """;
    assertThat(submit(200, body))
        .isEqualTo(
            new Accepted(
                List.of(
                    "a375338b-0e3c-4072-9283-8601e09d0b86", "e2e51d01-18bc-455e-9e33-851e0811a29a"),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'jobs':[{'id':'a'}]}                                      | a",
        "201 | {'jobs':[{'id':'a'},{'id':'b'},{'id':'c'}],'status':'ok'}  | a b c",
        "202 | {'jobs':[{'id':'a','more':{}},{'id':'a'},{'id':'b'}]}      | a b",
        "200 | {'jobs':[null,7,'x',{},{'id':null},{'id':3},{'id':' '},{'id':'b'}]} | b",
        "200 | {'jobs':{'first':{'id':'a'}}}                              | a"
      })
  void shouldFindTheIds(int status, String body, String ids) {
    assertThat(submit(status, body))
        .isEqualTo(new Accepted(List.of(ids.split(" ")), Optional.empty()));
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
        "[{'id':'a'}]",
        "{'id':'a'}",
        "{'jobs':[]}",
        "{'jobs':null}",
        "{'jobs':'a'}",
        "{'jobs':['a']}",
        "{'jobs':[{'id':''}]}",
        "{'jobs':[{'id':'a'}",
        "<html><body>Welcome</body></html>"
      })
  void shouldNotKnowWhatAnAnswerWithoutIdsMeans(String body) {
    assertThat(submit(200, body)).isEqualTo(new Unknown(unknown("its answer names no job")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':{'message':'tag is required','type':'x'}} | tag is required",
        "400 | {'error':'plain'}                                  | plain",
        "400 | {'message':'top'}                                  | top",
        "400 | {'error':{'message':''},'message':'top'}           | top",
        "400 | {'error':{'message':7}}                            | HTTP 400",
        "400 | {'error':[{'message':'list'}]}                     | HTTP 400",
        "400 | <html>                                             | HTTP 400",
        "409 | {}                                                 | HTTP 409",
        "422 | {'error':{'message':'bad model'}}                  | bad model",
        "499 |                                                    | HTTP 499",
        "302 |                                                    | HTTP 302"
      })
  void shouldRefuseWhatIsRefused(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new Refused(
                new Reason("provider-refused", "riffgateway refused the request: " + said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {'error':{'message':'no balance'}} | no balance",
        "403 | {'error':{'message':'额度不足'}}    | 额度不足",
        "403 |                                    | HTTP 403"
      })
  void shouldTellThatTheAccountIsEmpty(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new AccountTrouble(
                new Reason(
                    "account-needs-attention",
                    "the riffgateway account behind RIFFGATEWAY_TOKEN must be put right by its"
                        + " holder: "
                        + said)));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    assertThat(submit(401, "{'error':{'message':'invalid key hk-secret'}}"))
        .isEqualTo(
            new Closed(
                new Reason(
                    "provider-unauthorized",
                    "riffgateway refused our token; set RIFFGATEWAY_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellThatTheServiceIsRetired(int status) {
    assertThat(submit(status, "{'error':{'message':'no such path'}}"))
        .isEqualTo(
            new Closed(
                new Reason("provider-retired", "riffgateway no longer serves this: no such path")));
  }

  @Test
  void shouldTryLaterWhenItIsBusy() {
    Reason reason =
        new Reason("provider-busy", "riffgateway takes no more jobs just now: slow down");
    String body = "{'error':{'message':'slow down'}}";
    assertThat(submit(429, body)).isEqualTo(new TryLater(reason, Optional.empty()));
    assertThat(submit(429, body, "Retry-After", "17"))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(17))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':{'message':'oops'}}       | oops",
        "502 | <html><h1>502 Bad Gateway</h1>     | HTTP 502",
        "503 | {'error':{'message':'no channel'}} | no channel",
        "524 |                                    | HTTP 524"
      })
  void shouldNotKnowWhatAServerErrorMeans(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Unknown(unknown(said)));
  }

  @Test
  void shouldTryLaterWhenNobodyListens() {
    stub.stop();
    assertThat(gateway.submit(ORDER))
        .isEqualTo(
            new TryLater(
                new Reason(
                    "provider-unavailable", "riffgateway cannot be reached: ConnectException"),
                Optional.empty()));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(PATH);
    Unknown outcome = (Unknown) gateway.submit(ORDER);
    assertThat(outcome.reason().code()).isEqualTo("outcome-unknown");
    assertThat(outcome.reason().detail())
        .startsWith("riffgateway gave no answer, so it may be making the song; waiting to hear: ");
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldNameTheSettingThatIsMissing() {
    RiffgatewayProvider tokenless =
        RiffgatewayProvider.from(
            StubProvider.settings(
                Map.of("RIFFHOOK_ONE_MACHINE", "true", "RIFFGATEWAY_BASE_URL", stub.baseUrl())));
    assertThat(tokenless.submit(ORDER))
        .isEqualTo(
            new TryLater(
                new Reason(
                    "provider-unavailable",
                    "riffgateway cannot be reached: the setting RIFFGATEWAY_TOKEN is missing"),
                Optional.empty()));
    assertThat(stub.requests()).isEmpty();
  }

  private SubmitOutcome submit(int status, String body, String... headers) {
    stub.answer(PATH, status, body == null ? "" : body.replace('\'', '"'), headers);
    return gateway.submit(ORDER);
  }

  private static Reason unknown(String said) {
    return new Reason(
        "outcome-unknown",
        "riffgateway gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
