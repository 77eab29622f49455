package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackTokensTest {
  private static final String OLD = "the secret of last year";
  private static final String NEW = "the secret of this year";
  private static final JobId JOB = new JobId("job-1");

  private final CallbackTokens tokens = new CallbackTokens(List.of(NEW, OLD));
  private final String token = tokens.token("useapi", JOB, 3);

  @Test
  void shouldBeTheSameForEver() {
    // A known answer: tokens that are on their way must outlive a new version.
    assertThat(token).isEqualTo("3.uRjApE0WTouY9lfhAdAfSJ_dS3MVVUvRKglwAgV2DrY");
    assertThat(token).matches("3\\.[A-Za-z0-9_-]{43}");
  }

  @Test
  void shouldTellItsAttempt() {
    assertThat(tokens.verify("useapi", "job-1", token)).hasValue(3);
  }

  @Test
  void shouldOutliveAChangeOfTheSecret() {
    String before = new CallbackTokens(List.of(OLD)).token("useapi", JOB, 1);
    assertThat(tokens.verify("useapi", "job-1", before)).hasValue(1);
    assertThat(new CallbackTokens(List.of(NEW)).verify("useapi", "job-1", before)).isEmpty();
    assertThat(new CallbackTokens(List.of(OLD)).verify("useapi", "job-1", token))
        .as("new tokens are under the newest secret")
        .isEmpty();
  }

  @Test
  void shouldBeGoodForNothingElse() {
    assertThat(tokens.verify("useapi", "job-2", token)).isEmpty();
    assertThat(tokens.verify("other", "job-1", token)).isEmpty();
    assertThat(tokens.verify("useapi", "JOB-1", token)).isEmpty();
    assertThat(tokens.verify("useapi", "job-1", token.replace("3.", "4."))).isEmpty();
    assertThat(tokens.verify("", "", token)).isEmpty();
  }

  @Test
  void shouldNotSurviveAChangeOfAnyCharacter() {
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.verify("useapi", "job-1", tampered)).as(tampered).isEmpty();
      assertThat(tokens.verify("useapi", "job-1", token.substring(0, i))).isEmpty();
    }
    assertThat(tokens.verify("useapi", "job-1", token + "=")).isEmpty();
    assertThat(tokens.verify("useapi", "job-1", token + "A")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.",
        ".x",
        "a.x",
        "-1.x",
        "+1.x",
        "1000000.x",
        "99999999999.x",
        "١.x",
        "1.\uD83D",
        "../../etc",
        "1.%00",
        " 1.x"
      })
  void shouldBeNothingElse(String garbage) {
    assertThat(tokens.verify("useapi", "job-1", garbage)).isEmpty();
  }

  @Test
  void shouldNeedASecretThatIsOne() {
    for (List<String> secrets : List.of(List.<String>of(), List.of("short"), List.of(NEW, ""))) {
      assertThatThrownBy(() -> new CallbackTokens(secrets))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "RIFFHOOK_CALLBACK_SECRETS must hold at least one secret, each of 16 characters or"
                  + " more");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sixteen-long-key,also-sixteen-key",
        " sixteen-long-key\nalso-sixteen-key\n",
        "sixteen-long-key , also-sixteen-key"
      })
  void shouldReadTheSettingNewestFirst(String setting) {
    CallbackTokens read = CallbackTokens.fromSetting(setting);
    String newest = new CallbackTokens(List.of("sixteen-long-key")).token("p", JOB, 1);
    String older = new CallbackTokens(List.of("also-sixteen-key")).token("p", JOB, 1);
    assertThat(read.token("p", JOB, 1)).isEqualTo(newest);
    assertThat(read.verify("p", "job-1", older)).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ",", "sixteen-long-key,short"})
  void shouldRefuseASettingWithoutSecrets(String setting) {
    assertThatThrownBy(() -> CallbackTokens.fromSetting(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("short")
        .hasMessageStartingWith("RIFFHOOK_CALLBACK_SECRETS");
  }

  @Test
  void shouldStandInTheUrlOfAJobThatIsCalledBack() {
    Job job = JobCases.fresh(Studio.ALICE, Studio.START);
    for (String base : List.of("https://x.example", "https://x.example/", "https://x.example//")) {
      CallbackUrls urls = new CallbackUrls(Optional.of(URI.create(base)), () -> tokens);
      assertThat(urls.reachable()).isTrue();
      assertThat(urls.of(job))
          .contains(
              URI.create(
                  "https://x.example/callbacks/useapi/"
                      + job.id()
                      + "/"
                      + tokens.token("useapi", job.id(), 1)));
    }
  }

  @Test
  void shouldNotBeReadWhereNobodyCallsBack() {
    CallbackUrls urls =
        new CallbackUrls(
            Optional.empty(),
            () -> {
              throw new AssertionError("the secrets need not be there");
            });
    assertThat(urls.reachable()).isFalse();
    assertThat(urls.of(JobCases.fresh(Studio.ALICE, Studio.START))).isEmpty();
  }
}
