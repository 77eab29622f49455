package io.riffhook.providers.musicapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import io.riffhook.providers.Seed;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.net.URI;
import java.util.HexFormat;
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
class MusicapiLookupTest {
  private static final String TASK = "/api/v1/riffusion/task/t-1";
  private static final String DONE =
      "{'clip_id':'%s','state':'succeeded','audio_url':'https://h/%1$s'}";
  private static final String A = DONE.formatted("a");
  private static final String B = DONE.formatted("b");

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final MusicapiProvider musicapi =
      MusicapiProvider.from(stub.settings("MUSICAPI", "sk-secret"));

  /** Its example shows one song, which its own text calls unfinished. */
  @Test
  void shouldWaitForTheSecondSongOfThePage() {
    String files =
        "https://storage.googleapis.com/corpusant-app-public/riffs/"
            + "d8cd7397-e02c-4da6-a6b6-dce42c5a45b7/";
    String id = "3b497e86-c6cf-4598-b999-94a1bfa912f6";
    Running running = (Running) answered(200, Seed.read(getClass(), "task-200.json"));
    assertThat(running.progress()).isEmpty();
    assertThat(running.early()).hasSize(1);
    ProviderSong song = running.early().getFirst();
    String lyrics = song.lyrics().orElseThrow();
    assertThat(lyrics)
        .startsWith("[Verse 1]\nYou walk around like you've got it all figured out\nActing")
        .endsWith("[Outro]\nBut maybe that's okay for now");
    assertThat(song)
        .isEqualTo(
            new ProviderSong(
                id,
                "Harbor",
                false,
                Optional.empty(),
                Optional.of(lyrics),
                OptionalDouble.of(205.82167800453516),
                Optional.of(
                    """
                    {"words":[{"text":"[Verse","start":4.458231292517007,\
                    "end":4.458231292517007,"line_index":0,"index_range":null,\
                    "wav2vec2_format":null},{"text":"1]","start":4.458231292517007,\
                    "end":4.458231292517007,"line_index":0,"index_range":null,\
                    "wav2vec2_format":null},{"text":"You","start":4.458231292517007,\
                    "end":4.458231292517007,"line_index":1,"index_range":null,\
                    "wav2vec2_format":null},{"text":"walk","start":4.458231292517007,\
                    "end":5.20126984126984}]}\
                    """),
                Map.of(Format.M4A, link(files + "audio/" + id + ".m4a")),
                Optional.of(link(files + "image/" + id + ".jpg"))));
  }

