package io.riffhook.providers.flowmusic;

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
class FlowmusicRequestsTest {
  private static final JobId JOB = new JobId("0199c0de-0000-7000-8000-000000000001");
  private static final String REF = "\"replyRef\":\"0199c0de-0000-7000-8000-000000000001\"}";
  private static final String CLIP = "user:777-me@example.com-clip:aa";
  private static final String TAKEN = "{\"jobid\":\"j-1\"}";
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1/flowmusic");

  private final FlowmusicProvider flowmusic = FlowmusicProvider.from(stub.settings("FLOWMUSIC"));

  @Test
  void shouldSayWhatItCanDo() {
    Capabilities can = flowmusic.capabilities();
    assertThat(can.provider()).isEqualTo("flowmusic");
    assertThat(can.formats()).containsExactly(Format.values());
    assertThat(can.models()).isEmpty();
    assertThat(can.webhooks()).isTrue();
    assertThat(can.pace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(can.fileHosts()).containsExactly("storage.googleapis.com");
    Range text = new Range(1, 10_000);
    Range instruction = new Range(1, 5_000);
    Range title = new Range(1, 200);
    Range flag = new Range(0, 1);
    Range time = new Range(0, 3_600);
    Range seed = new Range(0, 9_007_199_254_740_991.0);
    assertThat(can.operations())
        .isEqualTo(
            Map.of(
                Kind.PROMPT,
                new Can(
                    Map.of(Option.PROMPT, text, Option.INSTRUMENTAL, flag),
                    Set.of(Option.PROMPT),
                    Sources.NONE),
                Kind.COMPOSE,
                new Can(
                    Map.of(
                        Option.PROMPT,
                        text,
                        Option.LYRICS,
                        text,
                        Option.SOUNDS,
                        new Range(1, 1),
                        Option.INSTRUMENTAL,
                        flag),
                    Set.of(Option.PROMPT, Option.SOUNDS),
                    Sources.NONE),
                Kind.COVER,
                new Can(
                    Map.of(
                        Option.PROMPT,
                        instruction,
                        Option.TITLE,
                        title,
                        Option.SEED,
                        seed,
                        Option.COVER_STRENGTH,
                        flag),
                    Set.of(),
                    Sources.OWN_SONGS),
                Kind.EXTEND,
                new Can(
                    Map.of(
                        Option.PROMPT,
                        instruction,
                        Option.TITLE,
                        title,
                        Option.SEED,
                        seed,
                        Option.AT,
                        time,
                        Option.SECONDS,
                        new Range(1, 300)),
                    Set.of(Option.PROMPT),
                    Sources.OWN_SONGS),
                Kind.REPLACE,
                new Can(
                    Map.of(
                        Option.PROMPT,
                        instruction,
                        Option.TITLE,
                        title,
                        Option.SEED,
                        seed,
                        Option.START,
                        time,
                        Option.END,
                        time),
                    Set.of(Option.PROMPT, Option.START, Option.END),
                    Sources.OWN_SONGS)));
  }

  @Test
  void shouldPostTheLeastOfAPrompt() {
    submit("/music", new Operation.Prompt("k-pop über \"die\" Ferne", false));
    assertPosted(
        "/v1/flowmusic/music",
        "{\"prompt\":\"k-pop über \\\"die\\\" Ferne\",\"instrumental\":false,\"mode\":\"async\","
            + REF);
  }

  @Test
  void shouldPostAllOfAPrompt() {
    stub.answer("/music", 201, TAKEN);
    flowmusic.submit(
        new Order(
            JOB,
            new Operation.Prompt("rain", true),
            Optional.of("no such thing here"),
            Optional.of(URI.create("https://hooks.example.com/callbacks/flowmusic/t0ken"))));
    assertPosted(
        "/v1/flowmusic/music",
        "{\"prompt\":\"rain\",\"instrumental\":true,\"mode\":\"async\","
            + "\"replyUrl\":\"https://hooks.example.com/callbacks/flowmusic/t0ken\","
            + REF);
  }

  @Test
  void shouldPostAComposeWithoutLyrics() {
    submit("/music", compose(Optional.empty()));
    assertPosted(
        "/v1/flowmusic/music",
        "{\"prompt\":\"lo-fi\",\"instrumental\":true,\"mode\":\"async\"," + REF);
  }

  @Test
  void shouldPostAComposeWithLyrics() {
    submit("/music", compose(Optional.of(new Operation.Lyrics.Written("One\nand 大きさ"))));
    assertPosted(
        "/v1/flowmusic/music",
        "{\"prompt\":\"lo-fi\",\"instrumental\":false,\"lyrics\":\"One\\nand 大きさ\","
            + "\"mode\":\"async\","
            + REF);
  }

  @Test
  void shouldPostTheLeastOfACover() {
    edit(new Edit.Cover(), Optional.empty(), Optional.empty(), Controls.NONE);
    assertPosted(
        "/v1/flowmusic/music/edit",
        "{\"operation\":\"cover\",\"clip\":\"" + CLIP + "\",\"mode\":\"async\"," + REF);
  }

  @Test
  void shouldPostAllOfACover() {
    stub.answer("/music/edit", 201, TAKEN);
    flowmusic.submit(
        new Order(
            JOB,
            transform(
                new Edit.Cover(),
                Optional.of("as a bossa nova"),
                Optional.of("North"),
                controls(OptionalDouble.of(0.3), OptionalLong.of(9_007_199_254_740_991L))),
            Optional.empty(),
            Optional.of(URI.create("https://hooks.example.com/cb")),
            Optional.of(new Audio.Made(CLIP, Optional.of("me@example.com"))),
            Optional.empty()));
    assertPosted(
        "/v1/flowmusic/music/edit",
        "{\"operation\":\"cover\",\"clip\":\""
            + CLIP
            + "\",\"instruction\":\"as a bossa nova\",\"strength\":0.7,\"title\":\"North\","
            + "\"seed\":9007199254740991,\"mode\":\"async\","
            + "\"replyUrl\":\"https://hooks.example.com/cb\","
            + REF);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "0.5, 0.5", "0.7, 0.3", "0.3333333, 0.667"})
  void shouldTurnHowCloseIntoHowFar(double ours, String theirs) {
    edit(
        new Edit.Cover(),
        Optional.empty(),
        Optional.empty(),
        controls(OptionalDouble.of(ours), OptionalLong.empty()));
    assertThat(stub.request().body()).contains("\"strength\":" + theirs + ",\"mode\"");
  }

