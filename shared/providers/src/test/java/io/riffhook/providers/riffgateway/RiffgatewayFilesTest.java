package io.riffhook.providers.riffgateway;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that it takes and gives, and what it says that it can do. */
class RiffgatewayFilesTest {
  private static final String UPLOAD = "/riffusion/upload";
  private static final SourceFile FILE =
      new SourceFile(
          "upload-1",
          ContentType.MP3,
          3,
          URI.create("https://bucket.example.com/b.mp3?X-Signature=secret"),
          InputStream::nullInputStream);

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final RiffgatewayProvider gateway =
      RiffgatewayProvider.from(stub.settings("RIFFGATEWAY", "hk-secret"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'id':'u-1'}",
        "200 | {'id':'u-1','url':'https://h/x','status':'pending','more':[{}]}",
        "201 | {'id':'u-1'}",
        "202 | {'id':'u-1'}"
      })
  void shouldNameAFile(int status, String body) {
    assertThat(register(status, body)).isEqualTo(new Usable("u-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{'id':''}", "{'id':7}", "{'id':null}", "[{'id':'u'}]", "<html>"})
  void shouldNotBuyAnUploadAgain(String body) {
    assertThat(register(200, body))
        .isEqualTo(
            new Never(
                new Reason(
                    "provider-refused",
                    "riffgateway refused the request: its answer names no id")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':{'message':'bad url'}} | bad url",
        "413 | <html>                          | HTTP 413",
        "499 |                                 | HTTP 499"
      })
  void shouldTellThatAFileIsRefused(int status, String body, String said) {
    assertThat(register(status, body))
        .isEqualTo(
            new Never(new Reason("provider-refused", "riffgateway refused the request: " + said)));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellThatUploadsAreRetired(int status) {
    assertThat(register(status, "{'error':{'message':'gone'}}"))
        .isEqualTo(
            new Never(new Reason("provider-retired", "riffgateway no longer serves this: gone")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "500 | {'error':{'message':'oops'}} | oops",
        "502 |                              | HTTP 502"
      })
  void shouldGiveAFileAgainLater(int status, String body, String said) {
    assertThat(register(status, body))
        .isEqualTo(
            new NotNow(
                new Reason("provider-unavailable", "riffgateway cannot be reached: " + said)));
  }

  @Test
  void shouldGiveAFileAgainWhenItIsLessBusy() {
    assertThat(register(429, "{'error':{'message':'slow down'}}"))
        .isEqualTo(
            new NotNow(
                new Reason("provider-busy", "riffgateway takes no more jobs just now: slow down")));
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 403})
  void shouldGiveAFileAgainWhenThereIsMoney(int status) {
    assertThat(register(status, "{'error':{'message':'no balance'}}"))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "account-needs-attention",
                    "the riffgateway account behind RIFFGATEWAY_TOKEN must be put right by its"
                        + " holder: no balance")));
  }

  @Test
  void shouldGiveAFileAgainWithAValidToken() {
    assertThat(register(401, "{}"))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unauthorized",
                    "riffgateway refused our token; set RIFFGATEWAY_TOKEN to a valid one")));
  }

  @Test
  void shouldGiveAFileAgainWhenNobodyListens() {
    stub.stop();
    assertThat(gateway.register(FILE))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unavailable", "riffgateway cannot be reached: ConnectException")));
  }

  @Test
  void shouldGiveAFileAgainWhenTheConnectionIsDropped() {
    stub.drop(UPLOAD);
    NotNow registration = (NotNow) gateway.register(FILE);
    assertThat(registration.reason().detail())
        .startsWith("riffgateway cannot be reached: ")
        .doesNotContain("secret");
  }

  @Test
  void shouldOpenALinkWithoutTheToken() throws Exception {
    stub.answer("/x.m4a", 200, "bytes");
    Opened opened = gateway.open(new AssetSource.Link(URI.create(stub.origin() + "/x.m4a")));
    try (Opened.Body body = (Opened.Body) opened) {
      assertThat(body.bytes().readAllBytes()).isEqualTo("bytes".getBytes(UTF_8));
    }
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldOpenNoForeignLink() {
    assertThat(gateway.open(new AssetSource.Link(URI.create("https://evil.example.com/x.m4a"))))
        .isEqualTo(
            new Opened.Gone(
                "its link leads to https://evil.example.com, which is not the provider's"
                    + " (RIFFHOOK_FILE_HOSTS adds hosts)"));
  }

  @Test
  void shouldHaveNoDownloadsOfItsApi() {
    assertThat(gateway.open(new AssetSource.ApiDownload("c", Format.MP3, Optional.empty())))
        .isEqualTo(new Opened.Gone("riffgateway has no downloads but its links"));
  }

  @Test
  void shouldReadNoCallback() {
    byte[] body = "{\"status\":\"success\"}".getBytes(UTF_8);
    assertThat(gateway.parseCallback(new Inbound(Map.of(), body, Instant.EPOCH)))
        .isEqualTo(new Callback.Unreadable("riffgateway sends no callbacks"));
  }

  @Test
  void shouldListNoJobsAndTellNoCredits() {
    assertThat(gateway.find(new JobId("job-1")))
        .isEqualTo(new Found.CannotTell("it lists no jobs"));
    assertThat(gateway.standing()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void shouldSayWhatItCanDo() {
    Capabilities can = gateway.capabilities();
    assertThat(can.provider()).isEqualTo("riffgateway");
    assertThat(can.formats()).containsExactly(Format.M4A);
    assertThat(can.models())
        .containsExactly("FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0");
    assertThat(can.webhooks()).isFalse();
    assertThat(can.pace()).isEqualTo(Duration.ofSeconds(6));
    assertThat(can.fileHosts())
        .containsExactlyInAnyOrder("api.riffusion.com", "storage.googleapis.com");
    assertThat(can.operations().keySet()).containsExactlyInAnyOrder(Kind.values());
  }

  private static final String CONTROLS =
      "PROMPT TITLE LYRICS LYRICS_STRENGTH PROMPT_STRENGTH WEIRDNESS VARIATION";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PROMPT      | PROMPT INSTRUMENTAL                     | PROMPT              | NONE",
        "COMPOSE     | PROMPT INSTRUMENTAL TITLE LYRICS SOUNDS | PROMPT TITLE SOUNDS | NONE",
        "COVER       | " + CONTROLS + " COVER_STRENGTH | PROMPT TITLE LYRICS           | ANY",
        "EXTEND      | " + CONTROLS + " AT SECONDS     | PROMPT TITLE LYRICS AT        | ANY",
        "REPLACE     | " + CONTROLS + " START END      | PROMPT TITLE LYRICS START END | ANY",
        "SWAP_SOUND  | " + CONTROLS + "                | PROMPT TITLE LYRICS           | ANY",
        "SWAP_VOCALS | " + CONTROLS + "                | PROMPT TITLE LYRICS           | ANY"
      })
  void shouldSayWhichOptionsItTakes(Kind kind, String takes, String needs, Sources sources) {
    Can can = gateway.capabilities().can(kind).orElseThrow();
    assertThat(can.options().keySet()).containsExactlyInAnyOrderElementsOf(options(takes));
    assertThat(can.required()).containsExactlyInAnyOrderElementsOf(options(needs));
    assertThat(can.sources()).isEqualTo(sources);
    assertThat(can.options().get(Option.PROMPT)).isEqualTo(new Range(1, 5_000));
  }

  private static List<Option> options(String names) {
    return List.of(names.split(" ")).stream().map(Option::valueOf).toList();
  }

  private Registration register(int status, String body) {
    stub.answer(UPLOAD, status, body == null ? "" : body.replace('\'', '"'));
    return gateway.register(FILE);
  }
}
