package io.riffhook.providers.musicapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Callback;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.Format;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider.Found;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Registration.Never;
import io.riffhook.domain.Registration.NotNow;
import io.riffhook.domain.Registration.Usable;
import io.riffhook.domain.Standing;
import io.riffhook.providers.StubProvider;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that it takes and gives, our credits with it, and what it says that it can do. */
class MusicapiFilesTest {
  private static final String UPLOAD = "/api/v1/riffusion/upload";
  private static final String CREDITS = "/api/v1/get-credits";
  private static final SourceFile FILE =
      new SourceFile(
          "upload-1",
          ContentType.MP3,
          3,
          URI.create("https://bucket.example.com/b.mp3?X-Signature=secret"),
          InputStream::nullInputStream);

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final MusicapiProvider musicapi =
      MusicapiProvider.from(stub.settings("MUSICAPI", "sk-secret"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'message':'success','clip_id':'c-1'}",
        "200 | {'code':200,'clip_id':'c-1','title':7}",
        "200 | {'clip_id':'c-1','data':{'clip_id':'other'}}",
        "200 | {'code':200,'data':{'clip_id':'c-1'}}",
        "200 | {'code':200,'data':[{'clip_id':'c-1'},{'clip_id':'c-2'}]}",
        "201 | {'clip_id':'c-1'}",
        "202 | {'clip_id':'c-1'}"
      })
  void shouldNameTheClipOfAFile(int status, String body) {
    assertThat(register(status, body)).isEqualTo(new Usable("c-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{'clip_id':''}",
        "{'clip_id':7}",
        "{'data':[]}",
        "{'data':'c-1'}",
        "{'task_id':'t-1'}",
        "<html>"
      })
  void shouldNotBuyAnUploadAgain(String body) {
    assertThat(register(200, body))
        .isEqualTo(
            new Never(
                new Reason(
                    "provider-refused", "musicapi refused the request: its answer names no clip")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'bad url'}                        | bad url",
        "403 | {'error':'The audio is copyrighted'}       | The audio is copyrighted",
        "403 | {}                                         | HTTP 403",
        "413 | <html>                                     | HTTP 413",
        "499 |                                            | HTTP 499"
      })
  void shouldTellThatAFileIsRefused(int status, String body, String said) {
    assertThat(register(status, body))
        .isEqualTo(
            new Never(new Reason("provider-refused", "musicapi refused the request: " + said)));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellThatUploadsAreRetired(int status) {
    assertThat(register(status, "{'type':'endpoint_retired','error':'gone'}"))
        .isEqualTo(
            new Never(new Reason("provider-retired", "musicapi no longer serves this: gone")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':'internal error'} | internal error",
        "502 |                            | HTTP 502",
        "504 | {'error':'timed out'}      | timed out"
      })
  void shouldGiveAFileAgainLater(int status, String body, String said) {
    assertThat(register(status, body))
        .isEqualTo(
            new NotNow(new Reason("provider-unavailable", "musicapi cannot be reached: " + said)));
  }

  @Test
  void shouldGiveAFileAgainWhenItIsLessBusy() {
    assertThat(register(429, "{'error':'slow down'}"))
        .isEqualTo(
            new NotNow(
                new Reason("provider-busy", "musicapi takes no more jobs just now: slow down")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "402 | {}                                                    | HTTP 402",
        "403 | {'error':'The remaining credits are not enough.'}"
            + " | The remaining credits are not enough."
      })
  void shouldGiveAFileAgainWhenThereAreCredits(int status, String body, String said) {
    assertThat(register(status, body))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "account-needs-attention",
                    "the musicapi account behind MUSICAPI_TOKEN must be put right by its holder: "
                        + said)));
  }

  @Test
  void shouldGiveAFileAgainWithAValidToken() {
    assertThat(register(401, "{'error':'Invalid authorization format.'}"))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unauthorized",
                    "musicapi refused our token; set MUSICAPI_TOKEN to a valid one")));
  }

  @Test
  void shouldGiveAFileAgainWhenNobodyListens() {
    stub.stop();
    assertThat(musicapi.register(FILE))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unavailable", "musicapi cannot be reached: ConnectException")));
  }

  @Test
  void shouldGiveAFileAgainWhenTheConnectionIsDropped() {
    stub.drop(UPLOAD);
    NotNow registration = (NotNow) musicapi.register(FILE);
    assertThat(registration.reason().detail())
        .startsWith("musicapi cannot be reached: ")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'credits':50,'extra_credits':0}          | 50",
        "{'credits':50,'extra_credits':7}          | 57",
        "{'credits':0,'extra_credits':7,'more':[]} | 7",
        "{'credits':50}                            | 50",
        "{'credits':50.9,'extra_credits':null}     | 50",
        "{'credits':-3,'extra_credits':-1}         | 0",
        "{'credits':1e300,'extra_credits':1e300}   | 4294967294"
      })
  void shouldTellTheCredits(String body, long credits) {
    assertThat(standing(200, body)).isEqualTo(new Standing(OptionalLong.of(credits), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {}",
        "200 | {'credits':'50'}",
        "200 | {'credits':null,'extra_credits':7}",
        "200 | [50]",
        "200 | <html>",
        "200 |",
        "201 | {'credits':50}",
        "401 | {'error':'no','credits':50}",
        "500 | {'credits':50}"
      })
  void shouldNotTellWhatIsNotKnown(int status, String body) {
    assertThat(standing(status, body)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void shouldNotTellTheCreditsWhenNobodyListens() {
    stub.stop();
    assertThat(musicapi.standing()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void shouldOpenALinkWithoutTheToken() throws Exception {
    stub.answer("/x.m4a", 200, "bytes");
    Opened opened = musicapi.open(new AssetSource.Link(URI.create(stub.origin() + "/x.m4a")));
    try (Opened.Body body = (Opened.Body) opened) {
      assertThat(body.bytes().readAllBytes()).isEqualTo("bytes".getBytes(UTF_8));
    }
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldOpenNoForeignLink() {
    assertThat(musicapi.open(new AssetSource.Link(URI.create("https://evil.example.com/x.m4a"))))
        .isEqualTo(
            new Opened.Gone(
                "its link leads to https://evil.example.com, which is not the provider's"
                    + " (RIFFHOOK_FILE_HOSTS adds hosts)"));
  }

  @Test
  void shouldHaveNoDownloadsOfItsApi() {
    assertThat(musicapi.open(new AssetSource.ApiDownload("c", Format.MP3, Optional.empty())))
        .isEqualTo(new Opened.Gone("musicapi has no downloads but its links"));
  }

  @Test
  void shouldReadNoCallback() {
    byte[] body = "{\"task_id\":\"t\",\"event\":\"song.completed\"}".getBytes(UTF_8);
    assertThat(musicapi.parseCallback(new Inbound(Map.of(), body, Instant.EPOCH)))
        .isEqualTo(new Callback.Unreadable("musicapi sends no callbacks"));
  }

  @Test
  void shouldListNoJobs() {
    assertThat(musicapi.find(new JobId("job-1")))
        .isEqualTo(new Found.CannotTell("it lists no jobs"));
  }

  @Test
  void shouldSayWhatItCanDo() {
    Capabilities can = musicapi.capabilities();
    assertThat(can.provider()).isEqualTo("musicapi");
    assertThat(can.formats()).containsExactly(Format.M4A);
    assertThat(can.models())
        .containsExactly("FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0");
    assertThat(can.webhooks()).isFalse();
    assertThat(can.pace()).isEqualTo(Duration.ofSeconds(15));
    assertThat(can.fileHosts()).containsExactly("storage.googleapis.com");
    assertThat(can.operations().keySet()).containsExactlyInAnyOrder(Kind.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "PROMPT      | PROMPT                                | PROMPT           | NONE",
        "COMPOSE     | PROMPT INSTRUMENTAL TITLE LYRICS SOUNDS | PROMPT SOUNDS  | NONE",
        "COVER       | PROMPT TITLE LYRICS COVER_STRENGTH    | -                | ANY",
        "EXTEND      | PROMPT TITLE LYRICS AT                | PROMPT LYRICS AT | ANY",
        "REPLACE     | PROMPT TITLE LYRICS START END         | START END        | ANY",
        "SWAP_SOUND  | PROMPT TITLE LYRICS                   | -                | ANY",
        "SWAP_VOCALS | PROMPT TITLE LYRICS                   | LYRICS           | ANY"
      })
  void shouldSayWhichOptionsItTakes(Kind kind, String takes, String needs, Sources sources) {
    Can can = musicapi.capabilities().can(kind).orElseThrow();
    assertThat(can.options().keySet()).containsExactlyElementsOf(options(takes));
    assertThat(can.required()).containsExactlyElementsOf(options(needs));
    assertThat(can.sources()).isEqualTo(sources);
    assertThat(can.options().get(Option.TITLE))
        .isEqualTo(kind == Kind.PROMPT ? null : new Range(1, 80));
    assertThat(can.options().get(Option.PROMPT))
        .isEqualTo(new Range(1, kind == Kind.PROMPT ? 3_000 : 5_000));
  }

  private static List<Option> options(String names) {
    return names == null
        ? List.of()
        : List.of(names.split(" ")).stream().map(Option::valueOf).toList();
  }

  private Registration register(int status, String body) {
    stub.answer(UPLOAD, status, body == null ? "" : body.replace('\'', '"'));
    return musicapi.register(FILE);
  }

  private Standing standing(int status, String body) {
    stub.answer(CREDITS, status, body == null ? "" : body.replace('\'', '"'));
    return musicapi.standing();
  }
}