  @Test
  void shouldPostTheLeastOfAnExtend() {
    edit(new Edit.Extend(NONE, NONE), Optional.of("a solo"), Optional.empty(), Controls.NONE);
    assertPosted(
        "/v1/flowmusic/music/edit",
        "{\"operation\":\"extend\",\"clip\":\""
            + CLIP
            + "\",\"instruction\":\"a solo\",\"mode\":\"async\","
            + REF);
  }

  @Test
  void shouldPostAllOfAnExtend() {
    edit(
        new Edit.Extend(OptionalDouble.of(61.25), OptionalDouble.of(300)),
        Optional.of("a solo"),
        Optional.of("Größe"),
        controls(NONE, OptionalLong.of(0)));
    assertPosted(
        "/v1/flowmusic/music/edit",
        "{\"operation\":\"extend\",\"clip\":\""
            + CLIP
            + "\",\"instruction\":\"a solo\",\"extend_s\":300,\"extend_from_s\":61.25,"
            + "\"title\":\"Größe\",\"seed\":0,\"mode\":\"async\","
            + REF);
  }

  @Test
  void shouldPostAReplace() {
    edit(
        new Edit.Replace(0, OptionalDouble.of(45.5)),
        Optional.of("softer"),
        Optional.empty(),
        Controls.NONE);
    assertPosted(
        "/v1/flowmusic/music/edit",
        "{\"operation\":\"replace\",\"clip\":\""
            + CLIP
            + "\",\"instruction\":\"softer\",\"mask_start_s\":0,\"mask_end_s\":45.5,"
            + "\"mode\":\"async\","
            + REF);
  }

  @Test
  void shouldNotBeAskedForWhatItCannotDo() {
    assertNotOurs(order(new Edit.SwapSound(), Optional.of(new Audio.Made(CLIP, Optional.empty()))));
    assertNotOurs(
        order(new Edit.SwapVocals(), Optional.of(new Audio.Made(CLIP, Optional.empty()))));
    assertNotOurs(order(new Edit.Cover(), Optional.of(new Audio.Given("f-1"))));
    assertNotOurs(order(new Edit.Cover(), Optional.empty()));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldReadAJob() {
    String id = "job:6f-user:777-me@example.com-bot:flowmusic";
    stub.answer("/jobs/" + id, 200, "{}");
    flowmusic.lookup(id, Optional.of("me@example.com"));
    assertCalled(
        "GET /v1/flowmusic/jobs/job%3A6f-user%3A777-me%40example.com-bot%3Aflowmusic",
        "application/json");
  }

  @Test
  void shouldEncodeOddIds() {
    stub.answer("/jobs/a b/ü?x=#%+", 200, "{}");
    flowmusic.lookup("a b/ü?x=#%+", Optional.empty());
    assertCalled("GET /v1/flowmusic/jobs/a%20b%2F%C3%BC%3Fx%3D%23%25%2B", "application/json");
  }

  @Test
  void shouldCancelEachJob() {
    stub.answer("/jobs/job:1", 500, "").answer("/jobs/job:2", 204, "");
    flowmusic.cancel(List.of("job:1", "job:2"));
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target())
        .containsExactly("DELETE /v1/flowmusic/jobs/job%3A1", "DELETE /v1/flowmusic/jobs/job%3A2");
  }

