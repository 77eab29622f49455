package io.riffhook.providers.useapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Reason;
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stems in answers of many shapes, for no page shows theirs. */
class UseapiStemsTest {
  private static final String PATH = "/music/download/";

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'drums':'https://h/d','bass':'https://h/b'}",
        "{'stems':{'drums':'https://h/d','bass':'https://h/b'}}",
        "{'drums':['https://h/d'],'bass':['https://h/b']}",
        "{'drums':{'url':'https://h/d'},'bass':{'url':'https://h/b'}}",
        "{'drums':{'url':{'download_url':'https://h/d'}},'bass':'https://h/b'}",
        "[{'name':'drums','url':'https://h/d'},{'name':'bass','url':'https://h/b'}]",
        "[{'url':'https://h/d','stem':'drums'},{'type':'bass','audio_url':'https://h/b'}]",
        "{'stems':[{'label':'drums','file':'https://h/d'},{'instrument':'bass','f':'https://h/b'}]}",
        "{'stems':[{'name':'drums','file':{'url':'https://h/d'}},{'name':'bass','x':['https://h/b']}]}",
        "{'drums':'https://h/d','bass':'https://h/b','id':'s','n':3,'ok':true,'no':null,"
            + "'path':'/x','text':'see https://h/x','ftp':'ftp://h/x',"
            + "'empty':'','more':{},'list':[1,'x',null]}"
      })
  void shouldFindTheStems(String body) {
    assertThat(stems(200, body))
        .isEqualTo(
            new Stems.Listed(Map.of("drums", link("https://h/d"), "bass", link("https://h/b"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "['https://h/1','https://h/2']                        | stem  | stem-2",
        "'https://h/1'                                        | stem  |",
        "{'url':'https://h/1'}                                | stem  |",
        "{'drums':['https://h/1','https://h/2']}              | drums | drums-2",
        "{'name':'https://h/1'}                               | name  |",
        "[{'name':'a','x':'https://h/1'},{'name':'a','x':'https://h/2'}] | a | a-2",
        "[{'name':' ','type':'b','x':'https://h/1'}]          | b     |"
      })
  void shouldNameTheStems(String body, String first, String second) {
    Map<String, AssetSource> expected =
        second == null
            ? Map.of(first, link("https://h/1"))
            : Map.of(first, link("https://h/1"), second, link("https://h/2"));
    assertThat(stems(200, body)).isEqualTo(new Stems.Listed(expected));
  }

  @Test
  void shouldListAStemWhoseLinkIsOddOrUnreadable() {
    assertThat(stems(200, "{'vocals':'https://h/lead vocals.wav','drums':'HTTPS://h:x/d'}"))
        .isEqualTo(
            new Stems.Listed(
                Map.of(
                    "vocals",
                    link("https://h/lead%20vocals.wav"),
                    "drums",
                    new AssetSource.Unreadable(
                        "its drums cannot be read: it must have a port from 1 to 65535"))));
  }

  @Test
  void shouldNumberStemsOnWhenANumberIsTaken() {
    assertThat(stems(200, "{'a-2':'https://h/1','a':['https://h/2','https://h/3']}"))
        .isEqualTo(
            new Stems.Listed(
                Map.of(
                    "a-2", link("https://h/1"),
                    "a", link("https://h/2"),
                    "a-3", link("https://h/3"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "7", "{'drums':null}", "<html>", "ID3 no JSON"})
  void shouldTellThatThereAreNoneYet(String body) {
    assertThat(stems(200, body)).isEqualTo(notNow("its answer lists no stems"));
  }

  @Test
  void shouldAskAgainAfterA400() {
    assertThat(stems(400, Seed.read(getClass(), "error-400.json")))
        .isEqualTo(notNow("<Error message>"));
  }

  @ParameterizedTest
  @CsvSource({"401", "404", "429", "500", "503", "596"})
  void shouldAskAgainAfterOtherErrors(int status) {
    assertThat(stems(status, "<html>")).isEqualTo(notNow("HTTP " + status));
  }

  @Test
  void shouldNotAskAgainWhenTheServiceIsRetired() {
    assertThat(stems(410, "{'error':'decommissioned','code':410}"))
        .isEqualTo(
            new Stems.Never(
                new Reason("provider-retired", "useapi no longer serves this: decommissioned")));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(useapi.stems("s-1", Optional.empty())).isEqualTo(notNow("ConnectException"));
  }

  private Stems stems(int status, String body) {
    stub.answer(PATH, status, body.replace('\'', '"'));
    return useapi.stems("s-1", Optional.empty());
  }

  private static Stems notNow(String said) {
    return new Stems.NotNow(
        new Reason("provider-unavailable", "useapi cannot be reached: " + said));
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
