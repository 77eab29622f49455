package io.riffhook.providers.standard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Lookup.Denied;
import io.riffhook.domain.Lookup.Failed;
import io.riffhook.domain.Lookup.Finished;
import io.riffhook.domain.Lookup.NotNow;
import io.riffhook.domain.Lookup.Running;
import io.riffhook.domain.Lookup.Unheard;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.providers.StubProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a read of a job comes to. */
class StandardLookupTest {
  private static final String JOB = "/predictions/p-1";
  private static final String OTHER = "/v2/tracks/t-1";
  private static final String TRACK =
      """
      {"track":{"id":"t-1","state":"done","versions":[
        {"id":"v 1","meta":{"title":"Größe 大きさ 🎵","style":"folk","words":"la\\nla"},
         "length_ms":178250,"files":{"mp3":"https://cdn.tracks.example/1.mp3",
         "wav":"https://cdn.tracks.example/1.wav","art":"https://cdn.tracks.example/1.jpg",
         "stems":{"drums":"https://stems.tracks.example/d.wav","bass":7,
                  "vocals":"https://stems.tracks.example/v.wav"}}},
        {"id":2,"meta":{},"length_ms":"60500","files":{"wav":"https://cdn.tracks.example/2.wav",
         "stems":"https://stems.tracks.example/2.zip"}},
        {"id":3,"files":{"mp3":""}}]}}\
      """;

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1");

  private final StandardProvider standard = Standards.at(stub);
  private final StandardProvider other = Standards.at(stub, "MAPPING", Standards.other());

  @Test
  void shouldReadABareLink() {
    assertThat(
            lookup(
                200,
                "{'id':'p-1','status':'succeeded','error':null,'logs':'','metrics':{},"
                    + "'output':'https://replicate.delivery/x/out.wav'}"))
        .isEqualTo(
            new Finished(
                List.of(bare("p-1#1", Format.MP3, "https://replicate.delivery/x/out.wav"))));
  }

