package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.aws.S3AssetStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.domain.AssetKey;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.BadContentException;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Owner;
import io.riffhook.domain.SongId;
import io.riffhook.providers.http.PublicFiles;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.settings.CreateShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What the provider does wrong, and what becomes of the job. */
class HostileProviderIT {
  private static final String SONG = "{\"prompt\": \"a slow folk ballad\", \"formats\": [\"mp3\"]}";
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.start();
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @BeforeEach
  void calm() {
    rig.simulate(Rig.quick());
  }

  @ParameterizedTest
  @EnumSource(CreateShape.class)
  void shouldEndTheSameWhenCallbacksAreRepeatedAndReordered(CreateShape shape) throws Exception {
    rig.simulate(
        Rig.quick()
            .create(c -> c.withShape(shape))
            .callbacks(c -> c.withDuplicates(3).withTerminalFirst(true).withProgressPosts(3)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(job.path("songs")).hasSize(shape.songs());
    assertThat(job.path("progress").asInt()).isEqualTo(100);
    assertThat(stored(job)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(CreateShape.class)
  void shouldNotLoseACallbackThatOvertakesTheAnswer(CreateShape shape) throws Exception {
    rig.simulate(
        Rig.quick()
            .create(c -> c.withShape(shape))
            .callbacks(c -> c.withBeforeAnswer(true).withProgressPosts(0)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(job.path("songs")).hasSize(shape.songs());
    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldNotBelieveACallbackThatClaimsTooMuch() throws Exception {
    rig.simulate(
        Rig.quick()
            .generation(g -> g.withDuration(Duration.ofSeconds(4)))
            .callbacks(c -> c.withForgedCompleted(true)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldWaitInTheQueueWhenTheProviderIsBusy() throws Exception {
    rig.simulate(Rig.quick().create(c -> c.withTooManyRequestsFirst(1)));

    String id = rig.submit(SONG);
    JsonNode waiting = rig.job(id);
    JsonNode job = rig.awaitStatus(id, "READY");

    assertThat(waiting.path("status").asText()).isEqualTo("QUEUED");
    assertThat(waiting.path("reason").path("code").asText()).isEqualTo("provider-busy");
    assertThat(job.has("reason")).as("a job that is ready has nothing to explain").isFalse();
  }

  @Test
  void shouldRejectAModeratedPrompt() throws Exception {
    String id = rig.submit("{\"prompt\": \"a forbidden song\"}");

    JsonNode job = rig.job(id);

    assertThat(job.path("status").asText()).isEqualTo("REJECTED");
    assertThat(job.path("reason").path("code").asText()).isEqualTo("moderated");
  }

  @Test
  void shouldSayWhichAccountMustBePutRight() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withAccountError(true)));

    String id = rig.submit(SONG);

    JsonNode job = rig.job(id);
    assertThat(job.path("status").asText()).isEqualTo("QUEUED");
    assertThat(job.path("reason").path("code").asText()).isEqualTo("account-needs-attention");
    assertThat(job.path("reason").path("detail").asText()).startsWith("the useapi account ");
  }

  @Test
  void shouldTellThatTheTokenIsWrong() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withUnauthorized(true)));

    JsonNode job = rig.job(rig.submit(SONG));

    assertThat(job.path("status").asText()).isEqualTo("FAILED");
    assertThat(job.path("reason").path("detail").asText())
        .isEqualTo("useapi refused our token; set USEAPI_TOKEN to a valid one");
  }

  @Test
  void shouldTellThatTheProviderIsRetired() throws Exception {
    rig.simulate(Rig.quick().faults(f -> f.withDecommissioned(true)));

    JsonNode job = rig.job(rig.submit(SONG));

    assertThat(job.path("status").asText()).isEqualTo("FAILED");
    assertThat(job.path("reason").path("code").asText()).isEqualTo("provider-retired");
  }

  @Test
  void shouldFailWhenTheProviderCannotMakeTheSong() throws Exception {
    JsonNode job = rig.awaitStatus(rig.submit("{\"prompt\": \"a failsong\"}"), "FAILED");

    assertThat(job.path("reason").path("code").asText()).isEqualTo("generation-failed");
  }

  @Test
  void shouldRepairACallbackThatNeverComes() throws Exception {
    rig.simulate(Rig.quick().callbacks(c -> c.withNever(true)));
    String id = rig.submit(SONG);
    rig.awaitStatus(id, "SUBMITTED");

    // The check that is due in three minutes, now.
    JsonNode job = rig.checkUntil(id, "READY");

    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldTryAgainWhenAStreamIsCutOrIsAPage() throws Exception {
    rig.simulate(Rig.quick().media(m -> m.withCutFirst(1).withHtmlFirst(1)));

    JsonNode job = rig.awaitStatus(rig.submit(SONG), "READY");

    assertThat(stored(job)).isTrue();
  }

  @Test
  void shouldGoOnWhereAStreamWasCut() throws Exception {
    // Given a song whose bytes are known, and a server that cuts each answer
    String prompt = "{\"prompt\": \"a slow folk ballad\", \"formats\": [\"m4a\"]}";
    JsonNode whole = asset(rig.awaitStatus(rig.submit(prompt), "READY"), "song.m4a");
    long length = whole.path("bytes").asLong();
    long piece = length / 3 + 1;
    int before = fetches().size();
    rig.simulate(Rig.quick().media(m -> m.withCutFirst(100).withCutAfter(piece)));

    // When
    JsonNode resumed = asset(rig.awaitStatus(rig.submit(prompt), "READY"), "song.m4a");

    // Then it is the same song, in three pieces, and no byte was fetched twice
    assertThat(resumed.path("sha256")).isEqualTo(whole.path("sha256"));
    assertThat(resumed.path("bytes").asLong()).isEqualTo(length);
    List<RecordedRequest> pieces = fetches().subList(before, fetches().size());
    assertThat(pieces).extracting(RecordedRequest::status).containsExactly(200, 206, 206);
    assertThat(pieces)
        .extracting(RecordedRequest::range)
        .containsExactly("", "bytes=" + piece + "-", "bytes=" + 2 * piece + "-");
  }

  @Test
  void shouldNotGoOnWithAnotherVersionOfTheFile() throws Exception {
    rig.simulate(Rig.quick().media(m -> m.withCutFirst(1).withCutAfter(10_000).withChanging(true)));
    int before = fetches().size();

    JsonNode job =
        rig.awaitStatus(
            rig.submit("{\"prompt\": \"a slow folk ballad\", \"formats\": [\"m4a\"]}"), "READY");

    assertThat(stored(job)).isTrue();
    assertThat(fetches().subList(before, fetches().size()))
        .extracting(RecordedRequest::status)
        .as("nothing, or the whole file")
        .containsOnly(200);
  }

  private static List<RecordedRequest> fetches() {
    return rig.simulator().requests().stream()
        .filter(request -> request.path().endsWith(".m4a"))
        .toList();
  }

  private static JsonNode asset(JsonNode job, String name) throws Exception {
    String song = job.path("songs").get(0).path("id").asText();
    for (JsonNode asset : Rig.json(rig.get("/v1/songs/" + song)).path("assets")) {
      if (asset.path("name").asText().equals(name)) {
        return asset;
      }
    }
    throw new AssertionError("no " + name);
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void shouldStoreNoSongThatIsNone(String what, byte[] answer) throws Exception {
    Map<String, String> environment = rig.machine().environment("DownloadFunction");
    S3Clients s3 = new S3Clients(environment);
    String bucket = Optional.ofNullable(environment.get("RIFFHOOK_BUCKET")).orElseThrow();
    AssetKey key =
        new AssetKey(
            new Owner("o"), new SongId(new JobId("bad-" + what.replace(' ', '-')), 1), "song.mp3");
    AssetStore store = new S3AssetStore(s3.client(), s3.presigner(), bucket);

    try (AnsweringServer server = AnsweringServer.with(answer)) {
      switch (new PublicFiles(true).open(server.url())) {
        case Opened.Body body -> {
          try (body) {
            assertThatThrownBy(() -> store.write(key, body, ContentType.Expected.MP3))
                .isInstanceOf(BadContentException.class);
          }
        }
        case Opened.NotNow refused -> assertThat(refused.detail()).contains("gzip-encoded");
        case Opened.Gone gone -> fail("%s", gone);
        case Opened.Making making -> fail("%s", making);
      }
    }

    assertThatThrownBy(() -> store.read(key).close()).isInstanceOf(NoSuchKeyException.class);
    assertThat(s3.client().listMultipartUploads(list -> list.bucket(bucket)).uploads()).isEmpty();
  }

  static Stream<Arguments> badFiles() throws IOException {
    String ok = "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n";
    String page = "<!doctype html><html><body>Just a moment</body></html>";
    String song = "ID3" + "music".repeat(100);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(song.getBytes(StandardCharsets.ISO_8859_1));
    }
    String gzip = zipped.toString(StandardCharsets.ISO_8859_1);
    String gzipLength = "Content-Length: " + gzip.length() + "\r\n\r\n" + gzip;
    String chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    String large = "ID3" + "x".repeat(9 << 20);
    return Stream.of(
            Map.entry("cut short", ok + "Content-Length: 504\r\n\r\n" + song),
            Map.entry("cut in its second part", ok + "Content-Length: 12000000\r\n\r\n" + large),
            Map.entry("chunks without end", chunked + "1f7\r\n" + song + "\r\n"),
            Map.entry("half a chunk", chunked + "7777\r\n" + song),
            Map.entry("a chunk of no size", chunked + "zz\r\n" + song),
            Map.entry("large chunks without end", chunked + "A00000\r\n" + large),
            Map.entry("a page", ok + "Content-Length: " + page.length() + "\r\n\r\n" + page),
            Map.entry("a page to the end", ok + "\r\n" + page),
            Map.entry("json", ok + "\r\n{\"error\": \"no such song\"}"),
            Map.entry("another kind of audio", ok + "\r\nRIFF1234WAVEfmt "),
            Map.entry("nothing", ok + "Content-Length: 0\r\n\r\n"),
            Map.entry("nothing to the end", ok + "\r\n"),
            Map.entry("no chunk", chunked + "0\r\n\r\n"),
            Map.entry("gzip", ok + "Content-Encoding: gzip\r\n" + gzipLength),
            Map.entry("gzip that is not said", ok + gzipLength))
        .map(
            each ->
                Arguments.of(each.getKey(), each.getValue().getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Answers whatever it is asked with these bytes, and hangs up. */
  private record AnsweringServer(ServerSocket listening) implements AutoCloseable {
    static AnsweringServer with(byte[] answer) throws IOException {
      ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket connection = listening.accept()) {
                  while (connection.getInputStream().read(new byte[8_192]) == 8_192) {
                    // A request has less.
                  }
                  connection.getOutputStream().write(answer);
                } catch (IOException e) {
                  // Whoever asked has seen enough.
                }
              });
      return new AnsweringServer(listening);
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/song.mp3");
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }

  @Test
  void shouldAskForAFreshLinkWhenOneHasDied() throws Exception {
    rig.simulate(
        Rig.quick().media(m -> m.withExpireAfter(Duration.ofMillis(1)).withExpiredStatus(404)));
    String id = rig.submit("{\"prompt\": \"a slow folk ballad\", \"formats\": [\"m4a\"]}");
    rig.await(id, job -> job.path("status").asText().equals("STORING"));

    rig.simulate(Rig.quick());

    assertThat(stored(rig.awaitStatus(id, "READY"))).isTrue();
  }

  @Test
  void shouldAnswerAForgedCallbackLikeOneForAJobThatDoesNotExist() throws Exception {
    rig.simulate(Rig.quick().generation(g -> g.withDuration(Duration.ofSeconds(3))));
    String id = rig.submit(SONG);
    String body = "{\"status\": \"failed\", \"job_id\": \"whatever\"}";
    CallbackTokens others = new CallbackTokens(List.of("somebody-elses-secret"));
    String forged = others.token("useapi", new JobId(id), 1);

    HttpResponse<String> wrong = rig.post("/callbacks/useapi/" + id + "/" + forged, body);
    HttpResponse<String> unknown = rig.post("/callbacks/useapi/no-such-job/" + forged, body);

    assertThat(wrong.statusCode()).isEqualTo(404);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(wrong.body()).isEqualTo(unknown.body());
    assertThat(rig.job(id).path("status").asText()).isNotIn("FAILED", "READY");
    assertThat(stored(rig.awaitStatus(id, "READY"))).isTrue();
  }

  @Test
  void shouldChangeNothingAfterTheEnd() throws Exception {
    String id = rig.submit(SONG);
    JsonNode ready = rig.awaitStatus(id, "READY");
    String token = new CallbackTokens(List.of(Rig.SECRET)).token("useapi", new JobId(id), 1);

    HttpResponse<String> late =
        rig.post("/callbacks/useapi/" + id + "/" + token, "{\"status\": \"failed\"}");

    assertThat(late.statusCode()).isEqualTo(204);
    assertThat(rig.job(id)).isEqualTo(ready);
  }

  private static boolean stored(JsonNode job) {
    return !job.path("songs").isEmpty()
        && job.path("songs").findValuesAsText("status").stream().allMatch("stored"::equals);
  }
}
