package io.riffhook.providers.mureka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Controls;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Operation.Lyrics;
import io.riffhook.domain.Operation.Sound;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Found;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Source;
import io.riffhook.domain.Standing;
import io.riffhook.domain.UploadId;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, to the byte. */
class MurekaRequestsTest {
  private static final JobId JOB = new JobId("0199c0de-0000-7000-8000-000000000001");
  private static final String REF =
      "\"async\":true,\"replyRef\":\"0199c0de-0000-7000-8000-000000000001\"}";
  private static final String ALL_REF =
      "\"async\":true,\"replyUrl\":\"https://hooks.example.com/cb\","
          + "\"replyRef\":\"0199c0de-0000-7000-8000-000000000001\"}";
  private static final String SONG = "user:777-mureka:123-song:456";
  private static final String TAKEN = "{\"jobid\":\"j-1\"}";
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/mureka");

  private final MurekaProvider mureka = MurekaProvider.from(stub.settings("MUREKA"));

  @Test
  void shouldSayWhatItCanDo() {
    Capabilities can = mureka.capabilities();
    assertThat(can.provider()).isEqualTo("mureka");
    assertThat(can.formats()).containsExactly(Format.MP3, Format.STEMS);
    assertThat(can.models()).containsExactly("V9", "V8", "O2", "V7.6");
    assertThat(can.webhooks()).isTrue();
    assertThat(can.pace()).isEqualTo(Duration.ofSeconds(15));
    assertThat(can.fileHosts()).containsExactly("static-cos.mureka.ai");
    Range flag = new Range(0, 1);
    assertThat(can.operations())
        .isEqualTo(
            Map.of(
                Kind.PROMPT,
                new Can(
                    Map.of(Option.PROMPT, new Range(1, 3_000), Option.INSTRUMENTAL, flag),
                    Set.of(Option.PROMPT),
                    Sources.NONE),
                Kind.COMPOSE,
                new Can(
                    Map.of(
                        Option.TITLE,
                        new Range(1, 50),
                        Option.LYRICS,
                        new Range(1, 5_000),
                        Option.SOUNDS,
                        new Range(1, 1),
                        Option.PROMPT,
                        new Range(1, 1_000),
                        Option.INSTRUMENTAL,
                        flag),
                    Set.of(Option.PROMPT, Option.SOUNDS),
                    Sources.NONE),
                Kind.EXTEND,
                new Can(
                    Map.of(Option.LYRICS, new Range(1, 3_000)),
                    Set.of(Option.LYRICS),
                    Sources.OWN_SONGS),
                Kind.REPLACE,
                new Can(
                    Map.of(Option.START, new Range(0, 3_600)),
                    Set.of(Option.START),
                    Sources.OWN_SONGS)));
  }

  @Test
  void shouldPostAPrompt() {
    submit("/music/create", least(new Operation.Prompt("k-pop über \"die\" Ferne", false)));
    assertPosted("/v1/mureka/music/create", "{\"prompt\":\"k-pop über \\\"die\\\" Ferne\"," + REF);
  }

  @Test
  void shouldPostAllOfAPrompt() {
    submit("/music/create", all(new Operation.Prompt("rain", false), Optional.empty()));
    assertPosted("/v1/mureka/music/create", "{\"prompt\":\"rain\",\"model\":\"O2\"," + ALL_REF);
  }

  @Test
  void shouldPostAnInstrumentalPrompt() {
    submit("/music/create-instrumental", all(new Operation.Prompt("rain", true), Optional.empty()));
    assertPosted(
        "/v1/mureka/music/create-instrumental", "{\"prompt\":\"rain\",\"model\":\"O2\"," + ALL_REF);
  }

  @Test
  void shouldPostAComposeWithLyrics() {
    submit(
        "/music/create-advanced",
        least(compose(Optional.empty(), Optional.of(new Lyrics.Written("One\nand 大きさ")))));
    assertPosted(
        "/v1/mureka/music/create-advanced",
        "{\"lyrics\":\"One\\nand 大きさ\",\"desc\":\"lo-fi\"," + REF);
  }

  @Test
  void shouldPostAllOfAComposeWithLyrics() {
    submit(
        "/music/create-advanced",
        all(
            compose(Optional.of("Größe"), Optional.of(new Lyrics.Written("la"))),
            Optional.empty()));
    assertPosted(
        "/v1/mureka/music/create-advanced",
        "{\"lyrics\":\"la\",\"desc\":\"lo-fi\",\"title\":\"Größe\",\"model\":\"O2\"," + ALL_REF);
  }

  @Test
  void shouldPostAComposeWithoutLyrics() {
    submit("/music/create-instrumental", least(compose(Optional.of("Rain"), Optional.empty())));
    assertPosted(
        "/v1/mureka/music/create-instrumental", "{\"prompt\":\"lo-fi\",\"title\":\"Rain\"," + REF);
  }

