package io.riffhook.providers.flowmusic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Lookup.Denied;
import io.riffhook.domain.Lookup.Failed;
import io.riffhook.domain.Lookup.Finished;
import io.riffhook.domain.Lookup.NotNow;
import io.riffhook.domain.Lookup.Running;
import io.riffhook.domain.Lookup.Unheard;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.providers.Damage;
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a read of a job comes to. */
class FlowmusicLookupTest {
  private static final String JOB = "/jobs/j-1";

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/flowmusic");

  private final FlowmusicProvider flowmusic = FlowmusicProvider.from(stub.settings("FLOWMUSIC"));

  @Test
  void shouldReadTheRecordOfThePage() {
    String clip = "user:777-me@example.com-clip:aa000000-0000-4000-8000-000000000001";
    assertThat(lookup(200, Seed.read(getClass(), "job-completed.json")))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        clip,
                        "North",
                        false,
                        Optional.empty(),
                        Optional.of("[Verse]\nla"),
                        OptionalDouble.of(181.2),
                        Optional.of("[[0.0,1.5]]"),
                        Map.of(
                            Format.MP3,
                            new AssetSource.ApiDownload(
                                clip, Format.MP3, Optional.of("me@example.com")),
                            Format.M4A,
                            link("https://storage.googleapis.com/x.m4a"),
                            Format.WAV,
                            link("https://storage.googleapis.com/x.wav")),
                        Optional.of(link("https://storage.googleapis.com/x.jpg"))))));
  }

  @Test
  void shouldReadBothClips() {
    Finished finished =
        (Finished)
            lookup(
                200,
                """
                {"status":"completed","clips":[
                  {"clip":"a","title":"Größe 大きさ 🎵","audio_url":"https://h/a.m4a","more":{}},
                  {"clip":"b"},{"title":"no id"},null,7]}\
                """);
    assertThat(finished.songs()).extracting(ProviderSong::id).containsExactly("a", "b");
    assertThat(finished.songs())
        .extracting(ProviderSong::title)
        .containsExactly("Größe 大きさ 🎵", "Untitled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'title':null,'lyrics':null,'duration_s':null,'lyrics_timing':null,'audio_url':null,"
            + "'wav_url':null,'image_url':null,'seed':null",
        ",'title':7,'lyrics':{},'duration_s':'12','lyrics_timing':'[[0,1]]','audio_url':{},"
            + "'wav_url':[],'image_url':3",
        ",'title':' ','lyrics':'','duration_s':-1,'audio_url':'','wav_url':' ','image_url':' '",
        ",'lyrics':'\\n[Instrumental] ','duration_s':0,'lyrics_timing':[[0,1]]",
        ",'lyrics_timing':[[0.0,1.5]],'audio_url':{},'image_url':[]"
      })
  void shouldReadAClipThatLacksFields(String fields) {
    assertThat(song("'clip':'c'" + fields))
        .isEqualTo(
            new ProviderSong(
                "c",
                "Untitled",
                true,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Map.of(
                    Format.MP3,
                    new AssetSource.ApiDownload("c", Format.MP3, Optional.of("asked@example.com"))),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[[0.0,1.5],[2,3]] | [[0.0,1.5],[2,3]]",
        "[]                |",
        "{}                |",
        "{'a':1}           |",
        "null              |",
        "7                 |"
      })
  void shouldReadTimings(String timing, String expected) {
    assertThat(song("'clip':'c','lyrics':'la','lyrics_timing':" + timing).timings())
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void shouldReadLongLyrics() {
    String lyrics = "la ".repeat(350_000) + "end";
    assertThat(song("'clip':'c','lyrics':'" + lyrics + "'").lyrics()).contains(lyrics);
  }

  @Test
  void shouldTrustTheRecordsAccountMore() {
    Finished finished =
        (Finished) lookup(200, "{'status':'completed','email':'e','clips':[{'clip':'c'}]}");
    assertThat(finished.songs().getFirst().audio())
        .containsEntry(Format.MP3, new AssetSource.ApiDownload("c", Format.MP3, Optional.of("e")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'pending'}",
        "{'status':'pending','clips':[{'clip':'a'}]}",
        "{'status':'queued'}",
        "{'status':7}",
        "{'status':'COMPLETED'}",
        "{'status':'pending','progress':'50'}"
      })
  void shouldWaitForWhatIsNotSaidToHaveEnded(String body) {
    assertThat(lookup(200, body)).isEqualTo(new Running(OptionalInt.empty()));
  }

  @Test
  void shouldTellTheProgressShouldThereBeOne() {
    assertThat(lookup(200, "{'status':'pending','progress':42}"))
        .isEqualTo(new Running(OptionalInt.of(42)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'failed','error':{'code':'UPSTREAM','message':'no luck'}} | no luck",
        "{'status':'failed','error':{'code':500}}                            | code 500",
        "{'status':'failed','error':{'code':'X','message':null}}             | code X",
        "{'status':'failed','error':'plain'}                                 | plain",
        "{'status':'failed','error':{'code':' ','message':' '}}              | its status is"
            + " failed",
        "{'status':'failed','error':[]}                                      | its status is"
            + " failed",
        "{'status':'failed'}                                                 | its status is failed"
      })
  void shouldTellAFailure(String body, String said) {
    assertThat(lookup(200, body))
        .isEqualTo(
            new Failed(
                new Reason("generation-failed", "flowmusic could not make the song: " + said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'code':422,'message':'blocked'}          | blocked",
        "{'code':'422'}                            | code 422",
        "{'code':'MODERATED','message':'blocked'}  | blocked",
        "{'code':'X','message':'Moderation: no'}   | Moderation: no"
      })
  void shouldTellModerationInAFailure(String error, String said) {
    assertThat(lookup(200, "{'status':'failed','error':" + error + "}"))
        .isEqualTo(new Failed(new Reason("moderated", "flowmusic refused the prompt: " + said)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'completed'}",
        "{'status':'completed','clips':null}",
        "{'status':'completed','clips':[]}",
        "{'status':'completed','clips':[{}]}",
        "{'status':'completed','clips':'a'}"
      })
  void shouldTellThatThereIsNoSong(String body) {
    assertThat(lookup(200, body))
        .isEqualTo(new Failed(new Reason("generation-failed", "flowmusic ended without a song")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "7", "'a'", "<html>", "{'status':null}", "{"})
  void shouldNotHearOfAJobInOtherAnswers(String body) {
    assertThat(lookup(200, body)).isEqualTo(new Unheard("no job in the answer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'not a jobid','code':400}        | not a jobid",
        "404 | {'error':'no such job','code':404}        | no such job",
        "410 | {'error':'Job has expired','code':410}    | Job has expired",
        "404 | <html>                                    | HTTP 404"
      })
  void shouldNotHearOfAnUnknownJob(int status, String body, String said) {
    assertThat(lookup(status, body)).isEqualTo(new Unheard(said));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void shouldTellThatTheTokenIsRefused(int status) {
    assertThat(lookup(status, "{'error':'no','code':401}"))
        .isEqualTo(
            new Denied(
                new Reason(
                    "provider-unauthorized",
                    "flowmusic refused our token; set FLOWMUSIC_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "596 | {'error':'Account me@x.org in error state: gone'} | me@x.org"
            + " | Account me@x.org in error state: gone",
        "596 | {}                                                | asked@example.com | HTTP 596",
        "402 | {'error':'pay'}                                   | asked@example.com | pay"
      })
  void shouldNameTheAccountInTrouble(int status, String body, String account, String said) {
    assertThat(lookup(status, body)).isEqualTo(new Denied(trouble(account, said)));
  }

  @Test
  void shouldNameTheTokenWhereNoAccountIsKnown() {
    stub.answer(JOB, 596, "");
    assertThat(flowmusic.lookup("j-1", Optional.empty()))
        .isEqualTo(new Denied(trouble("behind FLOWMUSIC_TOKEN", "HTTP 596")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "429 | {'error':'slow down'}           | slow down",
        "302 |                                 | HTTP 302",
        "500 | {'error':'oops','code':500}     | oops",
        "502 | <html>502</html>                | HTTP 502"
      })
  void shouldAskAgainLater(int status, String body, String said) {
    assertThat(lookup(status, body == null ? "" : body)).isEqualTo(new NotNow(later(said)));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(flowmusic.lookup("j-1", Optional.empty()))
        .isEqualTo(new NotNow(later("ConnectException")));
  }

  @Test
  void shouldAskAgainWhenTheConnectionIsDropped() {
    for (int i = 0; i < 10; i++) {
      stub.drop(JOB);
    }
    NotNow lookup = (NotNow) flowmusic.lookup("j-1", Optional.empty());
    assertThat(lookup.reason().detail()).startsWith("flowmusic cannot be reached: ");
  }

  /** Whatever comes, it has a place among the results. */
  @Test
  void shouldTakeAnyAnswer() {
    String document = Seed.read(getClass(), "job-completed.json");
    for (int status : new int[] {200, 404, 596}) {
      Damage.ofValues(document, body -> assertThat(looked(status, body)).isNotNull());
      Damage.ofBytes(document, body -> assertThat(looked(status, Damage.json(body))).isNotNull());
    }
  }

  private static Lookup looked(int status, JsonNode body) {
    return FlowmusicAnswers.looked(
        new Reply.Answer(status, body, Optional.empty()), Optional.empty());
  }

  private Lookup lookup(int status, String body) {
    stub.answer(JOB, status, body.replace('\'', '"'));
    return flowmusic.lookup("j-1", Optional.of("asked@example.com"));
  }

  private ProviderSong song(String fields) {
    Finished finished = (Finished) lookup(200, "{'status':'completed','clips':[{" + fields + "}]}");
    return finished.songs().getFirst();
  }

  private static Reason later(String said) {
    return new Reason("provider-unavailable", "flowmusic cannot be reached: " + said);
  }

  private static Reason trouble(String account, String said) {
    return new Reason(
        "account-needs-attention",
        "the flowmusic account " + account + " must be put right by its holder: " + said);
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
