package io.riffhook.providers.mureka;

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
import io.riffhook.domain.Provider.Stems;
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

/** What each answer to a read of a job, or for its stems, comes to. */
class MurekaLookupTest {
  private static final String JOB = "/jobs/j-1";
  private static final String DOWNLOAD = "/music/download";

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/mureka");

  private final MurekaProvider mureka = MurekaProvider.from(stub.settings("MUREKA"));

  @Test
  void shouldReadTheJobOfThePage() {
    assertThat(lookup(200, Seed.read(getClass(), "job-completed.json")))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "1",
                        "Upbeat",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.of(183),
                        Optional.empty(),
                        Map.of(Format.MP3, link("https://static-cos.mureka.ai/1.mp3")),
                        Optional.of(link("https://static-cos.mureka.ai/1.png"))),
                    new ProviderSong(
                        "user:777-mureka:123456-song:2",
                        "Upbeat",
                        false,
                        Optional.of("electronic, indie, quirky"),
                        Optional.empty(),
                        OptionalDouble.of(180.5),
                        Optional.empty(),
                        Map.of(Format.MP3, link("https://static-cos.mureka.ai/2.mp3")),
                        Optional.of(link("https://static-cos.mureka.ai/2.png"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'title':null,'duration_milliseconds':null,'mp3_url':null,'cover':null,'genres':null",
        ",'title':7,'duration_milliseconds':'12','mp3_url':{},'cover':[],'genres':'x','lyrics':7",
        ",'title':' ','duration_milliseconds':-1,'mp3_url':'','cover':' ','moods':[7,'',null]",
        ",'duration_milliseconds':0,'mp3_url':{},'cover':[],'genres':{}"
      })
  void shouldReadASongThatLacksFields(String fields) {
    assertThat(song("", "'song_id':'s'" + fields))
        .isEqualTo(
            new ProviderSong(
                "s",
                "Untitled",
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty()));
  }

  @Test
  void shouldReadNumbersAsIds() {
    assertThat(song("", "'song_id':33445566").id()).isEqualTo("33445566");
    assertThat(lookup(200, "{'status':'completed','response':{'songs':[{'song_id':1.5}]}}"))
        .isEqualTo(new Failed(new Reason("generation-failed", "mureka ended without a song")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'verb':'music/create-advanced','request':{'lyrics':'ours'}     | 'x':1            | ours",
        "'verb':'music/create-advanced','request':{'lyrics':'ours'}     | 'lyrics':'new'   | new",
        "'verb':'create-advanced','request':{'lyrics':'ours'}           | 'lyrics':null    | ours",
        "'verb':'music/extend','request':{'lyrics':'the new part'}      | 'x':1            |",
        "'verb':7,'request':{'lyrics':'ours'}                           | 'x':1            |",
        "'verb':'music/create-advanced','request':null                  | 'x':1            |"
      })
  void shouldReadLyrics(String job, String fields, String lyrics) {
    ProviderSong song = song("," + job, "'song_id':'s'," + fields);
    assertThat(song.lyrics()).isEqualTo(Optional.ofNullable(lyrics));
    assertThat(song.instrumental()).isFalse();
  }

  @Test
  void shouldTellAnInstrumental() {
    assertThat(song(",'verb':'music/create-instrumental'", "'song_id':'s'").instrumental())
        .isTrue();
  }

  @Test
  void shouldReadLongLyricsAndOddTitles() {
    String lyrics = "la ".repeat(350_000) + "end";
    ProviderSong song = song("", "'song_id':'s','title':'Größe 大きさ 🎵','lyrics':'" + lyrics + "'");
    assertThat(song.lyrics()).contains(lyrics);
    assertThat(song.title()).isEqualTo("Größe 大きさ 🎵");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'created'}",
        "{'status':'created','response':{'songs':[{'song_id':'a'}]}}",
        "{'status':'processing'}",
        "{'status':7}",
        "{'status':'COMPLETED'}"
      })
  void shouldWaitForWhatIsNotSaidToHaveEnded(String body) {
    assertThat(lookup(200, body)).isEqualTo(new Running(OptionalInt.empty()));
  }

