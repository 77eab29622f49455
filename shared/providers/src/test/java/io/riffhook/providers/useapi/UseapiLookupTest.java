package io.riffhook.providers.useapi;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a read of a job, or of the scheduler, comes to. */
class UseapiLookupTest {
  private static final String MUSIC = "/music/";
  private static final String SCHEDULER = "/scheduler";
  private static final JobId JOB = new JobId("job-1");
  private static final Optional<String> NO_ACCOUNT = Optional.empty();

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @Test
  void shouldReadTheSongOfThePage() {
    String sound = "Jazz-Pop, downtempo, smooth piano, light cymbal brushes, dreamy ambiance";
    assertThat(lookup(200, Seed.read(getClass(), "music-item.json")))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "<uuid>",
                        "Vivid Daydream",
                        true,
                        Optional.of(sound),
                        Optional.empty(),
                        OptionalDouble.of(234.57),
                        Optional.empty(),
                        Map.of(
                            Format.MP3,
                            new AssetSource.ApiDownload("<uuid>", Format.MP3, NO_ACCOUNT),
                            Format.WAV,
                            new AssetSource.ApiDownload("<uuid>", Format.WAV, NO_ACCOUNT),
                            Format.M4A,
                            unreadable("download_url")),
                        Optional.of(unreadable("image_url"))))));
  }

  /** The case link-with-spaces. */
  @Test
  void shouldReadLinksAsBrowsersDo() {
    ProviderSong song =
        song(
            "[{'id':'s','status':'completed','download_url':' HTTPS://H/Paper Boats (final).m4a',"
                + "'image_url':'https://h/a|b[1]{c}.jpg'}]");
    assertThat(song.audio())
        .containsEntry(Format.M4A, link("https://h/Paper%20Boats%20(final).m4a"));
    assertThat(song.cover()).contains(link("https://h/a%7Cb%5B1%5D%7Bc%7D.jpg"));
  }

  @Test
  void shouldReadAllOfASong() {
    stub.answer(
        MUSIC,
        200,
        """
        [{"id":"s-1","title":"Größe 大きさ 🎵","lyrics":"la\\nla","sound":"lo-fi",
          "audio_variation":"other","duration_s":187.2,"status":"completed",
          "lyrics_timestamped":"{\\"words\\": [ {\\"w\\":\\"la\\",\\"t\\":0.5} ]}",
          "download_url":"https://api.riffusion.com/riffs/u/audio/x.m4a",
          "image_url":"https://storage.googleapis.com/riffs/u/image/x.jpeg",
          "is_new":{"yes":[true]},"number":12345678901234567890}]\
        """);
    assertThat(useapi.lookup("p-1", Optional.of("acc")))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "s-1",
                        "Größe 大きさ 🎵",
                        false,
                        Optional.of("lo-fi"),
                        Optional.of("la\nla"),
                        OptionalDouble.of(187.2),
                        Optional.of("{\"words\":[{\"w\":\"la\",\"t\":0.5}]}"),
                        Map.of(
                            Format.MP3,
                            new AssetSource.ApiDownload("s-1", Format.MP3, Optional.of("acc")),
                            Format.WAV,
                            new AssetSource.ApiDownload("s-1", Format.WAV, Optional.of("acc")),
                            Format.M4A,
                            link("https://api.riffusion.com/riffs/u/audio/x.m4a")),
                        Optional.of(
                            link("https://storage.googleapis.com/riffs/u/image/x.jpeg"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'title':null,'lyrics':null,'sound':null,'duration_s':null,'download_url':null",
        ",'title':7,'lyrics':{},'sound':[],'audio_variation':true,'duration_s':'12',"
            + "'lyrics_timestamped':{},'download_url':{},'image_url':3",
        ",'title':' ','lyrics':'','sound':'','duration_s':-1,'download_url':'','image_url':' '",
        ",'lyrics':'\\n[Instrumental] ','duration_s':0,'lyrics_timestamped':'{}'",
        ",'lyrics':'[Instrumental]','lyrics_timestamped':'[1]'",
        ",'download_url':'\\n','image_url':[]",
        ",'duration_s':1e400"
      })
  void shouldReadASongThatLacksFields(String fields) {
    assertThat(lookup(200, ("[{'id':'s','status':'completed'" + fields + "}]").replace('\'', '"')))
        .isEqualTo(
            new Finished(
                List.of(
                    new ProviderSong(
                        "s",
                        "Untitled",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        downloads("s", NO_ACCOUNT),
                        Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\\'words\\': [1, 2]} | {'words':[1,2]}",
        "[{\\'t\\':0.25}]      | [{'t':0.25}]",
        "{}                    |",
        "[]                    |",
        "{…}                   |",
        "{\\'words\\':         |",
        "7                     |",
        "null                  |",
        "\\'text\\'            |",
        "not JSON              |"
      })
  void shouldReadJsonInText(String timestamped, String timings) {
    String item =
        "[{'id':'s','status':'completed','lyrics':'la','lyrics_timestamped':'"
            + timestamped
            + "'}]";
    assertThat(song(item).timings())
        .isEqualTo(Optional.ofNullable(timings).map(json -> json.replace('\'', '"')));
  }

  @Test
  void shouldNotReadJsonInTextThatNestsTooDeep() {
    String deep = "[".repeat(2_000) + "]".repeat(2_000);
    String item =
        "[{'id':'s','status':'completed','lyrics':'la','lyrics_timestamped':'" + deep + "'}]";
    assertThat(song(item).timings()).isEmpty();
  }

  @Test
  void shouldReadTheSoundUnderItsOtherName() {
    assertThat(song("[{'id':'s','status':'completed','audio_variation':'techno'}]").sound())
        .contains("techno");
  }

  @Test
  void shouldReadLongLyrics() {
    String lyrics = "la ".repeat(350_000) + "end";
    assertThat(song("[{'id':'s','status':'completed','lyrics':'" + lyrics + "'}]").lyrics())
        .contains(lyrics);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{'id':'a','status':'completed'},{'id':'b','status':'completed'}]    | a b",
        "[{'id':'a','status':'completed'},{'id':'b','status':'failed'}]       | a",
        "[{'id':'a','status':'failed'},{'id':'b','status':'completed'}]       | b",
        "[{'status':'completed'},{'id':'b','status':'completed'}]             | b",
        "[{'id':'a','status':'complete'}]                                     | a",
        "{'id':'a','status':'completed'}                                      | a"
      })
  void shouldTellTheFinishedSongs(String body, String ids) {
    Finished finished = (Finished) lookup(200, body.replace('\'', '"'));
    assertThat(finished.songs()).extracting(ProviderSong::id).containsExactly(ids.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id':'a','status':'processing'}]",
        "[{'id':'a','status':'completed'},{'id':'b','status':'processing'}]",
        "[{'id':'a','status':'failed'},{'id':'b','status':'processing'}]",
        "[{'id':'a','status':'queued'}]",
        "[{'id':'a','status':7}]",
        "[{'id':'a'}]",
        "[{}]",
        "[null]",
        "['a']",
        "[[]]",
        "{'status':'processing'}",
        "{'status':'processing','progress':'50'}",
        "{'status':'processing','progress':null}"
      })
  void shouldWaitForWhatIsNotSaidToHaveEnded(String body) {
    assertThat(lookup(200, body.replace('\'', '"'))).isEqualTo(new Running(OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "42, 42", "41.9, 41", "100, 100", "101, 100", "-3, 0", "1e300, 100"})
  void shouldTellTheProgress(String progress, int percent) {
    assertThat(lookup(200, "[{\"status\":\"processing\",\"progress\":" + progress + "}]"))
        .isEqualTo(new Running(OptionalInt.of(percent)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'id':'a','status':'failed'}]",
        "[{'status':'failed'},{'status':'failed'}]",
        "[{'id':'a','status':'failed'},{'status':'completed'}]",
        "{'status':'failed'}"
      })
  void shouldTellAFailure(String body) {
    assertThat(lookup(200, body.replace('\'', '"')))
        .isEqualTo(
            new Failed(
                new Reason(
                    "generation-failed", "useapi could not make the song: its status is failed")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "",
        "{}",
        "null",
        "7",
        "'a'",
        "<html></html>",
        "[{",
        "[{'status':'completed'}]"
      })
  void shouldNotHearOfASong(String body) {
    assertThat(lookup(200, body.replace('\'', '"')))
        .isEqualTo(new Unheard("no song in the answer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'no such id','code':400} | no such id",
        "404 | {'error':'no such id','code':404} | no such id",
        "404 | <html>                            | HTTP 404"
      })
  void shouldNotHearOfAnUnknownJob(int status, String body, String said) {
    assertThat(lookup(status, body.replace('\'', '"'))).isEqualTo(new Unheard(said));
  }

  @Test
  void shouldTellThatTheTokenIsRefused() {
    assertThat(lookup(401, Seed.read(getClass(), "error-401.json")))
        .isEqualTo(
            new Denied(
                new Reason(
                    "provider-unauthorized",
                    "useapi refused our token; set USEAPI_TOKEN to a valid one")));
  }

  @Test
  void shouldTellThatTheServiceIsRetired() {
    assertThat(lookup(410, "{\"error\":\"decommissioned\"}"))
        .isEqualTo(
            new Denied(
                new Reason("provider-retired", "useapi no longer serves this: decommissioned")));
  }

  @Test
  void shouldNameTheAccountThatA596Means() {
    stub.answer("/accounts", 200, "{\"u-9\":{\"error\":\"expired\"}}");
    assertThat(lookup(596, "{\"error\":\"pending error\"}"))
        .isEqualTo(
            new Denied(
                new Reason(
                    "account-needs-attention",
                    "the useapi account u-9 must be put right by its holder: pending error")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "429 | {'detail':'Too Many Requests'}  | Too Many Requests",
        "403 | {}                              | HTTP 403",
        "302 |                                 | HTTP 302",
        "500 | {'error':'oops','code':500}     | oops",
        "502 | <html>502</html>                | HTTP 502"
      })
  void shouldAskAgainLater(int status, String body, String said) {
    assertThat(lookup(status, body == null ? "" : body.replace('\'', '"')))
        .isEqualTo(
            new NotNow(new Reason("provider-unavailable", "useapi cannot be reached: " + said)));
  }

  @Test
  void shouldAskAgainWhenNobodyListens() {
    stub.stop();
    assertThat(useapi.lookup("p-1", NO_ACCOUNT))
        .isEqualTo(
            new NotNow(
                new Reason("provider-unavailable", "useapi cannot be reached: ConnectException")));
  }

  @Test
  void shouldAskAgainWhenTheConnectionIsDropped() {
    for (int i = 0; i < 10; i++) {
      stub.drop(MUSIC);
    }
    NotNow lookup = (NotNow) useapi.lookup("p-1", NO_ACCOUNT);
    assertThat(lookup.reason().detail()).startsWith("useapi cannot be reached: ");
  }

  @Test
  void shouldFindAJobInTheScheduler() {
    assertThat(
            find(
                200,
                """
                [{"job_id":"other","user_id":"u-1","replyRef":"job-2"},
                 {"job_id":"p-1","user_id":"u-2","started":"2025-02-20T10:00:00.000Z",
                  "elapsed":"01:25","replyUrl":"https://hooks.example.com","replyRef":"job-1"},
                 {"job_id":"none","user_id":"u-3"}]\
                """))
        .isEqualTo(new Found.There(List.of("p-1"), Optional.of("u-2")));
  }

  @Test
  void shouldFindBothJobsOfACall() {
    assertThat(
            find(
                200,
                """
                [{"job_id":"a","user_id":"u","replyRef":"job-1"},
                 {"job_id":"b","replyRef":"job-1"}]\
                """))
        .isEqualTo(new Found.There(List.of("a", "b"), Optional.of("u")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[null,7,'job-1',{}]",
        "[{'job_id':'job-1','replyRef':null}]",
        "[{'job_id':'a','replyRef':'job-10'}]",
        "[{'job_id':'a','replyRef':'JOB-1'}]"
      })
  void shouldNotFindAJob(String body) {
    assertThat(find(200, body.replace('\'', '"'))).isEqualTo(new Found.NotThere());
  }

  @Test
  void shouldNotClaimThatAJobWithoutAnIdIsNotThere() {
    assertThat(find(200, "[{\"replyRef\":\"job-1\"}]"))
        .isEqualTo(new Found.CannotTell("its scheduler names no id for the job"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"200 | {}", "200 | <html>", "401 | {}", "404 | []", "500 | []", "596 | {}"})
  void shouldNotBeAbleToTell(int status, String body) {
    assertThat(find(status, body)).isEqualTo(new Found.CannotTell("HTTP " + status));
  }

  @Test
  void shouldNotBeAbleToTellWhenNobodyListens() {
    stub.stop();
    assertThat(useapi.find(JOB)).isEqualTo(new Found.CannotTell("ConnectException"));
  }

  private Lookup lookup(int status, String body) {
    stub.answer(MUSIC, status, body);
    return useapi.lookup("p-1", NO_ACCOUNT);
  }

  private ProviderSong song(String body) {
    return ((Finished) lookup(200, body.replace('\'', '"'))).songs().getFirst();
  }

  private Found find(int status, String body) {
    stub.answer(SCHEDULER, status, body);
    return useapi.find(JOB);
  }

  private static Map<Format, AssetSource> downloads(String id, Optional<String> account) {
    return Map.of(
        Format.MP3, new AssetSource.ApiDownload(id, Format.MP3, account),
        Format.WAV, new AssetSource.ApiDownload(id, Format.WAV, account));
  }

  private static AssetSource unreadable(String field) {
    return new AssetSource.Unreadable("its " + field + " cannot be read: it must be an https URL");
  }

  private static AssetSource link(String url) {
    return new AssetSource.Link(URI.create(url));
  }
}
