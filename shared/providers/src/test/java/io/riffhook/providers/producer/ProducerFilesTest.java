package io.riffhook.providers.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.Opened;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a song's files are had: by link, or by a call that makes them. */
class ProducerFilesTest {
  private static final String DOWNLOAD = "/api/v1/producer/download";
  private static final AssetSource MP3 =
      new AssetSource.ApiDownload("c-1", Format.MP3, Optional.empty());

  /** The same, once its making has begun. */
  private static final AssetSource BEGUN =
      new AssetSource.ApiDownload("task:d-1", Format.MP3, Optional.empty());

  private static final AssetSource WAV =
      new AssetSource.ApiDownload("c-1", Format.WAV, Optional.empty());

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final ProducerProvider producer = Producers.at(stub);

  @Test
  void shouldOpenALinkWithoutTheToken() throws Exception {
    stub.answer("/files/x.m4a", 200, "bytes");
    assertBytes(producer.open(new AssetSource.Link(URI.create(stub.origin() + "/files/x.m4a"))));
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'audio_url':'%s'}",
        "{'data':{'audio_url':'%s'}}",
        "{'data':[{'audio_url':'%s'}],'message':'success'}",
        "{'data':[{},{'audio_url':'%s'}]}",
        "{'mp3_url':'%s','audio_url':'https://other.example.com/x'}",
        "{'data':[{'mp3_url':'%s'}],'audio_url':'https://other.example.com/x'}",
        "{'audio_url':7,'wav_url':'https://other.example.com/x','data':{'audio_url':'%s'}}"
      })
  void shouldOpenTheFileThatTheAnswerNames(String body) throws Exception {
    answer(DOWNLOAD, 200, body);
    stub.answer("/files/x", 200, "bytes");
    assertBytes(producer.open(MP3));
    assertThat(stub.requests()).extracting(Request::target).containsExactly(DOWNLOAD, "/files/x");
    assertThat(stub.requests().getLast().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldOpenAWave() throws Exception {
    answer(DOWNLOAD, 201, "{'wav_url':'%s','audio_url':'https://other.example.com/x'}");
    stub.answer("/files/x", 200, "bytes");
    assertBytes(producer.open(WAV));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202})
  void shouldReadTheTaskThatMakesAFile(int status) throws Exception {
    answer(DOWNLOAD, status, "{'message':'success','task_id':'d-1'}");
    answer("/api/v1/producer/task/d-1", 200, "{'data':[{'audio_url':'%s'}]}");
    stub.answer("/files/x", 200, "bytes");
    assertThat(producer.open(MP3)).isEqualTo(new Opened.Making(BEGUN));
    assertBytes(producer.open(BEGUN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "202 | {}",
        "202 | {'audio_url':'%s'}",
        "200 | {}",
        "200 | []",
        "200 | <html>",
        "200 | {'audio_url':null}",
        "200 | {'audio_url':''}",
        "200 | {'audio_url':' '}",
        "200 | {'wav_url':'%s'}",
        "200 | {'task_id':7}"
      })
  void shouldWaitForAFileThatIsBeingMade(int status, String body) {
    answer(DOWNLOAD, status, body);
    assertThat(producer.open(MP3)).isEqualTo(new Opened.NotNow("the file is still being made"));
  }

  @Test
  void shouldWaitForATaskThatStillMakesAFile() {
    answer("/api/v1/producer/task/d-1", 200, "{'task_id':'d-2'}");
    assertThat(producer.open(BEGUN)).isEqualTo(new Opened.Making(BEGUN));
    answer("/api/v1/producer/task/d-1", 202, "{}");
    assertThat(producer.open(BEGUN)).isEqualTo(new Opened.Making(BEGUN));
    answer("/api/v1/producer/task/d-1", 500, "{'error':'oops'}");
    assertThat(producer.open(BEGUN)).isEqualTo(new Opened.NotNow("oops"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {'error':'clip not found'}    | clip not found",
        "404 | {'error':'purged'}            | purged",
        "410 | {'type':'endpoint_retired'}   | endpoint_retired"
      })
  void shouldTellThatAFileIsGone(int status, String body, String said) {
    answer(DOWNLOAD, status, body);
    assertThat(producer.open(MP3)).isEqualTo(new Opened.Gone(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "301 | {}                      | HTTP 301",
        "401 | {'error':'token'}       | token",
        "402 | {'error':'no credits'}  | no credits",
        "403 | {}                      | HTTP 403",
        "429 | {}                      | HTTP 429",
        "500 | <html>                  | HTTP 500"
      })
  void shouldAskForAFileAgainLater(int status, String body, String said) {
    answer(DOWNLOAD, status, body);
    assertThat(producer.open(MP3)).isEqualTo(new Opened.NotNow(said));
  }

  @Test
  void shouldAskForAFileAgainWhenNobodyAnswers() {
    stub.drop(DOWNLOAD);
    assertThat(producer.open(MP3)).isInstanceOf(Opened.NotNow.class);
    stub.stop();
    assertThat(producer.open(MP3)).isEqualTo(new Opened.NotNow("ConnectException"));
  }

  @Test
  void shouldNotFollowAnAnswerToAForeignHost() {
    answer(DOWNLOAD, 200, "{'audio_url':'https://evil.example.com/x.mp3'}");
    assertThat(producer.open(MP3))
        .isEqualTo(
            new Opened.Gone(
                "its link leads to https://evil.example.com, which is not the provider's"
                    + " (RIFFHOOK_FILE_HOSTS adds hosts)"));
  }

  private void answer(String path, int status, String body) {
    stub.answer(path, status, Producers.json(body).replace("%s", stub.origin() + "/files/x"));
  }

  private static void assertBytes(Opened opened) throws Exception {
    assertThat(opened).isInstanceOf(Opened.Body.class);
    try (Opened.Body body = (Opened.Body) opened) {
      assertThat(body.bytes().readAllBytes()).isEqualTo("bytes".getBytes(UTF_8));
    }
  }
}