  @Test
  void shouldReadAllOfBothSongs() {
    Lookup lookup =
        lookup(
            200,
            """
            {'code':200,'message':'success','data':[
             {'clip_id':'c1','title':'Größe 大きさ 🎵','lyrics':'la\\nla','sound':'lo-fi',
              'image_url':'https://storage.googleapis.com/c1.jpg',
              'audio_url':'https://storage.googleapis.com/c1.m4a','video_url':null,
              'created_at':'2025-06-19T06:41:43.107472Z','mv':'FUZZ-1.1 Pro','duration':201.5,
              'timestamp':{'words':[{'text':'la','start':4.45,'end':4.45}],'more':1},
              'state':'succeeded','new':{'yes':[true]},'number':12345678901234567890},
             {'clip_id':'c2','title':'Pier','lyrics':'[Instrumental]','state':'succeeded',
              'audio_url':'https://storage.googleapis.com/c2.m4a','duration':7,
              'timestamp':{'words':[{'text':'la'}]}}]}\
            """);
    assertThat(lookup)
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "c1",
                        "Größe 大きさ 🎵",
                        false,
                        Optional.of("lo-fi"),
                        Optional.of("la\nla"),
                        OptionalDouble.of(201.5),
                        Optional.of("{\"words\":[{\"text\":\"la\",\"start\":4.45,\"end\":4.45}]}"),
                        Map.of(Format.M4A, link("https://storage.googleapis.com/c1.m4a")),
                        Optional.of(link("https://storage.googleapis.com/c1.jpg"))),
                    new ProviderSong(
                        "c2",
                        "Pier",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.of(7),
                        Optional.empty(),
                        Map.of(Format.M4A, link("https://storage.googleapis.com/c2.m4a")),
                        Optional.empty()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'title':null,'lyrics':null,'sound':null,'duration':null,'image_url':null",
        ",'title':7,'lyrics':{},'sound':[],'duration':'12','timestamp':'words','image_url':3",
        ",'title':' ','lyrics':'','sound':'','duration':-1,'timestamp':{},'image_url':' '",
        ",'lyrics':'\\n[Instrumental] ','duration':0,'timestamp':null",
        ",'image_url':' ','duration':1e400",
        ",'image_url':[],'video_url':{}"
      })
  void shouldReadASongThatLacksFields(String fields) {
    String item = "{'clip_id':'a','state':'succeeded','audio_url':'https://h/a'" + fields + "}";
    assertThat(lookup(200, "{'data':[" + item + "," + B + "]}"))
        .isEqualTo(new Finished(List.of(bare("a"), bare("b"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'words':[1,2]}                      | {'words':[1,2]}",
        "{'words':[{'t':0.25}],'lines':[1]}   | {'words':[{'t':0.25}]}",
        "'{\\'words\\': [1, 2]}'              | {'words':[1,2]}",
        "'{\\'words\\':[]}'                   |",
        "'[1]'                                |",
        "'{\\'words\\':'                      |",
        "'null'                               |",
        "'words'                              |",
        "{'words':[]}                         |",
        "{'words':{'a':1}}                    |",
        "{'words':'a'}                        |",
        "{'words':null}                       |",
        "[1,2]                                |",
        "[{'words':[1]}]                      |",
        "7                                    |",
        "null                                 |"
      })
  void shouldReadTheTimings(String timestamp, String timings) {
    String item =
        "{'clip_id':'a','state':'succeeded','audio_url':'https://h/a','lyrics':'la','timestamp':"
            + timestamp
            + "}";
    assertThat(early("{'data':[" + item + "]}").getFirst().timings())
        .isEqualTo(Optional.ofNullable(timings).map(json -> json.replace('\'', '"')));
  }

  @Test
  void shouldReadLongLyrics() {
    String lyrics = "la ".repeat(350_000) + "end";
    String item =
        "{'clip_id':'a','state':'succeeded','audio_url':'https://h/a','lyrics':'" + lyrics + "'}";
    assertThat(early("{'data':[" + item + "]}").getFirst().lyrics()).contains(lyrics);
  }

  @ParameterizedTest
  @ValueSource(strings = {"succeeded", "SUCCEEDED", "success", "Complete", "completed", ""})
  void shouldTellThatASongIsDone(String state) {
    String item = "{'clip_id':'a','audio_url':'https://h/a','state':'" + state + "'}";
    assertThat(lookup(200, "{'data':[" + item + "," + B + "]}"))
        .isEqualTo(new Finished(List.of(bare("a"), bare("b"))));
  }

  @Test
  void shouldTellByItsAudioThatASongWithoutAStateIsDone() {
    assertThat(lookup(200, "{'data':[{'clip_id':'a','audio_url':'https://h/a'}," + B + "]}"))
        .isEqualTo(new Finished(List.of(bare("a"), bare("b"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'clip_id':'b','state':'pending'}",
        "{'clip_id':'b','state':'running','audio_url':'https://h/b'}",
        "{'clip_id':'b','state':'streaming','audio_url':'https://h/b'}",
        "{'clip_id':'b','state':'succeeded'}",
        "{'clip_id':'b','state':'succeeded','audio_url':''}",
        "{'clip_id':'b','state':'succeeded','audio_url':null}",
        "{'clip_id':'b','state':'succeeded','audio_url':7}",
        "{'clip_id':'b','state':'succeeded','audio_url':' '}",
        "{'state':'succeeded','audio_url':'https://h/b'}",
        "{'clip_id':7,'state':'succeeded','audio_url':'https://h/b'}",
        "{'clip_id':'a','state':'succeeded','audio_url':'https://h/a'}",
        "{'clip_id':'b','state':7,'audio_url':'https://h/b'}",
        "{}",
        "null",
        "7",
        "'b'",
        "[]"
      })
  void shouldGiveOneSongEarly(String other) {
    Running expected = new Running(OptionalInt.empty(), List.of(bare("a")));
    assertThat(lookup(200, "{'data':[" + A + "," + other + "]}")).isEqualTo(expected);
    assertThat(lookup(200, "{'data':[" + other + "," + A + "]}")).isEqualTo(expected);
    assertThat(lookup(202, "{'data':[" + A + "," + other + "]}")).isEqualTo(expected);
  }

  @Test
  void shouldWaitForAThirdSongThatIsNamed() {
    assertThat(lookup(200, "{'data':[" + A + "," + B + ",{'state':'running'}]}"))
        .isEqualTo(new Running(OptionalInt.empty(), List.of(bare("a"), bare("b"))));
  }

  @Test
  void shouldNotWaitForASongThatFailed() {
    assertThat(lookup(200, "{'data':[" + A + ",{'clip_id':'b','state':'failed'}]}"))
        .isEqualTo(new Finished(List.of(bare("a"))));
    assertThat(lookup(200, "{'data':[{'state':'FAILED'}," + B + "]}"))
        .isEqualTo(new Finished(List.of(bare("b"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'code':200,'message':'success'}",
        "{'code':200,'data':[]}",
        "{'code':200,'data':null}",
        "{'code':200,'data':7}",
        "{'code':200,'data':'a'}",
        "{'code':200,'data':{'clip_id':'a','state':'succeeded'}}",
        "{'code':202,'message':'running'}",
        "{'code':399}",
        "{'code':null,'error':'no'}",
        "{'code':{},'data':[{'state':'pending'},{'state':'failed'}]}",
        "{'data':[{'state':'pending'},{'state':'running'}]}",
        "{'data':[null,[],7]}"
      })
  void shouldWaitForWhatIsNotSaidToHaveEnded(String body) {
    assertThat(lookup(200, body)).isEqualTo(new Running(OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "null", "<html>", "{'code':202,'message':'processing'}", "{'data':[]}"})
  void shouldWaitForWhatIsAccepted(String body) {
    assertThat(lookup(202, body)).isEqualTo(new Running(OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'data':[{'clip_id':'a','state':'failed'}]}                      | its state is failed",
        "{'data':[{'state':'error'},{'state':'failed'}]}                  | its state is error",
        "{'data':[{'state':'Failure'}]}                                   | its state is failure",
        "{'data':[{'state':'fail','audio_url':'https://h/a'}]}            | its state is fail",
        "{'data':[{'state':'failed','error':'oops','message':'no'}]}      | oops",
        "{'data':[{'state':'failed','error':'','message':'no'}]}          | no",
        "{'code':500,'message':'generation failed'}                       | generation failed",
        "{'code':'500','message':'generation failed'}                     | generation failed",
        "{'code':504,'error':'timed out','message':'x'}                   | timed out",
        "{'code':500,'data':[{'state':'running'}]}                        | HTTP 500"
      })
  void shouldTellAFailure(String body, String said) {
    assertThat(lookup(200, body)).isEqualTo(failed(said));
  }

  @Test
  void shouldTellAFailureByModeration() {
    String said = "The lyrics contain copyrighted content";
    Failed moderated = new Failed(new Reason("moderated", "musicapi refused the prompt: " + said));
    assertThat(lookup(200, "{'data':[{'state':'failed','error':'" + said + "'}]}"))
        .isEqualTo(moderated);
    assertThat(lookup(200, "{'code':500,'message':'" + said + "'}")).isEqualTo(moderated);
    assertThat(lookup(403, "{'error':'" + said + "'}")).isEqualTo(moderated);
    assertThat(lookup(200, "{'code':403,'message':'" + said + "'}")).isEqualTo(moderated);
  }

  @Test
  void shouldTellThatATaskTimedOutAndWasRefunded() {
    assertThat(lookup(504, "{'error':'task timed out, credits refunded'}"))
        .isEqualTo(failed("task timed out, credits refunded"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'task not found.'}            | task not found.",
        "400 | {'error':'missing task id.'}           | missing task id.",
        "400 | <html>                                 | HTTP 400",
        "404 | {'message':'no such path'}             | no such path",
        "200 | {'code':400,'error':'task not found.'} | task not found.",
        "200 | {'code':404}                           | HTTP 404"
      })
  void shouldNotHearOfAnUnknownTask(int status, String body, String said) {
    assertThat(lookup(status, body)).isEqualTo(new Unheard(said));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    Denied denied =
        new Denied(
            new Reason(
                "provider-unauthorized",
                "musicapi refused our token; set MUSICAPI_TOKEN to a valid one"));
    assertThat(lookup(401, "{'error':'Invalid authorization format.'}")).isEqualTo(denied);
    assertThat(lookup(200, "{'code':401}")).isEqualTo(denied);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {'type':'insufficient_credits'}                     | HTTP 402",
        "403 | {'error':'You do not have an active subscription.'}"
            + " | You do not have an active subscription."
      })
  void shouldTellThatTheAccountIsEmpty(int status, String body, String said) {
    assertThat(lookup(status, body))
        .isEqualTo(
            new Denied(
                new Reason(
                    "account-needs-attention",
                    "the musicapi account behind MUSICAPI_TOKEN must be put right by its holder: "
                        + said)));
  }

  @Test
  void shouldTellThatTheServiceIsRetired() {
    assertThat(lookup(410, "{'type':'endpoint_retired','error':'gone'}"))
        .isEqualTo(
            new Denied(new Reason("provider-retired", "musicapi no longer serves this: gone")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "429 | {'error':'slow down'}        | slow down",
        "200 | {'code':429,'error':'slow'}  | slow",
        "403 | {'error':'no'}               | no",
        "403 | <html>                       | HTTP 403",
        "302 |                              | HTTP 302",
        "500 | {'error':'internal error'}   | internal error",
        "502 | {'type':'upstream_error'}    | HTTP 502",
        "503 | <html>                       | HTTP 503",
        "504 | <html>504</html>             | HTTP 504",
        "504 | {}                           | HTTP 504",
        "200 | <html>                       | its answer is not an object",
        "200 |                              | its answer is not an object",
        "200 | []                           | its answer is not an object",
        "200 | null                         | its answer is not an object",
        "200 | {'data':[                    | its answer is not an object"
      })
  void shouldAskAgainLater(int status, String body, String said) {
    assertThat(lookup(status, body))
        .isEqualTo(
            new NotNow(new Reason("provider-unavailable", "musicapi cannot be reached: " + said)));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(musicapi.lookup("t-1", Optional.empty()))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unavailable", "musicapi cannot be reached: ConnectException")));
  }

  @Test
  void shouldAskAgainWhenTheConnectionIsDropped() {
    for (int i = 0; i < 10; i++) {
      stub.drop(TASK);
    }
    NotNow lookup = (NotNow) musicapi.lookup("t-1", Optional.empty());
    assertThat(lookup.reason().detail()).startsWith("musicapi cannot be reached: ");
  }

  /** Whatever the bytes are, they have a place among the results. */
  @Test
  void shouldTakeAnyBytes() {
    Random random = new Random(7);
    byte[] body =
        ("{'code':200,'task_id':'t','credits':50,'extra_credits':1,'data':[" + A + "," + B + "]}")
            .replace('\'', '"')
            .getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = body.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int status = List.of(200, 202, 400, 403, 504).get(random.nextInt(5));
      Reply reply = new Reply.Answer(status, json(damaged), Optional.empty());
      String hex = HexFormat.of().formatHex(damaged);
      assertThat(MusicapiAnswers.looked(reply)).as(hex).isNotNull();
      assertThat(MusicapiAnswers.submitted(reply)).as(hex).isNotNull();
      assertThat(MusicapiAnswers.registered(reply)).as(hex).isNotNull();
      assertThat(MusicapiAnswers.standing(reply)).as(hex).isNotNull();
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return ProviderJson.read(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private Lookup lookup(int status, String body) {
    return answered(status, body == null ? "" : body.replace('\'', '"'));
  }

  private Lookup answered(int status, String body) {
    stub.answer(TASK, status, body);
    return musicapi.lookup("t-1", Optional.empty());
  }

  private List<ProviderSong> early(String body) {
    return ((Running) lookup(200, body)).early();
  }

  private static Failed failed(String said) {
    return new Failed(new Reason("generation-failed", "musicapi could not make the song: " + said));
  }

  /** A song of which nothing is told but what it must have. */
  private static ProviderSong bare(String id) {
    return new ProviderSong(
        id,
        "Untitled",
        true,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Map.of(Format.M4A, link("https://h/" + id)),
        Optional.empty());
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