  @Test
  void shouldDownloadAudio() throws Exception {
    stub.answer("/music/download", 200, "bytes");
    Opened opened =
        flowmusic.open(new AssetSource.ApiDownload(CLIP, Format.MP3, Optional.of("me@x.com")));
    try (Opened.Body body = (Opened.Body) opened) {
      assertThat(body.bytes().readAllBytes()).hasSize(5);
    }
    assertCalled(
        "GET /v1/flowmusic/music/download?id=user%3A777-me%40example.com-clip%3Aaa&format=mp3",
        "*/*");
  }

  @Test
  void shouldWaitForAFileThatIsNotFinished() {
    stub.answer("/music/download", 409, "{\"error\":\"not completed\",\"code\":409}");
    assertThat(flowmusic.open(new AssetSource.ApiDownload(CLIP, Format.MP3, Optional.empty())))
        .isEqualTo(new Opened.NotNow("HTTP 409"));
  }

  @Test
  void shouldOpenLinksWithoutTheToken() throws Exception {
    stub.answer("/x.m4a", 200, "bytes");
    ((Opened.Body) flowmusic.open(new AssetSource.Link(URI.create(stub.baseUrl() + "/x.m4a"))))
        .close();
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldPostForStems() {
    stub.answer("/music/edit", 200, "[]");
    flowmusic.stems(CLIP, Optional.of("me@example.com"));
    assertPosted("/v1/flowmusic/music/edit", "{\"operation\":\"stems\",\"clip\":\"" + CLIP + "\"}");
  }

  @Test
  void shouldReadTheAccounts() {
    stub.answer("/accounts", 200, "{\"me@x.org\":{\"maxJobs\":12,\"error\":\"rejected\"}}");
    assertThat(flowmusic.standing())
        .isEqualTo(
            new Standing(
                OptionalLong.empty(),
                List.of(
                    new Standing.Account(
                        "me@x.org", OptionalInt.of(12), Optional.of("rejected")))));
    assertCalled("GET /v1/flowmusic/accounts", "application/json");
  }

  @Test
  void shouldReadTheJobs() {
    stub.answer("/jobs", 200, "[{\"jobid\":\"j\",\"email\":\"e\",\"replyRef\":\"" + JOB + "\"}]");
    assertThat(flowmusic.find(JOB)).isEqualTo(new Found.There(List.of("j"), Optional.of("e")));
    assertCalled("GET /v1/flowmusic/jobs", "application/json");
  }

  private void assertNotOurs(Order order) {
    assertThatThrownBy(() -> flowmusic.submit(order))
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

  private void assertCalled(String methodAndTarget, String accept) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo(methodAndTarget);
    assertThat(request.body()).isEmpty();
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer user:1234-secret")
        .containsEntry("accept", accept)
        .doesNotContainKey("content-type");
  }

  private void submit(String path, Operation operation) {
    stub.answer(path, 201, TAKEN);
    flowmusic.submit(new Order(JOB, operation, Optional.empty(), Optional.empty()));
  }

  private void edit(Edit edit, Optional<String> prompt, Optional<String> title, Controls controls) {
    stub.answer("/music/edit", 201, TAKEN);
    flowmusic.submit(
        new Order(
            JOB,
            transform(edit, prompt, title, controls),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Audio.Made(CLIP, Optional.of("me@example.com"))),
            Optional.empty()));
  }

  private static Order order(Edit edit, Optional<Audio> source) {
    return new Order(
        JOB,
        transform(edit, Optional.empty(), Optional.empty(), Controls.NONE),
        Optional.empty(),
        Optional.empty(),
        source,
        Optional.empty());
  }

  private static Operation transform(
      Edit edit, Optional<String> prompt, Optional<String> title, Controls controls) {
    return new Operation.Transform(
        new Source.OfUpload(new UploadId("0199c0de-0000-7000-8000-000000000002")),
        edit,
        prompt,
        title,
        Optional.empty(),
        controls);
  }

  private static Controls controls(OptionalDouble cover, OptionalLong seed) {
    return new Controls(NONE, NONE, cover, NONE, NONE, seed);
  }

  private static Operation compose(Optional<Operation.Lyrics> lyrics) {
    return new Operation.Compose(
        Optional.empty(),
        lyrics,
        List.of(new Sound("lo-fi", NONE, NONE, NONE)),
        Controls.NONE,
        Optional.empty(),
        Optional.empty());
  }
}
