package io.riffhook.providers.useapinet;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Provider.Found;
import io.riffhook.providers.Damage;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Endpoint;
import io.riffhook.providers.http.ProviderHttp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether our job is among those that run. */
class RunningJobsTest {
  private static final JobId JOB = new JobId("job-1");
  private static final Found UNREAD = new Found.CannotTell("it runs jobs that could not be read");

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/mureka");

  /** The list of the page, whose jobs show no reference. */
  private static final String BY_ACCOUNT =
      """
      {"total":2,"music":2,"tts":0,"accounts":{
        "111":{"total":1,"jobs":[{"jobid":"a","verb":"music/create","elapsed":"00:24"}]},
        "222":{"total":1,"jobs":[{"jobid":"b","verb":"music/extend","elapsed":"00:09"}]}},
       "availableAccounts":["111","222"]}\
      """;

  @Test
  void shouldFindAJobByItsReference() {
    assertThat(
            find(
                200,
                """
                [{"jobid":"a","email":"x@h","replyRef":"job-2"},
                 {"jobid":"b","email":"y@h","request":{"replyRef":"job-1"}}]\
                """))
        .isEqualTo(new Found.There(List.of("b"), Optional.of("y@h")));
    assertThat(stub.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'jobid':'a','replyRef':'job-1'}]                                     |",
        "{'x@h':{'maxJobs':4,'jobs':[{'jobid':'a','replyRef':'job-1'}]}}        |",
        "{'jobs':[null,7,{'jobid':'a','replyRef':'job-1','email':'m@h'}]}       | m@h",
        "{'jobid':'a','replyRef':'job-1','request':{'account':'111'}}           | 111",
        "[{'jobid':'a','replyRef':'job-1','request':{'replyRef':'job-2'}}]      |"
      })
  void shouldFindAJobInAnyListing(String body, String account) {
    assertThat(find(200, body))
        .isEqualTo(new Found.There(List.of("a"), Optional.ofNullable(account)));
  }

  @Test
  void shouldReadJobsThatShowNoReference() {
    stub.answer("/jobs/a", 200, "{\"jobid\":\"a\",\"request\":{\"replyRef\":\"job-2\"}}");
    stub.answer(
        "/jobs/b",
        200,
        "{\"jobid\":\"b\",\"request\":{\"account\":\"222\",\"replyRef\":\"job-1\"}}");
    assertThat(find(200, BY_ACCOUNT)).isEqualTo(new Found.There(List.of("b"), Optional.of("222")));
    assertThat(stub.requests())
        .extracting(StubProvider.Request::target)
        .containsExactly("/v1/mureka/jobs/", "/v1/mureka/jobs/a", "/v1/mureka/jobs/b");
  }

  @Test
  void shouldNotFindAJobThatIsNotAmongThem() {
    stub.answer("/jobs/a", 200, "{\"replyRef\":\"job-2\"}").answer("/jobs/b", 200, "{}");
    assertThat(find(200, BY_ACCOUNT)).isEqualTo(new Found.NotThere());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[null,7,'job-1',{}]",
        "{'total':0,'accounts':{},'availableAccounts':['1']}",
        "[{'jobid':'a','replyRef':'job-10'}]",
        "[{'jobid':'a','replyRef':'JOB-1'}]",
        "[{'jobid':7,'replyRef':'job-1'}]",
        "[{'replyRef':'job-1'}]"
      })
  void shouldNotFindAJob(String body) {
    assertThat(find(200, body)).isEqualTo(new Found.NotThere());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"404 | {}", "500 | {'replyRef':'job-1'}", "200 | <html>", "200 | []", "200 | 7"})
  void shouldNotBeAbleToTellWhereAJobCannotBeRead(int status, String body) {
    stub.answer("/jobs/a", status, body).answer("/jobs/b", 200, "{}");
    assertThat(find(200, BY_ACCOUNT)).isEqualTo(UNREAD);
  }

  @Test
  void shouldFindItBesideOneThatCannotBeRead() {
    stub.answer("/jobs/a", 500, "").answer("/jobs/b", 200, "{\"replyRef\":\"job-1\"}");
    assertThat(find(200, BY_ACCOUNT)).isEqualTo(new Found.There(List.of("b"), Optional.empty()));
  }

  @Test
  void shouldStopWhenItsTimeIsUp() {
    stub.answer("/jobs/", 200, BY_ACCOUNT).answer("/jobs/a", 200, "{\"replyRef\":\"job-2\"}");
    Instant start = Instant.EPOCH;
    List<Instant> times =
        List.of(start, start.plusSeconds(15).minusNanos(1), start.plus(Duration.ofSeconds(15)));
    Iterator<Instant> next = times.iterator();
    assertThat(jobs(next::next).find(JOB)).isEqualTo(UNREAD);
    assertThat(stub.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"200 | <html>", "200 | 7", "401 | {}", "404 | []", "500 | []", "596 | {}"})
  void shouldNotBeAbleToTell(int status, String body) {
    assertThat(find(status, body)).isEqualTo(new Found.CannotTell("HTTP " + status));
  }

  @Test
  void shouldNotBeAbleToTellWhenNobodyListens() {
    stub.stop();
    assertThat(jobs(InstantSource.system()).find(JOB))
        .isEqualTo(new Found.CannotTell("ConnectException"));
  }

  @Test
  void shouldNotBeAbleToTellWhenTheConnectionIsDropped() {
    for (int i = 0; i < 10; i++) {
      stub.drop("/jobs/");
    }
    assertThat(jobs(InstantSource.system()).find(JOB)).isInstanceOf(Found.CannotTell.class);
  }

  @Test
  void shouldReadAnAccountFromAnyRecord() {
    Damage.ofValues(
        "{\"email\":\"a\",\"request\":{\"account\":\"b\"}}",
        body -> assertThat(RunningJobs.account(body)).isNotNull());
  }

  private Found find(int status, String body) {
    stub.answer("/jobs/", status, body.replace('\'', '"'));
    return jobs(InstantSource.fixed(Instant.EPOCH)).find(JOB);
  }

  private RunningJobs jobs(InstantSource clock) {
    Endpoint endpoint = Endpoint.of("MUREKA_BASE_URL", stub.baseUrl(), Set.of(), true);
    return new RunningJobs(new ProviderHttp(endpoint, () -> "token"), "/jobs/", clock);
  }
}
