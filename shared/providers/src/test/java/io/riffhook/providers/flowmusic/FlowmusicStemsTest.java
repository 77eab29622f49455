package io.riffhook.providers.flowmusic;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Reason;
import io.riffhook.providers.Damage;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Reply;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stems in the answers to a separation. */
class FlowmusicStemsTest {
  private static final String PATH = "/music/edit";

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/flowmusic");

  private final FlowmusicProvider flowmusic = FlowmusicProvider.from(stub.settings("FLOWMUSIC"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "North - drums, North - bass, North - vocals, North - other | drums bass vocals other",
        "North - other, North - vocals, North - bass, North - drums | other vocals bass drums",
        "North (Vocals), DRUMS, bass_of North, the.other.           | vocals drums bass other",
        "North, North, North, North                                 | drums bass vocals other",
        "Bass - drums, Bass - bass, Bass - vocals, Bass - other     | drums bass vocals other",
        "Vocals - Bass, Bass - Bass, Drums - Bass, Other - Bass     | drums bass vocals other",
        "North - bass, North, North, North                          | bass drums vocals other",
        "North - vocals, North, North - drums, North                | vocals bass drums other",
        "North - drums, North - drums, North - bass, North - other  | drums vocals bass other",
        "basses, drumsticks, vocal, another                         | drums bass vocals other",
        "North - vocals                                             | vocals",
        "North, North                                               | drums bass",
        "a, b, c, d, e, f                                  | drums bass vocals other stem-5 stem-6",
        "a, b, c, d, North - drums                                  | bass vocals other stem-4"
            + " drums"
      })
  void shouldNameTheStems(String titles, String names) {
    StringBuilder clips = new StringBuilder();
    Map<String, AssetSource> expected = new LinkedHashMap<>();
    String[] stems = names.split(" ");
    String[] all = Arrays.stream(titles.split(",")).map(String::strip).toArray(String[]::new);
    for (int i = 0; i < all.length; i++) {
      clips
          .append(i == 0 ? "" : ",")
          .append("{'clip':'c','title':'%s','wav_url':'https://h/%d.wav'}".formatted(all[i], i));
      expected.put(stems[i], link("https://h/" + i + ".wav"));
    }
    assertThat(expected).hasSameSizeAs(all);
    assertThat(stems(200, "[" + clips + "]")).isEqualTo(new Stems.Listed(expected));
    assertThat(stems(201, "{'jobid':'j','status':'completed','clips':[" + clips + "]}"))
        .isEqualTo(new Stems.Listed(expected));
  }

  @Test
  void shouldTakeTheOtherLinkWhereThereIsNoWav() {
    assertThat(
            stems(
                200,
                "[{'title':null,'wav_url':null,'audio_url':'https://h/1.m4a'},"
                    + "{'title':7,'wav_url':'x','audio_url':'https://h/2.m4a'},"
                    + "{'audio_url':'https://h/3.m4a','wav_url':'https://h/3.wav'},"
                    + "{'title':'North - other'},null,7,'x']"))
        .isEqualTo(
            new Stems.Listed(
                Map.of(
                    "drums", link("https://h/1.m4a"),
                    "bass", link("https://h/2.m4a"),
                    "vocals", link("https://h/3.wav"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "7", "{'clips':null}", "{'clips':[{}]}", "<html>"})
  void shouldTellThatThereAreNone(String body) {
    assertThat(stems(200, body)).isEqualTo(notNow("its answer lists no stems"));
  }

  @Test
  void shouldTellWhyThereAreNone() {
    assertThat(stems(200, "{'status':'failed','error':{'message':'too short'}}"))
        .isEqualTo(notNow("too short"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 408, 409, 429, 500, 502, 503, 504, 596})
  void shouldAskAgain(int status) {
    assertThat(stems(status, "<html>")).isEqualTo(notNow("HTTP " + status));
    assertThat(stems(status, "{'error':'why'}")).isEqualTo(notNow("why"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 422})
  void shouldNotAskAgainForWhatIsRefused(int status) {
    assertThat(stems(status, "{'error':'no such clip','code':404}"))
        .isEqualTo(
            new Stems.Never(
                new Reason("provider-refused", "flowmusic refused the request: no such clip")));
  }

  @Test
  void shouldNotAskAgainWhenTheServiceIsRetired() {
    assertThat(stems(410, "{}"))
        .isEqualTo(
            new Stems.Never(
                new Reason("provider-retired", "flowmusic no longer serves this: HTTP 410")));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(flowmusic.stems("c", Optional.empty())).isEqualTo(notNow("ConnectException"));
  }

  @Test
  void shouldAskOnceForEachTry() {
    stub.drop(PATH);
    assertThat(flowmusic.stems("c", Optional.empty())).isInstanceOf(Stems.NotNow.class);
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldTakeAnyAnswer() {
    String document =
        "{\"clips\":[{\"title\":\"a - drums\",\"wav_url\":\"https://h/1\"},"
            + "{\"title\":\"bass\",\"audio_url\":\"https://h/2\"}],\"error\":{\"message\":\"m\"}}";
    Damage.ofValues(
        document,
        body ->
            assertThat(FlowmusicStems.of(new Reply.Answer(200, body, Optional.empty())))
                .isNotNull());
  }

  private Stems stems(int status, String body) {
    stub.answer(PATH, status, body.replace('\'', '"'));
    return flowmusic.stems("clip-1", Optional.empty());
  }

  private static Stems notNow(String said) {
    return new Stems.NotNow(
        new Reason("provider-unavailable", "flowmusic cannot be reached: " + said));
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