  @Test
  void shouldTellTheProgressShouldThereBeOne() {
    assertThat(lookup(200, "{'status':'running','progress':42}"))
        .isEqualTo(new Running(OptionalInt.of(42)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'failed','error':'no luck'}                          | no luck",
        "{'status':'failed','error':'no luck','errorDetails':'at all'}  | no luck: at all",
        "{'status':'failed','errorDetails':'x','error':7}               | its status is failed: x",
        "{'status':'failed','errorDetails':{'a':1},'error':' '}         | its status is failed",
        "{'status':'failed','response':{'songs':[{'song_id':'a'}]}}     | its status is failed"
      })
  void shouldTellAFailure(String body, String said) {
    assertThat(lookup(200, body))
        .isEqualTo(
            new Failed(new Reason("generation-failed", "mureka could not make the song: " + said)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'completed'}",
        "{'status':'completed','response':null}",
        "{'status':'completed','response':{'songs':[]}}",
        "{'status':'completed','response':{'songs':[{},null,7]}}",
        "{'status':'completed','songs':[{'song_id':'a'}]}"
      })
  void shouldTellThatThereIsNoSong(String body) {
    assertThat(lookup(200, body))
        .isEqualTo(new Failed(new Reason("generation-failed", "mureka ended without a song")));
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
        "400 | {'error':'not a jobid','code':400}     | not a jobid",
        "404 | {'error':'no such job','code':404}     | no such job",
        "410 | {'error':'Job has expired','code':410} | Job has expired",
        "404 | <html>                                 | HTTP 404"
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
                    "mureka refused our token; set MUREKA_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "596 | {'error':'Session is over','code':'SESSION_EXPIRED'} | Session is over",
        "402 | {'error':'pay'}                                      | pay",
        "412 | {'error':'no credits'}                               | no credits"
      })
  void shouldNameTheAccountInTrouble(int status, String body, String said) {
    assertThat(lookup(status, body)).isEqualTo(new Denied(trouble("123", said)));
  }

  @Test
  void shouldAskWhichAccountIsInTrouble() {
    stub.answer("/accounts", 200, "{\"1\":{},\"2\":{\"error\":\"x\"}}");
    stub.answer(JOB, 596, "{\"error\":\"e\"}").answer(JOB, 412, "{\"error\":\"e\"}");
    assertThat(mureka.lookup("j-1", Optional.empty())).isEqualTo(new Denied(trouble("2", "e")));
    assertThat(mureka.lookup("j-1", Optional.empty()))
        .isEqualTo(new Denied(trouble("behind MUREKA_TOKEN", "e")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "596 | {'error':'Refreshing','code':'REFRESH_IN_PROGRESS'} | Refreshing",
        "429 | {'error':'slow down'}                               | slow down",
        "302 |                                                     | HTTP 302",
        "500 | {'error':'oops','code':500}                         | oops",
        "502 | <html>502</html>                                    | HTTP 502"
      })
  void shouldAskAgainLater(int status, String body, String said) {
    assertThat(lookup(status, body == null ? "" : body)).isEqualTo(new NotNow(later(said)));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(mureka.lookup("j-1", Optional.empty()))
        .isEqualTo(new NotNow(later("ConnectException")));
    assertThat(mureka.stems("s", Optional.empty()))
        .isEqualTo(new Stems.NotNow(later("ConnectException")));
  }

  @Test
  void shouldAskAgainWhenTheConnectionIsDropped() {
    for (int i = 0; i < 10; i++) {
      stub.drop(JOB);
    }
    stub.drop(DOWNLOAD);
    assertThat(mureka.lookup("j-1", Optional.empty())).isInstanceOf(NotNow.class);
    assertThat(mureka.stems("s", Optional.empty())).isInstanceOf(Stems.NotNow.class);
  }

  @Test
  void shouldTellWhereTheStemsAre() {
    assertThat(
            stems(200, "{'oss_key':'https://static-cos.mureka.ai/s.zip','paid_state':1,'new':[]}"))
        .isEqualTo(new Stems.Archived(link("https://static-cos.mureka.ai/s.zip")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "{'oss_key':null}", "{'oss_key':7}", "{'oss_key':' '}"})
  void shouldTellThatThereAreNoStemsYet(String body) {
    assertThat(stems(200, body)).isEqualTo(new Stems.NotNow(later("its answer names no archive")));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 412, 429, 500, 503, 596})
  void shouldAskForStemsAgain(int status) {
    assertThat(stems(status, "{'error':'why'}")).isEqualTo(new Stems.NotNow(later("why")));
    assertThat(stems(status, "<html>")).isEqualTo(new Stems.NotNow(later("HTTP " + status)));
  }

  @Test
  void shouldNotAskForStemsThatCannotBe() {
    for (int status : new int[] {403, 404}) {
      assertThat(stems(status, "{'error':'no such song'}"))
          .isEqualTo(
              new Stems.Never(
                  new Reason("provider-refused", "mureka refused the request: no such song")));
    }
    assertThat(stems(410, "{'error':'gone'}"))
        .isEqualTo(
            new Stems.Never(new Reason("provider-retired", "mureka no longer serves this: gone")));
  }

  /** Whatever comes, it has a place among the results. */
  @Test
  void shouldTakeAnyAnswer() {
    String document = Seed.read(getClass(), "job-completed.json");
    for (int status : new int[] {200, 404, 596}) {
      Damage.ofValues(document, body -> assertThat(looked(status, body)).isNotNull());
      Damage.ofBytes(document, body -> assertThat(looked(status, Damage.json(body))).isNotNull());
    }
    Damage.ofValues(
        "{\"oss_key\":\"https://h/s.zip\"}",
        body ->
            assertThat(MurekaStems.of(new Reply.Answer(200, body, Optional.empty()))).isNotNull());
  }

  private static Lookup looked(int status, JsonNode body) {
    return MurekaAnswers.looked(
        new Reply.Answer(status, body, Optional.empty()), Optional.empty(), List::of);
  }

  private Lookup lookup(int status, String body) {
    stub.answer(JOB, status, body.replace('\'', '"'));
    return mureka.lookup("j-1", Optional.of("123"));
  }

  private Stems stems(int status, String body) {
    stub.answer(DOWNLOAD, status, body.replace('\'', '"'));
    return mureka.stems("song-1", Optional.of("123"));
  }

  private ProviderSong song(String job, String fields) {
    Finished finished =
        (Finished)
            lookup(
                200, "{'status':'completed','response':{'songs':[{" + fields + "}]}" + job + "}");
    return finished.songs().getFirst();
  }

  private static Reason later(String said) {
    return new Reason("provider-unavailable", "mureka cannot be reached: " + said);
  }

  private static Reason trouble(String account, String said) {
    return new Reason(
        "account-needs-attention",
        "the mureka account " + account + " must be put right by its holder: " + said);
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
