package io.riffhook.providers.riffgateway;

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

/** What each answer to a read of a job comes to. */
class RiffgatewayLookupTest {
  private static final String FEED = "/riffusion/feed/a";
  private static final String A = "{'id':'a','audio_url':'https://h/a'}";
  private static final String B = "{'id':'b','audio_url':'https://h/b'}";

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final RiffgatewayProvider gateway =
      RiffgatewayProvider.from(stub.settings("RIFFGATEWAY", "hk-secret"));

  @Test
  void shouldReadAllOfASong() {
    Lookup lookup =
        lookup(
            200,
            """
            {'status':'success','process':100,'generations':[
             {'id':'a','title':'Größe 大きさ 🎵','topic':null,'sound':'folk, acoustic',
              'lyrics':'[Verse]\\nla','duration_s':188.3,'model_display_name':'FUZZ-1.1 Pro',
              'audio_url':'https://h/a.m4a','image_url':'https://h/a.jpg',
              'new':{'yes':[true]},'number':12345678901234567890}],'more':[1]}\
            """);
    assertThat(lookup)
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "a",
                        "Größe 大きさ 🎵",
                        false,
                        Optional.of("folk, acoustic"),
                        Optional.of("[Verse]\nla"),
                        OptionalDouble.of(188.3),
                        Optional.empty(),
                        Map.of(Format.M4A, link("https://h/a.m4a")),
                        Optional.of(link("https://h/a.jpg"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'title':null,'lyrics':null,'sound':null,'duration_s':null,'image_url':null",
        ",'title':7,'lyrics':{},'sound':[],'duration_s':'12','image_url':3",
        ",'title':' ','lyrics':'','sound':'','duration_s':-1,'image_url':' '",
        ",'lyrics':'\\n[Instrumental] ','duration_s':0,'image_url':[]",
        ",'lyrics':'[Instrumental]','duration_s':1e400,'image_url':' '"
      })
  void shouldReadASongThatLacksFields(String fields) {
    assertThat(
            lookup(
                200,
                "{'status':'success','generations':[{'id':'a','audio_url':'https://h/a'"
                    + fields
                    + "}]}"))
        .isEqualTo(new Finished(List.of(bare("a"))));
  }

  @Test
  void shouldReadLongLyrics() {
    String lyrics = "la ".repeat(350_000) + "end";
    Finished finished =
        (Finished)
            lookup(
                200,
                "{'status':'success','generations':[{'id':'a','audio_url':'https://h/a','lyrics':'"
                    + lyrics
                    + "'}]}");
    assertThat(finished.songs().getFirst().lyrics()).contains(lyrics);
  }

  /** A feed of one id may show both songs of its call. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'id':'a','audio_url':'https://h/a'},{'id':'b','audio_url':'https://h/b'}] | a",
        "[{'id':'b','audio_url':'https://h/b'},{'id':'a','audio_url':'https://h/a'}] | a",
        "[{'id':'b','audio_url':'https://h/b'}]                                      | b",
        "[{'id':'c','audio_url':'https://h/c'},{'id':'b','audio_url':'https://h/b'}] | c b",
        "[{'id':'b','audio_url':'https://h/b'},{'id':'b','audio_url':'https://h/x'}] | b",
        "[{'id':'c'},{'id':'b','audio_url':'https://h/b'}]                           | b",
        "[null,7,'a',{},{'id':7},{'id':'a','audio_url':'https://h/a'}]               | a"
      })
  void shouldPickTheSongsOfTheJob(String generations, String ids) {
    Finished expected =
        new Finished(List.of(ids.split(" ")).stream().map(RiffgatewayLookupTest::bare).toList());
    assertThat(lookup(200, "{'status':'success','generations':" + generations + "}"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id':'a'},{'id':'b','audio_url':'https://h/b'}]",
        "[{'id':'a','audio_url':null}]",
        "[{'id':'a','audio_url':''}]",
        "[{'id':'a','audio_url':7}]",
        "[{'id':'a','audio_url':' '}]",
        "[{'id':'a','audio_url':{}}]",
        "[{'audio_url':'https://h/a'}]",
        "[{'id':'','audio_url':'https://h/a'}]",
        "[{}]",
        "[null]",
        "['a']",
        "[]",
        "null",
        "'a'",
        "7"
      })
  void shouldWaitForTheAudio(String generations) {
    assertThat(lookup(200, "{'status':'success','process':100,'generations':" + generations + "}"))
        .isEqualTo(new Running(OptionalInt.of(100)));
  }

  /** {@code process} is a status and the name of a number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'process','process':42}                            | 42",
        "{'status':'process','process':42,'generations':[]}           | 42",
        "{'status':'process','process':99.9,'generations':[{'id':'a'}]} | 99",
        "{'status':'process','process':0}                             | 0",
        "{'status':'process','process':101}                           | 100",
        "{'status':'process','process':-1}                            | 0",
        "{'status':'process','process':100,'generations':[{'id':'a','audio_url':'https://h/a'}]}"
            + " | 100",
        "{'status':'process'}                                         |",
        "{'status':'process','process':'42'}                          |",
        "{'status':'process','process':'process'}                     |",
        "{'process':7}                                                | 7",
        "{'status':'queued','process':7}                              | 7",
        "{'status':'submitted'}                                       |",
        "{'status':'success'}                                         |",
        "{'status':'succeeded','generations':[{'id':'a','audio_url':'https://h/a'}]} |",
        "{'status':'no failure yet','process':3}                      | 3",
        "{'status':{'is':'success'}}                                  |",
        "{'status':null}                                              |",
        "{'status':7}                                                 |",
        "{'error':{'message':'odd'}}                                  |",
        "{}                                                           |"
      })
  void shouldWaitForWhatIsNotSaidToHaveEnded(String body, Integer percent) {
    assertThat(lookup(200, body))
        .isEqualTo(new Running(percent == null ? OptionalInt.empty() : OptionalInt.of(percent)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "SUCCESS", "Success"})
  void shouldReadTheStatusInAnyCase(String status) {
    assertThat(lookup(200, "{'status':'" + status + "','generations':[" + A + "," + B + "]}"))
        .isEqualTo(new Finished(List.of(bare("a"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'fail'}                                          | its status is fail",
        "{'status':'failed','process':100}                          | its status is failed",
        "{'status':'FAILED'}                                        | its status is failed",
        "{'status':'failure','error':{}}                            | its status is failure",
        "{'status':'error','error':{'message':'oops'},'message':'x'} | oops",
        "{'status':'error','error':'oops'}                          | oops",
        "{'status':'fail','message':'oops'}                         | oops",
        "{'status':'fail','generations':[{'id':'a','audio_url':'https://h/a'}]}"
            + " | its status is fail"
      })
  void shouldTellAFailure(String body, String said) {
    assertThat(lookup(200, body))
        .isEqualTo(
            new Failed(
                new Reason("generation-failed", "riffgateway could not make the song: " + said)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':{'message':'no such id'}} | no such id",
        "404 | {'error':{'message':'no such id'}} | no such id",
        "404 | <html>                             | HTTP 404"
      })
  void shouldNotHearOfAnUnknownJob(int status, String body, String said) {
    assertThat(lookup(status, body)).isEqualTo(new Unheard(said));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    assertThat(lookup(401, "{'error':{'message':'invalid key'}}"))
        .isEqualTo(
            new Denied(
                new Reason(
                    "provider-unauthorized",
                    "riffgateway refused our token; set RIFFGATEWAY_TOKEN to a valid one")));
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 403})
  void shouldTellThatTheAccountIsEmpty(int status) {
    assertThat(lookup(status, "{'error':{'message':'no balance'}}"))
        .isEqualTo(
            new Denied(
                new Reason(
                    "account-needs-attention",
                    "the riffgateway account behind RIFFGATEWAY_TOKEN must be put right by its"
                        + " holder: no balance")));
  }

  @Test
  void shouldTellThatTheServiceIsRetired() {
    assertThat(lookup(410, "{'error':{'message':'closed'}}"))
        .isEqualTo(
            new Denied(
                new Reason("provider-retired", "riffgateway no longer serves this: closed")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "202 | {'status':'process'}               | HTTP 202",
        "302 |                                    | HTTP 302",
        "422 | {}                                 | HTTP 422",
        "429 | {'error':{'message':'slow down'}}  | slow down",
        "500 | {'error':{'message':'oops'}}       | oops",
        "502 | <html>502</html>                   | HTTP 502",
        "504 | {'error':'timeout'}                | timeout",
        "200 | <html>                             | its answer is not an object",
        "200 |                                    | its answer is not an object",
        "200 | []                                 | its answer is not an object",
        "200 | null                               | its answer is not an object",
        "200 | 'success'                          | its answer is not an object",
        "200 | {'status':'success'                | its answer is not an object"
      })
  void shouldAskAgainLater(int status, String body, String said) {
    assertThat(lookup(status, body))
        .isEqualTo(
            new NotNow(
                new Reason("provider-unavailable", "riffgateway cannot be reached: " + said)));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(gateway.lookup("a", Optional.empty()))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unavailable", "riffgateway cannot be reached: ConnectException")));
  }

  @Test
  void shouldAskAgainWhenTheConnectionIsDropped() {
    for (int i = 0; i < 10; i++) {
      stub.drop(FEED);
    }
    NotNow lookup = (NotNow) gateway.lookup("a", Optional.empty());
    assertThat(lookup.reason().detail()).startsWith("riffgateway cannot be reached: ");
  }

  /** Whatever the bytes are, they have a place among the results. */
  @Test
  void shouldTakeAnyBytes() {
    Random random = new Random(7);
    byte[] body =
        ("{'status':'success','process':50,'id':'u','jobs':[{'id':'a'}],'generations':["
                + A
                + ","
                + B
                + "]}")
            .replace('\'', '"')
            .getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = body.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      int status = List.of(200, 200, 400, 403, 500).get(random.nextInt(5));
      Reply reply = new Reply.Answer(status, json(damaged), Optional.empty());
      String hex = HexFormat.of().formatHex(damaged);
      assertThat(RiffgatewayAnswers.looked(reply, "a")).as(hex).isNotNull();
      assertThat(RiffgatewayAnswers.submitted(reply)).as(hex).isNotNull();
      assertThat(RiffgatewayAnswers.registered(reply)).as(hex).isNotNull();
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
    stub.answer(FEED, status, body == null ? "" : body.replace('\'', '"'));
    return gateway.lookup("a", Optional.empty());
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
