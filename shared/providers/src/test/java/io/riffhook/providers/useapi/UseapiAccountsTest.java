package io.riffhook.providers.useapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Lookup.Finished;
import io.riffhook.domain.Lookup.Unheard;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Standing;
import io.riffhook.domain.Standing.Account;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that want an account where several are configured, and how the accounts stand. */
class UseapiAccountsTest {
  private static final String MUSIC = "/music/";
  private static final String WANTED = "{\"error\":\"Parameter user_id is required\",\"code\":400}";
  private static final String DONE = "[{\"id\":\"s\",\"status\":\"completed\"}]";

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @Test
  void shouldTryEachAccountOnce() {
    stub.answer("/accounts", 200, "{\"u-1\":{},\"u 2\":{},\"u-3\":{},\"u-4\":{}}");
    stub.answer(MUSIC, 400, WANTED).answer(MUSIC, 400, WANTED);
    stub.answer(MUSIC, 200, "[]").answer(MUSIC, 200, DONE);
    Finished finished = (Finished) useapi.lookup("p-1", Optional.empty());
    assertThat(finished.songs().getFirst().audio())
        .containsEntry(
            Format.MP3, new AssetSource.ApiDownload("s", Format.MP3, Optional.of("u-3")));
    assertThat(targets())
        .containsExactly(
            "/v1/riffusion/music/?id=p-1",
            "/v1/riffusion/accounts",
            "/v1/riffusion/music/?id=p-1&user_id=u-1",
            "/v1/riffusion/music/?id=p-1&user_id=u+2",
            "/v1/riffusion/music/?id=p-1&user_id=u-3");
  }

  @Test
  void shouldTellTheRefusalWhereNoAccountKnowsTheJob() {
    stub.answer("/accounts", 200, "{\"u-1\":{},\"u-2\":{}}");
    stub.answer(MUSIC, 400, WANTED).answer(MUSIC, 201, DONE).drop(MUSIC).drop(MUSIC);
    assertThat(useapi.lookup("p-1", Optional.empty()))
        .isEqualTo(new Unheard("Parameter user_id is required"));
  }

  @Test
  void shouldNotTryTooManyAccounts() {
    StringBuilder accounts = new StringBuilder("{\"u\":{}");
    IntStream.range(1, 20).forEach(i -> accounts.append(",\"u-").append(i).append("\":{}"));
    stub.answer("/accounts", 200, accounts + "}");
    stub.answer(MUSIC, 400, WANTED);
    for (int i = 0; i < 8; i++) {
      stub.answer(MUSIC, 200, "[]");
    }
    assertThat(useapi.lookup("p-1", Optional.empty())).isInstanceOf(Unheard.class);
    assertThat(stub.requests()).hasSize(10);
  }

  @Test
  void shouldNotTryOthersWhereTheAccountIsKnown() {
    stub.answer(MUSIC, 400, WANTED);
    assertThat(useapi.lookup("p-1", Optional.of("u-1"))).isInstanceOf(Unheard.class);
    assertThat(stub.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'no such id'}",
        "404 | {'error':'user_id'}",
        "500 | {'error':'user_id'}"
      })
  void shouldNotTryAccountsForOtherRefusals(int status, String body) {
    stub.answer(MUSIC, status, body.replace('\'', '"'));
    Lookup lookup = useapi.lookup("p-1", Optional.empty());
    assertThat(lookup).isNotInstanceOf(Finished.class);
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldFindStemsOnAnyAccount() {
    stub.answer("/accounts", 200, "{\"u-1\":{}}");
    stub.answer("/music/download/", 400, WANTED);
    stub.answer("/music/download/", 200, "{\"drums\":\"https://h/d\"}");
    assertThat(useapi.stems("s", Optional.empty()))
        .isEqualTo(
            new Stems.Listed(Map.of("drums", new AssetSource.Link(URI.create("https://h/d")))));
    assertThat(targets())
        .last()
        .isEqualTo("/v1/riffusion/music/download/?id=s&download_format=stems&user_id=u-1");
  }

  @Test
  void shouldTellHowTheAccountsStand() {
    stub.answer(
        "/accounts",
        200,
        """
        {"u-1":{"user_id":"u-1","maxJobs":6,"jwt":{"access_token":"…secured…"}},
         "u-2":{"user_id":"u-2","error":"cookie expired"}}\
        """);
    stub.answer(
        "/scheduler/available",
        200,
        """
        {"executing":[],"available":[
          {"user_id":"u-1","maxJobs":4,"executing":1,"available":3},
          {"user_id":"u-2","maxJobs":5,"executing":0,"available":5},
          {"user_id":"u-3","maxJobs":2},{"maxJobs":1},null,7]}\
        """);
    assertThat(useapi.standing())
        .isEqualTo(
            new Standing(
                OptionalLong.empty(),
                List.of(
                    new Account("u-1", OptionalInt.of(6), Optional.empty()),
                    new Account("u-2", OptionalInt.of(5), Optional.of("cookie expired")),
                    new Account("u-3", OptionalInt.of(2), Optional.empty()))));
    assertThat(targets())
        .containsExactly("/v1/riffusion/accounts", "/v1/riffusion/scheduler/available");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500, 596})
  void shouldTellWhatOneOfBothTells(int status) {
    stub.answer("/accounts", 200, "{\"u-1\":{}}");
    stub.answer("/scheduler/available", status, "{\"available\":[{\"user_id\":\"u-2\"}]}");
    assertThat(useapi.standing().accounts())
        .containsExactly(new Account("u-1", OptionalInt.empty(), Optional.empty()));
    stub.answer("/accounts", status, "{\"u-1\":{}}");
    stub.answer("/scheduler/available", 200, "{\"available\":[{\"user_id\":\"u-2\"}]}");
    assertThat(useapi.standing().accounts())
        .containsExactly(new Account("u-2", OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void shouldKnowNothingWhenNobodyListens() {
    stub.stop();
    assertThat(useapi.standing()).isEqualTo(Standing.UNKNOWN);
  }

  private List<String> targets() {
    return stub.requests().stream().map(Request::target).toList();
  }
}