  @Test
  void shouldPostAnExtend() {
    submit(
        "/music/extend",
        all(
            transform(new Edit.Extend(NONE, NONE), Optional.of("more words")),
            Optional.of(new Audio.Made(SONG, Optional.of("123")))));
    assertPosted(
        "/v1/mureka/music/extend",
        "{\"song_id\":\"" + SONG + "\",\"lyrics\":\"more words\"," + ALL_REF);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "30, 30000", "61.2345, 61235", "0.0004, 0"})
  void shouldPostAReplaceAsARegeneration(double start, long milliseconds) {
    submit(
        "/music/regenerate",
        all(
            transform(new Edit.Replace(start, NONE), Optional.empty()),
            Optional.of(new Audio.Made(SONG, Optional.empty()))));
    assertPosted(
        "/v1/mureka/music/regenerate",
        "{\"song_id\":\"" + SONG + "\",\"start_milliseconds\":" + milliseconds + "," + ALL_REF);
  }

  @Test
  void shouldNotBeAskedForWhatItCannotDo() {
    Optional<Audio> made = Optional.of(new Audio.Made(SONG, Optional.empty()));
    assertNotOurs(all(transform(new Edit.Cover(), Optional.empty()), made));
    assertNotOurs(all(transform(new Edit.SwapSound(), Optional.empty()), made));
    assertNotOurs(all(transform(new Edit.SwapVocals(), Optional.empty()), made));
    assertNotOurs(
        all(
            transform(new Edit.Extend(NONE, NONE), Optional.empty()),
            Optional.of(new Audio.Given("f"))));
    assertNotOurs(all(transform(new Edit.Extend(NONE, NONE), Optional.empty()), Optional.empty()));
    assertNotOurs(least(compose(Optional.empty(), Optional.of(new Lyrics.Asked("rain")))));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldReadAJob() {
    String id = "j0801m-u777-a123-bot:mureka";
    stub.answer("/jobs/" + id, 200, "{}");
    mureka.lookup(id, Optional.of("123"));
    assertCalled("GET /v1/mureka/jobs/j0801m-u777-a123-bot%3Amureka");
  }

  @Test
  void shouldReadTheJobs() {
    stub.answer("/jobs/", 200, "[{\"jobid\":\"j\",\"replyRef\":\"" + JOB + "\"}]");
    assertThat(mureka.find(JOB)).isEqualTo(new Found.There(List.of("j"), Optional.empty()));
    assertCalled("GET /v1/mureka/jobs/");
  }

  @Test
  void shouldReadTheAccounts() {
    stub.answer("/accounts", 200, "{\"123\":{\"account\":\"123\",\"error\":\"expired\"}}");
    assertThat(mureka.standing())
        .isEqualTo(
            new Standing(
                OptionalLong.empty(),
                List.of(new Standing.Account("123", OptionalInt.empty(), Optional.of("expired")))));
    assertCalled("GET /v1/mureka/accounts");
  }

  @Test
  void shouldPostForStems() {
    stub.answer("/music/download", 200, "{}");
    mureka.stems(SONG, Optional.of("123"));
    assertPosted("/v1/mureka/music/download", "{\"song_id\":\"" + SONG + "\",\"type\":\"stem\"}");
  }

  @Test
  void shouldOpenLinksWithoutTheToken() throws Exception {
    stub.answer("/x.mp3", 200, "bytes");
    ((Opened.Body) mureka.open(new AssetSource.Link(URI.create(stub.baseUrl() + "/x.mp3"))))
        .close();
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldHaveNoOtherDownloads() {
    assertThat(mureka.open(new AssetSource.ApiDownload(SONG, Format.MP3, Optional.empty())))
        .isEqualTo(new Opened.Gone("it has no downloads but by link"));
  }

  private void assertNotOurs(Order order) {
    assertThatThrownBy(() -> mureka.submit(order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not one of its operations");
  }

  private void assertPosted(String target, String body) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + target);
    assertThat(request.body()).isEqualTo(body);
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer user:1234-secret")
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "application/json");
  }

  private void assertCalled(String methodAndTarget) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo(methodAndTarget);
    assertThat(request.body()).isEmpty();
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer user:1234-secret")
        .containsEntry("accept", "application/json")
        .doesNotContainKey("content-type");
  }

  private void submit(String path, Order order) {
    stub.answer(path, 201, TAKEN);
    mureka.submit(order);
  }

  private static Order least(Operation operation) {
    return new Order(JOB, operation, Optional.empty(), Optional.empty());
  }

  private static Order all(Operation operation, Optional<Audio> source) {
    return new Order(
        JOB,
        operation,
        Optional.of("O2"),
        Optional.of(URI.create("https://hooks.example.com/cb")),
        source,
        Optional.empty());
  }

  private static Operation transform(Edit edit, Optional<String> lyrics) {
    return new Operation.Transform(
        new Source.OfUpload(new UploadId("0199c0de-0000-7000-8000-000000000002")),
        edit,
        Optional.empty(),
        Optional.empty(),
        lyrics,
        Controls.NONE);
  }

  private static Operation compose(Optional<String> title, Optional<Lyrics> lyrics) {
    return new Operation.Compose(
        title,
        lyrics,
        List.of(new Sound("lo-fi", NONE, NONE, NONE)),
        Controls.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
