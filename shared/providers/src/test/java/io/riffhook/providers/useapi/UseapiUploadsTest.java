package io.riffhook.providers.useapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.ContentType;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Registration.Never;
import io.riffhook.domain.Registration.NotNow;
import io.riffhook.domain.Registration.NotYet;
import io.riffhook.domain.Registration.Usable;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Giving useapi a file, in both shapes that its answers had. */
class UseapiUploadsTest {
  private static final String AUDIO = "/music/upload-audio/";
  private static final String IMAGE = "/music/upload-image/";
  private static final String WANTED = "{\"error\":\"Parameter user_id is required\",\"code\":400}";

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @ParameterizedTest
  @CsvSource({"MP3, audio/mpeg", "WAV, audio/wav", "M4A, audio/mp4"})
  void shouldPostAudioAsItIs(ContentType type, String mediaType) {
    stub.answer(AUDIO, 200, "{\"job_id\":\"j-1\"}");
    assertThat(useapi.register(file("a b/ü&c", type, "bytes"))).isEqualTo(new NotYet("j-1"));
    assertPosted("/v1/riffusion/music/upload-audio/?file_name=a+b%2F%C3%BC%26c", mediaType);
  }

  @ParameterizedTest
  @CsvSource({"PNG, image/png", "JPEG, image/jpeg", "GIF, image/gif", "WEBP, image/webp"})
  void shouldPostAPictureAsItIs(ContentType type, String mediaType) {
    stub.answer(
        IMAGE,
        200,
        """
        {"Key":"riffs/u/image/i-1.jpg","Id":"x","image_id":"i-1",
         "url":"https://api.riffusion.com/storage/v1/object/public/riffs/u/image/i-1.jpg"}\
        """);
    assertThat(useapi.register(file("cover", type, "bytes"))).isEqualTo(new Usable("i-1"));
    assertPosted("/v1/riffusion/music/upload-image/", mediaType);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLAC", "OGG"})
  void shouldNotPostWhatIsNotTaken(ContentType type) {
    assertThat(useapi.register(file("song", type, "bytes")))
        .isEqualTo(new Never(refused("it takes audio as m4a, mp3 or wav")));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldNotPostAFileThatIsTooLong() {
    assertThat(useapi.register(sized(50_000_000)))
        .isEqualTo(new Never(refused("a file must be smaller than 50 MB")));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldTryAgainWhereTheFileIsShorterThanItSays() {
    // One byte below what is refused, so it is sent, and the call breaks off.
    assertThat(useapi.register(sized(49_999_999))).isInstanceOf(NotNow.class);
  }

  @Test
  void shouldTellWhenAFileCannotBeRead() {
    SourceFile unreadable =
        new SourceFile(
            "song",
            ContentType.MP3,
            5,
            URI.create("https://files.example.com/x"),
            () -> {
              throw new IOException("no disk");
            });
    assertThat(useapi.register(unreadable)).isInstanceOf(NotNow.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'job_id':'j'}                                                              | j",
        "{'is_flagged':false,'id':'a:t','transcription_job_id':'t','audio_upload_id':'a'} | a:t",
        "{'audio_upload_id':'a','id':null}                                           | a",
        "{'id':'a:t','job_id':'j','new':[{}]}                                        | a:t"
      })
  void shouldReadBothShapes(String body, String id) {
    assertThat(register(200, body)).isEqualTo(new NotYet(id));
    assertThat(register(201, body)).isEqualTo(new NotYet(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{'id':7}", "{'job_id':' '}", "<html>"})
  void shouldTryAgainWhereNoUploadIsNamed(String body) {
    assertThat(register(200, body)).isEqualTo(new NotNow(later("its answer names no upload")));
    stub.answer(IMAGE, 200, body.replace('\'', '"'));
    assertThat(useapi.register(file("cover", ContentType.PNG, "bytes")))
        .isEqualTo(new NotNow(later("its answer names no image")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "200 | {'is_flagged':true,'id':'a:t'}                | the file is flagged",
        "422 | {'is_flagged':true,'reason':'moderation'}     | moderation",
        "400 | {'is_flagged':true,'reason':7}                | the file is flagged"
      })
  void shouldTellModeration(int status, String body, String said) {
    Never moderated = new Never(new Reason("moderated", "useapi refused the prompt: " + said));
    assertThat(register(status, body)).isEqualTo(moderated);
    assertThat(registered(status, body)).isEqualTo(moderated);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'bad audio','code':400} | bad audio",
        "413 | <html>                           | HTTP 413",
        "415 | {'detail':'what is it'}          | what is it",
        "422 | {'is_flagged':false}             | HTTP 422"
      })
  void shouldTellWhatIsRefused(int status, String body, String said) {
    assertThat(register(status, body)).isEqualTo(new Never(refused(said)));
    assertThat(registered(status, body)).isEqualTo(new Never(refused(said)));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void shouldTellThatTheServiceIsRetired(int status) {
    Never retired = new Never(new Reason("provider-retired", "useapi no longer serves this: gone"));
    assertThat(register(status, "{'error':'gone'}")).isEqualTo(retired);
    assertThat(registered(status, "{'error':'gone'}")).isEqualTo(retired);
  }

  @Test
  void shouldTryAgainLater() {
    assertThat(register(500, "{'error':'oops','is_flagged':true}"))
        .isEqualTo(new NotNow(later("oops")));
    assertThat(register(503, "<html>")).isEqualTo(new NotNow(later("HTTP 503")));
    assertThat(register(429, "{'detail':'Too Many Requests'}"))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-busy", "useapi takes no more jobs just now: Too Many Requests")));
    assertThat(register(401, "{}"))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "provider-unauthorized",
                    "useapi refused our token; set USEAPI_TOKEN to a valid one")));
    stub.answer("/accounts", 200, "{\"u-2\":{\"error\":\"expired\"}}");
    assertThat(register(596, "{'error':'pending'}"))
        .isEqualTo(
            new NotNow(
                new Reason(
                    "account-needs-attention",
                    "the useapi account u-2 must be put right by its holder: pending")));
    stub.drop(AUDIO);
    assertThat(useapi.register(file("song", ContentType.MP3, "bytes"))).isInstanceOf(NotNow.class);
    stub.stop();
    assertThat(useapi.register(file("song", ContentType.MP3, "bytes")))
        .isEqualTo(new NotNow(later("ConnectException")));
    assertThat(useapi.registered("a:t")).isEqualTo(new NotNow(later("ConnectException")));
  }

  @Test
  void shouldGiveTheFileToAnAccountThatWorks() {
    stub.answer("/accounts", 200, "{\"u-1\":{\"error\":\"x\"},\"u-2\":{},\"u-3\":{}}");
    stub.answer(AUDIO, 400, WANTED).answer(AUDIO, 200, "{\"id\":\"a:t\"}");
    assertThat(useapi.register(file("song", ContentType.MP3, "bytes")))
        .isEqualTo(new NotYet("a:t@u-2"));
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target() + " " + request.body())
        .containsExactly(
            "POST /v1/riffusion/music/upload-audio/?file_name=song bytes",
            "GET /v1/riffusion/accounts ",
            "POST /v1/riffusion/music/upload-audio/?file_name=song&user_id=u-2 bytes");
  }

  @Test
  void shouldGiveAPictureToAnAccountThatWorks() {
    stub.answer("/accounts", 200, "{\"u-2\":{}}");
    stub.answer(IMAGE, 400, WANTED).answer(IMAGE, 200, "{\"image_id\":\"i\"}");
    assertThat(useapi.register(file("cover", ContentType.PNG, "bytes")))
        .isEqualTo(new Usable("i@u-2"));
    assertThat(stub.requests().getLast().target())
        .isEqualTo("/v1/riffusion/music/upload-image/?user_id=u-2");
  }

  @Test
  void shouldTellTheRefusalWhereNoAccountWorks() {
    stub.answer("/accounts", 200, "{\"u-1\":{\"error\":\"x\"}}").answer(AUDIO, 400, WANTED);
    assertThat(useapi.register(file("song", ContentType.MP3, "bytes")))
        .isEqualTo(new Never(refused("Parameter user_id is required")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a:t     | {'status':'complete','is_flagged':false,'transcribed_lyrics':'la'}  | a",
        "j-1     | {'is_flagged':false,'transcribed_lyrics':'la','status':'complete'}  | j-1",
        "a:t     | {'status':'completed','audio_upload_id':'b','user_id':'u'}          | b",
        "a:t@u   | {'status':'complete','audio_upload_id':null}                        | a@u",
        "a:t@u   | {'status':'complete','audio_upload_id':'b'}                         | b@u"
      })
  void shouldTellThatAFileIsUsable(String id, String body, String usable) {
    stub.answer(AUDIO, 200, body.replace('\'', '"'));
    assertThat(useapi.registered(id)).isEqualTo(new Usable(usable));
  }

  @Test
  void shouldReadTheAnswerOfThePage() {
    assertThat(
            registered(
                200,
                """
                {"status":"complete","lyrics":"la","id":"a:t","created_at":"2025-02-25T10:00:00Z",
                 "user_id":"u","name":"song","type":"audio/mpeg","storage_name":"x",
                 "audible_magic_response":{"statusCode":2005,"unknownAssetID":"x",
                   "statusDescription":"x","unknownMediaFileDuration":123},
                 "is_flagged":false,"audio_upload_id":"a","transcription_job_id":"t"}\
                """))
        .isEqualTo(new Usable("a"));
    assertThat(stub.request().method() + " " + stub.request().target())
        .isEqualTo("GET /v1/riffusion/music/upload-audio/?id=a%3At");
  }

  @Test
  void shouldTellThatAFileIsStillWorkedOn() {
    assertThat(registered(200, "{'status':'pending','is_flagged':false}"))
        .isEqualTo(new NotYet("a:t"));
    assertThat(registered(200, "{'status':'pending','is_flagged':null,'audio_upload_id':'a'}"))
        .isEqualTo(new NotYet("a:t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "error"})
  void shouldTellThatAFileIsOfNoUse(String status) {
    assertThat(registered(200, "{'status':'" + status + "'}"))
        .isEqualTo(new Never(refused("it could not use the file")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{'status':null}", "{'status':''}", "<html>"})
  void shouldAskAgainWhereThereIsNoStatus(String body) {
    assertThat(registered(200, body)).isEqualTo(new NotNow(later("its answer has no status")));
  }

  @Test
  void shouldFindTheAccountThatHasTheFile() {
    stub.answer("/accounts", 200, "{\"u-1\":{},\"u-2\":{}}");
    stub.answer(AUDIO, 400, WANTED).answer(AUDIO, 400, "{}");
    stub.answer(AUDIO, 200, "{\"status\":\"pending\"}");
    assertThat(useapi.registered("a:t")).isEqualTo(new NotYet("a:t@u-2"));
    stub.answer(AUDIO, 200, "{\"status\":\"complete\"}");
    assertThat(useapi.registered("a:t@u-2")).isEqualTo(new Usable("a@u-2"));
    assertThat(stub.requests().getLast().target())
        .isEqualTo("/v1/riffusion/music/upload-audio/?id=a%3At&user_id=u-2");
  }

  private void assertPosted(String target, String contentType) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + target);
    assertThat(request.body()).isEqualTo("bytes");
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer user:1234-secret")
        .containsEntry("content-type", contentType)
        .containsEntry("content-length", "5")
        .containsEntry("accept", "application/json");
  }

  private Registration register(int status, String body) {
    stub.answer(AUDIO, status, body.replace('\'', '"'));
    return useapi.register(file("song", ContentType.MP3, "bytes"));
  }

  private Registration registered(int status, String body) {
    stub.answer(AUDIO, status, body.replace('\'', '"'));
    return useapi.registered("a:t");
  }

  private static SourceFile file(String name, ContentType type, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new SourceFile(
        name,
        type,
        bytes.length,
        URI.create("https://files.example.com/x"),
        () -> new ByteArrayInputStream(bytes));
  }

  private static SourceFile sized(long bytes) {
    return new SourceFile(
        "song",
        ContentType.MP3,
        bytes,
        URI.create("https://files.example.com/x"),
        () -> new ByteArrayInputStream(new byte[5]));
  }

  private static Reason refused(String said) {
    return new Reason("provider-refused", "useapi refused the request: " + said);
  }

  private static Reason later(String said) {
    return new Reason("provider-unavailable", "useapi cannot be reached: " + said);
  }
}
