package io.riffhook.providers.standard;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a create call comes to. */
class StandardSubmitTest {
  private static final String CREATE = "/predictions";
  private static final String OTHER = "/v2/tracks/job-1";
  private static final Order ORDER =
      new Order(
          new JobId("job-1"),
          new Operation.Prompt("rain", false),
          Optional.empty(),
          Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1");

  private final StandardProvider standard = Standards.at(stub);
  private final StandardProvider other = Standards.at(stub, "MAPPING", Standards.other());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "201 | {'id':'p-1','status':'starting','output':null,'new':[{}]} | p-1",
        "200 | {'id':'p-1','status':'succeeded'}                         | p-1",
        "202 | {'id':12345678901}                                        | 12345678901",
        "299 | {'id':' p ü '}                                            | ~ p ü ~"
      })
  void shouldAcceptAJob(int status, String body, String id) {
    assertThat(submit(status, body)).isEqualTo(new Accepted(List.of(id), Optional.empty()));
  }

  @Test
  void shouldFindTheIdWhereTheMappingSays() {
    stub.answer(OTHER, 200, "{\"id\":\"no\",\"track\":{\"id\":\"t-1\"}}");
    assertThat(other.submit(ORDER)).isEqualTo(new Accepted(List.of("t-1"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "7",
        "'p'",
        "{'id':''}",
        "{'id':null}",
        "{'id':1.5}",
        "{'id':{}}",
        "[{'id':'p'}]",
        "{'id':'p",
        "<html>"
      })
  void shouldNotKnowWhatAnAnswerWithoutAnIdMeans(String body) {
    assertThat(submit(200, body))
        .isEqualTo(new Unknown(unknown("its answer names no job where the mapping says")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'bad','detail':'worse'}            | bad",
        "400 | {'title':'Bad','detail':'no such input','status':400} | no such input",
        "400 | {'title':'Bad'}                             | Bad",
        "400 | {'message':'m','title':'t'}                 | m",
        "400 | {'error':{'message':'deep','code':7}}       | deep",
        "400 | {'error':7,'detail':['x']}                  | HTTP 400",
        "400 | <html>                                      | HTTP 400",
        "409 | {}                                          | HTTP 409",
        "422 | {'detail':'version does not exist'}         | version does not exist",
        "422 | {'status':'failed','error':'no'}            | no",
        "300 | {'id':'p'}                                  | HTTP 300",
        "302 | {}                                          | HTTP 302"
      })
  void shouldRefuseWhatIsRefused(int status, String body, String said) {
    assertThat(submit(status, body))
        .isEqualTo(
            new Refused(new Reason("provider-refused", "standard refused the request: " + said)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void shouldTellModeration(int status) {
    stub.answer(
        OTHER, status, "{\"track\":{\"state\":\"blocked\",\"problem\":{\"detail\":\"a name\"}}}");
    assertThat(other.submit(ORDER))
        .isEqualTo(new Moderated(new Reason("moderated", "standard refused the prompt: a name")));
  }

  @Test
  void shouldNotTakeAServerErrorForModeration() {
    stub.answer(OTHER, 500, "{\"track\":{\"state\":\"blocked\"}}");
    assertThat(other.submit(ORDER)).isEqualTo(new Unknown(unknown("HTTP 500")));
  }

  @Test
  void shouldFindWhatWentWrongBesideTheJob() {
    stub.answer(OTHER, 400, "{\"problem\":{\"detail\":\"outside\"}}");
    assertThat(((Refused) other.submit(ORDER)).reason().detail()).endsWith(": outside");
    stub.answer(
        OTHER,
        400,
        "{\"problem\":{\"detail\":\"outside\"},\"track\":{\"problem\":{\"detail\":\"inside\"}}}");
    assertThat(((Refused) other.submit(ORDER)).reason().detail()).endsWith(": inside");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void shouldTellThatTheTokenIsRefused(int status) {
    assertThat(submit(status, "{'detail':'Unauthenticated'}"))
        .isEqualTo(
            new Closed(
                new Reason(
                    "provider-unauthorized",
                    "standard refused our token; set STANDARD_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 412})
  void shouldTellThatTheAccountIsInTrouble(int status) {
    assertThat(submit(status, "{'detail':'Insufficient credit'}"))
        .isEqualTo(
            new AccountTrouble(
                new Reason(
                    "account-needs-attention",
                    "the standard account behind STANDARD_TOKEN must be put right by its holder:"
                        + " Insufficient credit"),
                List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 410})
  void shouldTellThatItIsRetired(int status) {
    assertThat(submit(status, "{}"))
        .isEqualTo(
            new Closed(
                new Reason("provider-retired", "standard no longer serves this: HTTP " + status)));
  }

  @Test
  void shouldTryLaterWhenItIsBusy() {
    Reason reason = new Reason("provider-busy", "standard takes no more jobs just now: throttled");
    assertThat(submit(429, "{'detail':'throttled'}"))
        .isEqualTo(new TryLater(reason, Optional.empty()));
    stub.answer(CREATE, 429, "{\"detail\":\"throttled\"}", "Retry-After", "9");
    assertThat(standard.submit(ORDER))
        .isEqualTo(new TryLater(reason, Optional.of(Duration.ofSeconds(9))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'detail':'oops'} | oops",
        "502 | <html>            | HTTP 502",
        "599 | {}                | HTTP 599"
      })
  void shouldNotKnowWhatAServerErrorMeans(int status, String body, String said) {
    assertThat(submit(status, body)).isEqualTo(new Unknown(unknown(said)));
  }

  @Test
  void shouldTryLaterWhenNobodyListens() {
    stub.stop();
    assertThat(standard.submit(ORDER))
        .isEqualTo(new TryLater(unavailable("ConnectException"), Optional.empty()));
  }

  @Test
  void shouldNotKnowWhatADroppedConnectionMeans() {
    stub.drop(CREATE);
    assertThat(((Unknown) standard.submit(ORDER)).reason().code()).isEqualTo("outcome-unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STANDARD_BASE_URL", "STANDARD_TOKEN"})
  void shouldNameTheSettingThatIsMissing(String missing) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "RIFFHOOK_ONE_MACHINE", "true",
                "STANDARD_BASE_URL", stub.baseUrl(),
                "STANDARD_TOKEN", "key-1234"));
    settings.remove(missing);
    assertThat(StandardProvider.from(StubProvider.settings(settings)).submit(ORDER))
        .isEqualTo(
            new TryLater(unavailable("the setting " + missing + " is missing"), Optional.empty()));
  }

  private SubmitOutcome submit(int status, String body) {
    stub.answer(CREATE, status, Standards.json(body));
    return standard.submit(ORDER);
  }

  private static Reason unavailable(String said) {
    return new Reason("provider-unavailable", "standard cannot be reached: " + said);
  }

  private static Reason unknown(String said) {
    return new Reason(
        "outcome-unknown",
        "standard gave no answer, so it may be making the song; waiting to hear: " + said);
  }
}
