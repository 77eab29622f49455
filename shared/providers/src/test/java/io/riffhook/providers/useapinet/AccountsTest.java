package io.riffhook.providers.useapinet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Standing.Account;
import io.riffhook.providers.Damage;
import io.riffhook.providers.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accounts in an answer. */
class AccountsTest {
  @Test
  void shouldReadTheAccountsOfThePage() {
    List<Account> accounts =
        Accounts.in(
            answer(
                200,
                """
                {"me@example.com":{"email":"me@example.com","tier":"plus","maxJobs":12,
                   "access_token":"eyJ…redacted…zmQ"},
                 "you@example.com":{"maxJobs":4,"error":"refresh token rejected"},
                 "odd":{"maxJobs":"4","error":7},"no":null,"text":"x"}\
                """));
    assertThat(accounts)
        .containsExactly(
            new Account("me@example.com", OptionalInt.of(12), Optional.empty()),
            new Account(
                "you@example.com", OptionalInt.of(4), Optional.of("refresh token rejected")),
            new Account("odd", OptionalInt.empty(), Optional.empty()));
    assertThat(Accounts.inTrouble(accounts)).containsExactly("you@example.com");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "16, 16", "-1,", "1.5,", "99999999999,", "null,", "true,"})
  void shouldReadHowManyJobs(String most, Integer expected) {
    assertThat(Accounts.maxJobs(json("{\"maxJobs\":" + most + "}")))
        .isEqualTo(expected == null ? OptionalInt.empty() : OptionalInt.of(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "[{}]", "null", "7", "\"a\"", "<html>"})
  void shouldReadNoAccounts(String body) {
    assertThat(Accounts.in(answer(200, body))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 401, 404, 500, 596})
  void shouldReadNoAccountsInAnError(int status) {
    assertThat(Accounts.in(answer(status, "{\"a\":{\"maxJobs\":1}}"))).isEmpty();
  }

  @Test
  void shouldReadNoAccountsInSilence() {
    assertThat(Accounts.in(new Reply.NoAnswer("x"))).isEmpty();
    assertThat(Accounts.in(new Reply.NotSent("x"))).isEmpty();
  }

  @Test
  void shouldPutThemInWords() {
    assertThat(Accounts.words(List.of(), "X_TOKEN")).isEqualTo("behind X_TOKEN");
    assertThat(Accounts.words(List.of("a"), "X_TOKEN")).isEqualTo("a");
    assertThat(Accounts.words(List.of("a", "b"), "X_TOKEN")).isEqualTo("a, b");
    assertThat(Accounts.only(Optional.of("a"))).containsExactly("a");
    assertThat(Accounts.only(Optional.empty())).isEmpty();
  }

  private static Reply answer(int status, String body) {
    return new Reply.Answer(status, json(body), Optional.empty());
  }

  private static JsonNode json(String text) {
    return Damage.json(text.getBytes(UTF_8));
  }
}