  @Test
  void shouldReadBareLinksInAList() {
    assertThat(
            lookup(
                200,
                "{'status':'succeeded','output':['https://replicate.delivery/a.mp3',null,7,'',"
                    + "' ','https://replicate.delivery/b']}"))
        .isEqualTo(
            new Finished(
                List.of(
                    bare("p-1#1", Format.MP3, "https://replicate.delivery/a.mp3"),
                    bare("p-1#6", Format.MP3, "https://replicate.delivery/b"))));
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn.tracks.example/a.wav, WAV",
    "https://cdn.tracks.example/a.WAV?x=.mp3, WAV",
    "https://cdn.tracks.example/a.mp3, MP3",
    "https://cdn.tracks.example/a.m4a, MP3",
    "https://cdn.tracks.example/wav, MP3",
    "https://cdn.tracks.example/a?file=b.wav, MP3"
  })
  void shouldBelieveTheNameOfABareLink(String url, Format format) {
    stub.answer(OTHER, 200, "{\"track\":{\"state\":\"done\",\"versions\":\"" + url + "\"}}");
    Finished finished = (Finished) other.lookup("t-1", Optional.empty());
    assertThat(finished.songs()).containsExactly(bare("t-1#1", format, url));
  }

  @Test
  void shouldReadASongAlone() {
    assertThat(
            lookup(
                200,
                "{'status':'succeeded','output':{'id':'s','title':'T','sound':'lo-fi',"
                    + "'lyrics':'la','duration':12.5,'audio':'https://replicate.delivery/a.mp3',"
                    + "'cover':'https://replicate.delivery/a.jpg'}}"))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "p-1#s",
                        "T",
                        false,
                        Optional.of("lo-fi"),
                        Optional.of("la"),
                        OptionalDouble.of(12.5),
                        Optional.empty(),
                        Map.of(Format.MP3, link("https://replicate.delivery/a.mp3")),
                        Optional.of(link("https://replicate.delivery/a.jpg"))))));
  }

  @Test
  void shouldReadSongsByTheOtherMapping() {
    stub.answer(OTHER, 200, TRACK);
    assertThat(other.lookup("t-1", Optional.empty()))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "t-1#v%201",
                        "Größe 大きさ 🎵",
                        false,
                        Optional.of("folk"),
                        Optional.of("la\nla"),
                        OptionalDouble.of(178.25),
                        Optional.empty(),
                        Map.of(
                            Format.MP3, link("https://cdn.tracks.example/1.mp3"),
                            Format.WAV, link("https://cdn.tracks.example/1.wav")),
                        Optional.of(link("https://cdn.tracks.example/1.jpg"))),
                    new ProviderSong(
                        "t-1#2",
                        "Untitled",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.of(60.5),
                        Optional.empty(),
                        Map.of(Format.WAV, link("https://cdn.tracks.example/2.wav")),
                        Optional.empty()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'id':null,'title':null,'lyrics':null,'sound':null,'duration':null,'cover':null",
        ",'id':{},'title':7,'lyrics':{},'sound':[],'duration':[1],'cover':3",
        ",'id':' ','title':' ','lyrics':'','sound':'','duration':-1,'cover':''",
        ",'id':1.5,'duration':'soon','cover':' ','new':{'yes':[true]}",
        ",'duration':'{}'",
        ",'duration':1e400"
      })
  void shouldReadASongThatLacksFields(String fields) {
    assertThat(
            lookup(
                200,
                "{'status':'succeeded','output':[{'audio':'https://replicate.delivery/a'"
                    + fields
                    + "}]}"))
        .isEqualTo(
            new Finished(List.of(bare("p-1#1", Format.MP3, "https://replicate.delivery/a"))));
  }

  @Test
  void shouldReadHugeLyrics() {
    String lyrics = "la 大 ".repeat(200_000) + "end";
    Finished finished =
        (Finished)
            lookup(
                200,
                "{'status':'succeeded','output':{'audio':'https://replicate.delivery/a','lyrics':'"
                    + lyrics
                    + "'}}");
    assertThat(finished.songs().getFirst().lyrics()).contains(lyrics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'succeeded'}",
        "{'status':'succeeded','output':null}",
        "{'status':'succeeded','output':[]}",
        "{'status':'succeeded','output':[{}]}",
        "{'status':'succeeded','output':{'audio':7}}",
        "{'status':'succeeded','output':{'audio':' '}}",
        "{'status':'succeeded','output':' '}",
        "{'status':'succeeded','output':[[['https://replicate.delivery/a']]]}"
      })
  void shouldNotGiveUpAJobWhoseSongsItDoesNotFind(String body) {
    assertThat(lookup(200, body))
        .isEqualTo(notNow("its answer has no song where the mapping says"));
  }

  @ParameterizedTest
  @CsvSource({"starting", "processing"})
  void shouldTellThatItRuns(String word) {
    assertThat(lookup(200, "{'status':'" + word + "','progress':50}"))
        .isEqualTo(new Running(OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.424, 42",
    "0.426, 43",
    "1, 100",
    "1.5, 100",
    "-1, 0",
    "1e300, 100",
    "'\"1\"',",
    "null,"
  })
  void shouldTellTheProgress(String progress, Integer percent) {
    stub.answer(OTHER, 200, "{\"track\":{\"state\":\"queued\",\"progress\":" + progress + "}}");
    assertThat(other.lookup("t-1", Optional.empty()))
        .isEqualTo(new Running(percent == null ? OptionalInt.empty() : OptionalInt.of(percent)));
  }

  @Test
  void shouldTellTheProgressInStepsOfAWhole() {
    StandardProvider steps =
        Standards.at(stub, "MAPPING", Standards.other().replace("\"of\": 1", "\"of\": 40"));
    stub.answer(OTHER, 200, "{\"track\":{\"state\":\"queued\",\"progress\":10}}");
    assertThat(steps.lookup("t-1", Optional.empty())).isEqualTo(new Running(OptionalInt.of(25)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'failed','error':'out of memory'}      | out of memory",
        "{'status':'failed','error':{'message':'deep'}}   | deep",
        "{'status':'failed','error':null}                 | its status is failed",
        "{'status':'canceled','error':''}                 | its status is canceled",
        "{'status':'aborted','output':['https://replicate.delivery/a']} | its status is aborted"
      })
  void shouldTellAFailure(String body, String said) {
    assertThat(lookup(200, body))
        .isEqualTo(
            new Failed(
                new Reason("generation-failed", "standard could not make the song: " + said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'track':{'state':'blocked','problem':{'detail':'a name'}}} | a name",
        "{'track':{'state':'blocked'}}                               | its status is blocked"
      })
  void shouldTellModeration(String body, String said) {
    stub.answer(OTHER, 200, Standards.json(body));
    assertThat(other.lookup("t-1", Optional.empty()))
        .isEqualTo(new Failed(new Reason("moderated", "standard refused the prompt: " + said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'paused'}     | its status is paused, which the mapping does not know",
        "{'status':'SUCCEEDED'}  | its status is SUCCEEDED, which the mapping does not know",
        "{'status':7}            | its status is 7, which the mapping does not know",
        "{'status':true}         | its status is true, which the mapping does not know",
        "{'status':null}         | its answer has no status where the mapping says",
        "{'status':' '}          | its answer has no status where the mapping says",
        "{'status':{}}           | its answer has no status where the mapping says",
        "{}                      | its answer has no status where the mapping says",
        "[]                      | its answer has no status where the mapping says",
        "<html>                  | its answer has no status where the mapping says"
      })
  void shouldAskAgainWhereItDoesNotUnderstand(String body, String said) {
    assertThat(lookup(200, body)).isEqualTo(notNow(said));
  }

  @Test
  void shouldTakeAcceptedForRunning() {
    assertThat(lookup(202, "")).isEqualTo(new Running(OptionalInt.empty()));
    assertThat(lookup(202, "{'status':'failed'}")).isInstanceOf(Failed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "401, provider-unauthorized, standard refused our token; set STANDARD_TOKEN to a valid one",
    "403, provider-unauthorized, standard refused our token; set STANDARD_TOKEN to a valid one",
    "402, account-needs-attention, the standard account behind STANDARD_TOKEN must be put right by"
        + " its holder: oops",
    "412, account-needs-attention, the standard account behind STANDARD_TOKEN must be put right by"
        + " its holder: oops"
  })
  void shouldTellThatItIsDenied(int status, String code, String detail) {
    assertThat(lookup(status, "{'detail':'oops'}")).isEqualTo(new Denied(new Reason(code, detail)));
  }

  @Test
  void shouldNotHearOfAJob() {
    assertThat(lookup(404, "{'detail':'no such prediction'}"))
        .isEqualTo(new Unheard("no such prediction"));
    assertThat(lookup(410, "")).isEqualTo(new Unheard("HTTP 410"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 409, 429, 500, 503})
  void shouldAskAgainLater(int status) {
    assertThat(lookup(status, "")).isEqualTo(notNow("HTTP " + status));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(standard.lookup("p-1", Optional.empty())).isEqualTo(notNow("ConnectException"));
  }

  @Test
  void shouldAskAgainWhenNobodyAnswers() {
    stub.drop(JOB).drop(JOB).drop(JOB);
    NotNow dropped = (NotNow) standard.lookup("p-1", Optional.empty());
    assertThat(dropped.reason().detail()).startsWith("standard cannot be reached: ");
  }

  @Test
  void shouldListTheStemsOfASong() {
    stub.answer(OTHER, 200, TRACK);
    assertThat(other.stems("t-1#v%201", Optional.empty()))
        .isEqualTo(
            new Stems.Listed(
                Map.of(
                    "drums", link("https://stems.tracks.example/d.wav"),
                    "vocals", link("https://stems.tracks.example/v.wav"))));
  }

  @Test
  void shouldTellOfAnArchiveOfStems() {
    stub.answer(OTHER, 200, TRACK);
    assertThat(other.stems("t-1#2", Optional.empty()))
        .isEqualTo(new Stems.Archived(link("https://stems.tracks.example/2.zip")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t-1#3 | 200 | its answer has no stems",
        "t-1#4 | 200 | its answer has no stems",
        "t-1#v%201 | 404 | HTTP 404",
        "t-1 | 500 | HTTP 500"
      })
  void shouldAskForStemsAgain(String song, int status, String said) {
    stub.answer(OTHER, status, status == 200 ? TRACK : "");
    assertThat(other.stems(song, Optional.empty()))
        .isEqualTo(new Stems.NotNow(notNow(said).reason()));
  }

  @Test
  void shouldAskForStemsAgainWhenNobodyAnswers() {
    stub.drop(OTHER).drop(OTHER).drop(OTHER);
    assertThat(other.stems("t-1#2", Optional.empty())).isInstanceOf(Stems.NotNow.class);
    stub.stop();
    assertThat(other.stems("t-1#2", Optional.empty()))
        .isEqualTo(new Stems.NotNow(notNow("ConnectException").reason()));
  }

  @Test
  void shouldHaveNoStemsWhereTheMappingHasNone() {
    assertThat(standard.stems("p-1#1", Optional.empty()))
        .isEqualTo(
            new Stems.Never(
                new Reason("asset-failed", "stems could not be stored: standard gives no stems")));
    assertThat(stub.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a, 1, a#1", "a b/#, v#1, a%20b%2F%23#v%231", "user:7@x, ü, user%3A7%40x#%C3%BC"})
  void shouldNameASongByItsJob(String job, String song, String name) {
    assertThat(new SongName(job, song)).hasToString(name);
    assertThat(SongName.parse(name)).isEqualTo(new SongName(job, song));
  }

  @Test
  void shouldReadOddNames() {
    assertThat(SongName.parse("a")).isEqualTo(new SongName("a", "1"));
    assertThat(SongName.parse("#")).isEqualTo(new SongName("", ""));
    assertThat(SongName.parse("%zz#%")).isEqualTo(new SongName("%zz", "%"));
  }

  /** Whatever the answer is, it has a place among the results. */
  @Test
  void shouldTakeAnyAnswer() {
    Random random = new Random(13);
    byte[] whole = TRACK.getBytes(UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      stub.handler(
          OTHER,
          exchange -> {
            exchange.sendResponseHeaders(200, damaged.length);
            exchange.getResponseBody().write(damaged);
          });
      assertThat(other.lookup("t-1", Optional.empty())).isNotNull();
    }
  }

  private Lookup lookup(int status, String body) {
    stub.answer(JOB, status, Standards.json(body));
    return standard.lookup("p-1", Optional.empty());
  }

  private static ProviderSong bare(String id, Format format, String url) {
    return new ProviderSong(
        id,
        "Untitled",
        true,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Map.of(format, link(url)),
        Optional.empty());
  }

  private static NotNow notNow(String said) {
    return new NotNow(new Reason("provider-unavailable", "standard cannot be reached: " + said));
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
