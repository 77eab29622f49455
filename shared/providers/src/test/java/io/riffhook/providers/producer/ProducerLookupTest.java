package io.riffhook.providers.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Lookup.Denied;
import io.riffhook.domain.Lookup.Failed;
import io.riffhook.domain.Lookup.Finished;
import io.riffhook.domain.Lookup.NotNow;
import io.riffhook.domain.Lookup.Running;
import io.riffhook.domain.Lookup.Unheard;
import io.riffhook.domain.Provider.Found;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.Reason;
import io.riffhook.providers.Seed;
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

/** What each answer to a read of a task comes to. */
class ProducerLookupTest {
  private static final String TASK = "/api/v1/producer/task/t-1";
  private static final Running RUNNING = new Running(OptionalInt.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final ProducerProvider producer = Producers.at(stub);

  @Test
  void shouldReadTheSongOfTheOneDialect() {
    assertThat(lookup(200, Seed.read(getClass(), "task-musicapi.json")))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "c1000000-0000-4000-8000-000000000001",
                        "Pier",
                        false,
                        Optional.of("folk, acoustic"),
                        Optional.of("[Verse]\nGrüße vom Pier"),
                        OptionalDouble.of(178.2),
                        Optional.empty(),
                        Map.of(
                            Format.M4A,
                            link(
                                "https://storage.googleapis.com/corpusant-app-public/riffs/u/audio/c1.m4a"),
                            Format.WAV,
                            link("https://musicapi-cdn.b-cdn.net/producer/c1-wav.wav"),
                            Format.MP3,
                            download("c1000000-0000-4000-8000-000000000001", Format.MP3)),
                        Optional.of(
                            link(
                                "https://storage.googleapis.com/corpusant-app-public/riffs/u/image/c1.jpg"))))));
  }

  @Test
  void shouldReadTheSongOfTheOtherDialect() {
    String page = Seed.read(getClass(), "task-aimusicapi.json").replace("<id>", "x1");
    assertThat(lookup(200, page))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "…",
                        "…",
                        false,
                        Optional.of("…"),
                        Optional.of("…"),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Map.of(
                            Format.M4A,
                            link("https://musicapi-cdn.b-cdn.net/producer/x1.m4a"),
                            Format.WAV,
                            link("https://musicapi-cdn.b-cdn.net/producer/x1-wav.wav"),
                            Format.MP3,
                            download("…", Format.MP3)),
                        Optional.of(
                            new AssetSource.Unreadable(
                                "its image_url cannot be read: it must name a host of letters,"
                                    + " digits, hyphens, underscores and dots, with 1 to 63"
                                    + " characters between two dots"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'title':null,'lyrics':null,'sound':null,'duration':null,'wav_url':null,'image_url':null",
        ",'title':7,'lyrics':{},'sound':[],'duration':[1],'wav_url':{},'image_url':3",
        ",'title':' ','lyrics':'','sound':'','duration':-1,'wav_url':'','image_url':' '",
        ",'lyrics':'\\n[Instrumental] ','duration':0,'wav_url':'https://','image_url':' '",
        ",'duration':'soon','wav_url':'/x.wav','image_url':[]",
        ",'duration':'{}','new':{'yes':[true]},'number':12345678901234567890",
        ",'duration':1e400"
      })
  void shouldReadASongThatLacksFields(String fields) {
    assertThat(lookup(200, song("'state':'succeeded'" + fields)))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "c",
                        "Untitled",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Map.of(
                            Format.M4A, link("https://musicapi-cdn.b-cdn.net/x.m4a"),
                            Format.WAV, download("c", Format.WAV),
                            Format.MP3, download("c", Format.MP3)),
                        Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource({"178.2, 178.2", "'\"104.88\"', 104.88", "'\" 60\"', 60"})
  void shouldReadALengthAsNumberOrText(String json, double seconds) {
    Finished finished = (Finished) lookup(200, song("'state':'succeeded','duration':" + json));
    assertThat(finished.songs().getFirst().durationSeconds()).hasValue(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "https://musicapi-cdn.b-cdn.net/x.mp3, MP3",
    "https://musicapi-cdn.b-cdn.net/x.MP3?a=b, MP3",
    "https://musicapi-cdn.b-cdn.net/x.wav, WAV",
    "https://musicapi-cdn.b-cdn.net/x, M4A",
    "https://musicapi-cdn.b-cdn.net/, M4A",
    "https://musicapi-cdn.b-cdn.net/x.mp3/y.m4a, M4A"
  })
  void shouldBelieveTheNameOfAFile(String url, Format format) {
    Finished finished =
        (Finished)
            lookup(200, "{'data':[{'clip_id':'c','state':'succeeded','audio_url':'" + url + "'}]}");
    assertThat(finished.songs().getFirst().audio()).containsEntry(format, link(url));
  }

  @Test
  void shouldGiveASongWithoutAReadableLinkByDownload() {
    Finished finished =
        (Finished)
            lookup(
                200,
                "{'status':'SUCCESS','data':[{'clip_id':'c','audio_url':'https://a b/<id>.m4a'}]}");
    assertThat(finished.songs().getFirst().audio())
        .isEqualTo(
            Map.of(
                Format.WAV,
                download("c", Format.WAV),
                Format.MP3,
                download("c", Format.MP3),
                Format.M4A,
                new AssetSource.Unreadable(
                    "its audio_url cannot be read: it must name a host of letters, digits,"
                        + " hyphens, underscores and dots, with 1 to 63 characters between two"
                        + " dots")));
  }

  @Test
  void shouldReadHugeLyrics() {
    String lyrics = "la 大 ".repeat(200_000) + "end";
    Finished finished =
        (Finished) lookup(200, song("'state':'succeeded','lyrics':'" + lyrics + "'"));
    assertThat(finished.songs().getFirst().lyrics()).contains(lyrics);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':[{'clip_id':'a','audio_url':'u','state':'succeeded'}]}",
        "{'data':[{'clip_id':'a','audio_url':'u','state':' Succeeded '}],'code':200}",
        "{'data':{'clip_id':'a','audio_url':'u','state':'succeeded'}}",
        "{'status':'SUCCESS','data':[{'clip_id':'a','audio_url':'u'}]}",
        "{'status':'success','data':[{'clip_id':'a','audio_url':'u','state':'running'}]}",
        "{'status':'SUCCESS','data':[{'clip_id':'a','audio_url':'u'},{'clip_id':'b'}]}",
        "{'status':'SUCCESS','data':[{'clip_id':'a','audio_url':'u'},"
            + "{'clip_id':'b','audio_url':'u','state':'failed'}]}",
        "{'data':[{'state':'failed'},{'clip_id':'a','audio_url':'u','state':'succeeded'}]}",
        "{'data':[{'clip_id':'a','audio_url':'u','state':'succeeded'},"
            + "{'audio_url':'u','state':'succeeded'}]}",
        "{'status':'FAILED','data':[{'clip_id':'a','audio_url':'u','state':'succeeded'}]}"
      })
  void shouldTellTheFinishedSong(String body) {
    Finished finished = (Finished) lookup(200, body);
    assertThat(finished.songs()).extracting(ProviderSong::id).containsExactly("a");
  }

  @Test
  void shouldTellBothSongsOfTheOlderEngine() {
    Finished finished =
        (Finished)
            lookup(
                200,
                "{'data':[{'clip_id':'a','audio_url':'u','state':'succeeded'},"
                    + "{'clip_id':'b','audio_url':'u','state':'succeeded'}]}");
    assertThat(finished.songs()).extracting(ProviderSong::id).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "queued", "running", "streaming", "RUNNING"})
  void shouldTellASongThatIsDoneBeforeAnother(String state) {
    Running running =
        (Running)
            lookup(
                200,
                "{'data':[{'clip_id':'a','audio_url':'u','state':'succeeded'},"
                    + "{'clip_id':'b','audio_url':'u','state':'"
                    + state
                    + "'}]}");
    assertThat(running.progress()).isEmpty();
    assertThat(running.early()).extracting(ProviderSong::id).containsExactly("a");
  }

  @Test
  void shouldTellASongOfAnAnswerThatIsNotTheLast() {
    Running running =
        (Running) lookup(202, "{'data':[{'clip_id':'a','audio_url':'u','state':'succeeded'}]}");
    assertThat(running.early()).extracting(ProviderSong::id).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'code':200,'data':[],'message':'success'}",
        "200 | {'data':[{'clip_id':'a','state':'pending'}]}",
        "200 | {'data':[{'clip_id':'a','state':'running','audio_url':'u'}]}",
        "200 | {'data':[{'clip_id':'a','state':'running'},{'state':'failed'}]}",
        "200 | {'data':[{'clip_id':'a','state':'succeeded'}]}",
        "200 | {'data':[{'clip_id':'a','state':'succeeded','audio_url':''}]}",
        "200 | {'data':[{'clip_id':'a','audio_url':'u'}]}",
        "200 | {'data':[{'clip_id':'a','audio_url':'u','state':'other'}]}",
        "200 | {'data':[{'audio_url':'u','state':'succeeded'}]}",
        "200 | {'status':'PENDING','data':null}",
        "200 | {'status':'RUNNING','data':[]}",
        "200 | {'status':'SUCCESS','data':[]}",
        "200 | {'status':7,'data':7,'code':'200'}",
        "200 | {'data':[null,7,'a',[]]}",
        "200 | {'code':399}",
        "200 | {}",
        "200 | []",
        "200 | null",
        "200 | <html>",
        "202 | {'message':'pending'}",
        "202 | <html>",
        "202 | {'status':'FAILED'}"
      })
  void shouldWaitForWhatIsNotSaidToHaveEnded(int status, String body) {
    assertThat(lookup(status, body)).isEqualTo(RUNNING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'status':'FAILED','data':[]}                                | its task failed",
        "200 | {'status':'failed','message':'success'}                      | its task failed",
        "200 | {'status':'FAILED','message':'no voice'}                     | no voice",
        "200 | {'status':'FAILED','error':'no','message':'success'}         | no",
        "200 | {'status':'FAILED','data':[{'state':'running'}]}             | its task failed",
        "200 | {'data':[{'state':'failed'}],'message':'success'}            | its task failed",
        "200 | {'data':[{'state':'failed','error':'too loud'}]}             | too loud",
        "200 | {'data':[{'state':'Failed','message':'m'}],'message':''}     | m",
        "200 | {'data':[{'state':'failed'},{'state':'succeeded'}]}          | its task failed",
        "200 | {'data':{'state':'failed'}}                                  | its task failed",
        "200 | {'code':400,'message':'bad lyrics'}                          | bad lyrics",
        "200 | {'code':'500','message':'oops'}                              | oops",
        "200 | {'code':99999999999999999999,'message':'oops'}               | oops",
        "504 | {'error':'task timed out'}                                   | task timed out",
        "504 | {'message':'timeout'}                                        | timeout"
      })
  void shouldTellAFailure(int status, String body, String said) {
    assertThat(lookup(status, body))
        .isEqualTo(
            new Failed(
                new Reason(
                    "generation-failed", "musicapi-producer could not make the song: " + said)));
  }

  @Test
  void shouldTellModerationAfterTheFact() {
    assertThat(lookup(403, "{'error':'inappropriate content'}"))
        .isEqualTo(
            new Failed(
                new Reason(
                    "moderated", "musicapi-producer refused the prompt: inappropriate content")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'task not found.'} | task not found.",
        "400 | {'error':'missing task id.'} | missing task id.",
        "404 | {}                          | HTTP 404"
      })
  void shouldNotHearOfATask(int status, String body, String said) {
    assertThat(lookup(status, body)).isEqualTo(new Unheard(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "401 | {'error':'wrong format'}     | provider-unauthorized |"
            + " musicapi-producer refused our token; set MUSICAPI_PRODUCER_TOKEN to a valid one",
        "402 | {'error':'no credits'}       | account-needs-attention |"
            + " the musicapi-producer account behind MUSICAPI_PRODUCER_TOKEN must be put right by"
            + " its holder: no credits",
        "403 | {'error':'no subscription'}  | account-needs-attention |"
            + " the musicapi-producer account behind MUSICAPI_PRODUCER_TOKEN must be put right by"
            + " its holder: no subscription",
        "410 | {'type':'endpoint_retired'}  | provider-retired |"
            + " musicapi-producer no longer serves this: endpoint_retired"
      })
  void shouldTellThatItIsDenied(int status, String body, String code, String detail) {
    assertThat(lookup(status, body)).isEqualTo(new Denied(new Reason(code, detail)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "201 | {'data':[]}                | HTTP 201",
        "302 | {}                         | HTTP 302",
        "403 | {'error':'lyrics format'}  | lyrics format",
        "409 | {}                         | HTTP 409",
        "429 | {'error':'slow down'}      | slow down",
        "500 | {'error':'internal error'} | internal error",
        "502 | {'type':'upstream_error'}  | upstream_error",
        "504 | <html>                     | HTTP 504",
        "504 | {}                         | HTTP 504"
      })
  void shouldAskAgainLater(int status, String body, String said) {
    assertThat(lookup(status, body)).isEqualTo(notNow(said));
  }

  @Test
  void shouldAskAgainWhenNobodyAnswers() {
    // A read is repeated by the client where a kept connection is dropped.
    stub.drop(TASK).drop(TASK).drop(TASK);
    NotNow dropped = (NotNow) producer.lookup("t-1", Optional.empty());
    assertThat(dropped.reason().detail()).startsWith("musicapi-producer cannot be reached: ");
    stub.stop();
    assertThat(producer.lookup("t-1", Optional.empty())).isEqualTo(notNow("ConnectException"));
  }

  @Test
  void shouldHaveNeitherAListOfJobsNorStems() {
    assertThat(producer.find(new JobId("j"))).isEqualTo(new Found.CannotTell("it lists no jobs"));
    assertThat(producer.stems("c", Optional.empty())).isInstanceOf(Stems.Never.class);
  }

  /** Whatever the answer is, it has a place among the results. */
  @Test
  void shouldTakeAnyAnswer() {
    Random random = new Random(11);
    byte[] whole = Seed.read(getClass(), "task-musicapi.json").getBytes(UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      stub.handler(
          TASK,
          exchange -> {
            exchange.sendResponseHeaders(200, damaged.length);
            exchange.getResponseBody().write(damaged);
          });
      assertThat(producer.lookup("t-1", Optional.empty())).isNotNull();
    }
  }

  private Lookup lookup(int status, String body) {
    stub.answer(TASK, status, Producers.json(body));
    return producer.lookup("t-1", Optional.empty());
  }

  private static String song(String fields) {
    return "{'code':200,'message':'success','data':[{'clip_id':'c',"
        + "'audio_url':'https://musicapi-cdn.b-cdn.net/x.m4a',"
        + fields
        + "}]}";
  }

  private static NotNow notNow(String said) {
    return new NotNow(
        new Reason("provider-unavailable", "musicapi-producer cannot be reached: " + said));
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }

  private static AssetSource download(String id, Format format) {
    return new AssetSource.ApiDownload(id, format, Optional.empty());
  }
}
