package io.riffhook.providers.useapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Sound;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Reason;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, to the byte. */
class UseapiRequestsTest {
  private static final JobId JOB = new JobId("0199c0de-0000-7000-8000-000000000001");
  private static final String TAKEN = "{\"job_id\":\"p-1\"}";

  @RegisterExtension private final StubProvider stub = new StubProvider();

  private final UseapiProvider useapi = UseapiProvider.from(stub.settings());

  @Test
  void shouldSayWhatItCanCompose() {
    assertThat(useapi.capabilities().can(Operation.Kind.COMPOSE).orElseThrow())
        .satisfies(
            can -> {
              assertThat(can.sources()).isEqualTo(Capabilities.Sources.FILES);
              assertThat(can.required()).containsExactly(Option.PROMPT, Option.SOUNDS);
              assertThat(can.options())
                  .containsOnlyKeys(
                      Option.PROMPT,
                      Option.INSTRUMENTAL,
                      Option.TITLE,
                      Option.LYRICS,
                      Option.LYRICS_PROMPT,
                      Option.SOUNDS,
                      Option.SOUND_STRENGTH,
                      Option.SOUND_TIMES,
                      Option.LYRICS_STRENGTH,
                      Option.WEIRDNESS,
                      Option.IMAGE)
                  .containsEntry(Option.LYRICS_PROMPT, new Capabilities.Range(1, 5_000));
            });
  }

  @Test
  void shouldPostTheLeastOfAPrompt() {
    stub.answer("/music/create-prompt", 200, TAKEN);
    useapi.submit(
        new Order(
            JOB,
            new Operation.Prompt("k-pop über \"die\" Ferne", false),
            Optional.empty(),
            Optional.empty()));
    assertPosted(
        "/v1/riffusion/music/create-prompt",
        """
        {"prompt":"k-pop über \\"die\\" Ferne","instrumental":false,\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """);
  }

  @Test
  void shouldPostAllOfAPrompt() {
    stub.answer("/music/create-prompt", 200, TAKEN);
    useapi.submit(
        new Order(
            JOB,
            new Operation.Prompt("rain", true),
            Optional.of("FUZZ-0.8"),
            Optional.of(URI.create("https://hooks.example.com/callbacks/useapi/t0ken"))));
    assertPosted(
        "/v1/riffusion/music/create-prompt",
        """
        {"prompt":"rain","instrumental":true,"model":"FUZZ-0.8",\
        "replyUrl":"https://hooks.example.com/callbacks/useapi/t0ken",\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """);
  }

  @Test
  void shouldPostTheLeastOfACompose() {
    stub.answer("/music/create-compose", 200, TAKEN);
    useapi.submit(order(compose(List.of(sound("lo-fi")))));
    assertPosted(
        "/v1/riffusion/music/create-compose",
        """
        {"prompt_1":"lo-fi","replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """);
  }

  @Test
  void shouldPostAllOfACompose() {
    stub.answer("/music/create-compose", 200, TAKEN);
    Operation.Compose compose =
        new Operation.Compose(
            Optional.of("Paper Boats"),
            Optional.of(new Operation.Lyrics.Written("One line\nand another")),
            List.of(
                new Sound(
                    "lo-fi", OptionalDouble.of(0), OptionalDouble.of(0), OptionalDouble.of(0.333)),
                new Sound(
                    "techno",
                    OptionalDouble.of(0.5),
                    OptionalDouble.of(0.333),
                    OptionalDouble.of(0.666)),
                new Sound(
                    "choir", OptionalDouble.of(1), OptionalDouble.of(0.666), OptionalDouble.of(1))),
            controls(OptionalDouble.of(0.75), OptionalDouble.of(0.1)),
            Optional.empty(),
            Optional.empty());
    useapi.submit(
        new Order(
            JOB,
            compose,
            Optional.of("FUZZ-0.8"),
            Optional.of(URI.create("https://hooks.example.com/cb"))));
    assertPosted(
        "/v1/riffusion/music/create-compose",
        """
        {"title":"Paper Boats","lyrics":"One line\\nand another","lyrics_strength":75,\
        "lyrics_weirdness":10,\
        "prompt_1":"lo-fi","prompt_1_strength":20,"prompt_1_start":0,"prompt_1_end":33,\
        "prompt_2":"techno","prompt_2_strength":60,"prompt_2_start":33,"prompt_2_end":67,\
        "prompt_3":"choir","prompt_3_strength":100,"prompt_3_start":67,"prompt_3_end":100,\
        "model":"FUZZ-0.8","replyUrl":"https://hooks.example.com/cb",\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 20", "0.004, 0, 20", "0.125, 13, 30", "0.5, 50, 60", "1, 100, 100"})
  void shouldTranslateTheScale(double ours, int percent, int strength) {
    stub.answer("/music/create-compose", 200, TAKEN);
    OptionalDouble value = OptionalDouble.of(ours);
    useapi.submit(
        order(
            new Operation.Compose(
                Optional.empty(),
                Optional.empty(),
                List.of(new Sound("s", value, value, value)),
                controls(value, value),
                Optional.empty(),
                Optional.empty())));
    assertPosted(
        "/v1/riffusion/music/create-compose",
        """
        {"lyrics_strength":%1$d,"lyrics_weirdness":%1$d,"prompt_1":"s",\
        "prompt_1_strength":%2$d,"prompt_1_start":%1$d,"prompt_1_end":%1$d,\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """
            .formatted(percent, strength));
  }

  @Test
  void shouldComposeOnFilesThatItWasGiven() {
    stub.answer("/music/create-compose", 200, TAKEN);
    useapi.submit(files(Optional.of(new Audio.Given("a-1")), Optional.of("i-1")));
    assertPosted(
        "/v1/riffusion/music/create-compose",
        """
        {"prompt_1":"lo-fi","image_id":"i-1","audio_upload_id":"a-1",\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"a@u-1, i, u-1", "a, i@u-2, u-2", "a@u-1, i@u-2, u-1"})
  void shouldComposeWithTheAccountThatHasTheFiles(String audio, String image, String account) {
    stub.answer("/music/create-compose", 200, TAKEN);
    useapi.submit(files(Optional.of(new Audio.Given(audio)), Optional.of(image)));
    assertPosted(
        "/v1/riffusion/music/create-compose",
        """
        {"prompt_1":"lo-fi","image_id":"i","audio_upload_id":"a","user_id":"%s",\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """
            .formatted(account));
  }

  @Test
  void shouldComposeWithAPictureAlone() {
    stub.answer("/music/create-compose", 200, TAKEN);
    useapi.submit(files(Optional.empty(), Optional.of("i@u-2")));
    assertPosted(
        "/v1/riffusion/music/create-compose",
        """
        {"prompt_1":"lo-fi","image_id":"i","user_id":"u-2",\
        "replyRef":"0199c0de-0000-7000-8000-000000000001"}\
        """);
  }

  @Test
  void shouldNotBuildOnASongThatIsNotAFile() {
    assertThat(
            useapi.submit(
                files(Optional.of(new Audio.Made("s", Optional.empty())), Optional.empty())))
        .isEqualTo(
            new SubmitOutcome.Refused(
                new Reason(
                    "provider-refused",
                    "useapi refused the request: it builds on files that were given to it, and not"
                        + " on songs that it made: the song's file must be given to it first")));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldHaveLyricsWrittenFirst() {
    stub.answer("/music/generate-lyrics", 200, "{\"lyrics\":\"la\\nla\"}");
    stub.answer("/music/create-compose", 200, TAKEN);
    useapi.submit(order(asked()));
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target() + " " + request.body())
        .containsExactly(
            "POST /v1/riffusion/music/generate-lyrics {\"prompt\":\"about rain\"}",
            "POST /v1/riffusion/music/create-compose {\"lyrics\":\"la\\n"
                + "la\",\"prompt_1\":\"lo-fi\","
                + "\"replyRef\":\"0199c0de-0000-7000-8000-000000000001\"}");
  }

  @Test
  void shouldCancelEachJob() {
    stub.answer("/scheduler/a b", 500, "").answer("/scheduler/c", 200, "");
    useapi.cancel(List.of("a b", "c"));
    assertThat(stub.requests())
        .extracting(request -> request.method() + " " + request.target())
        .containsExactly(
            "DELETE /v1/riffusion/scheduler/a%20b", "DELETE /v1/riffusion/scheduler/c");
  }

  @Test
  void shouldReadAJob() {
    stub.answer("/music/", 200, "[]");
    useapi.lookup("3f7b1c52-0000-4000-8000-00000000000a", Optional.empty());
    assertGot("/v1/riffusion/music/?id=3f7b1c52-0000-4000-8000-00000000000a", "application/json");
  }

  @Test
  void shouldReadAJobOfAnAccount() {
    stub.answer("/music/", 200, "[]");
    useapi.lookup("p-1", Optional.of("7b0c6b0e-0000-4000-8000-000000000001"));
    assertGot(
        "/v1/riffusion/music/?id=p-1&user_id=7b0c6b0e-0000-4000-8000-000000000001",
        "application/json");
  }

  @Test
  void shouldEncodeOddIds() {
    stub.answer("/music/", 200, "[]");
    useapi.lookup("a b/ü&id=x#%", Optional.of("one@two?+"));
    assertGot(
        "/v1/riffusion/music/?id=a+b%2F%C3%BC%26id%3Dx%23%25&user_id=one%40two%3F%2B",
        "application/json");
  }

  @ParameterizedTest
  @CsvSource({"MP3, mp3", "WAV, wav"})
  void shouldDownloadAudio(Format format, String word) throws Exception {
    stub.answer("/music/download/", 200, "bytes");
    Opened opened = useapi.open(new AssetSource.ApiDownload("s-1", format, Optional.of("acc")));
    assertThat(opened).isInstanceOf(Opened.Body.class);
    ((Opened.Body) opened).close();
    assertGot(
        "/v1/riffusion/music/download/?id=s-1&download_format=" + word + "&user_id=acc", "*/*");
  }

  @Test
  void shouldReadStems() {
    stub.answer("/music/download/", 200, "{}");
    useapi.stems("s 1", Optional.empty());
    assertGot("/v1/riffusion/music/download/?id=s+1&download_format=stems", "application/json");
  }

  @Test
  void shouldReadTheScheduler() {
    stub.answer("/scheduler", 200, "[]");
    useapi.find(JOB);
    assertGot("/v1/riffusion/scheduler", "application/json");
  }

  private void assertPosted(String target, String body) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + target);
    assertThat(request.body()).isEqualTo(body);
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer user:1234-secret")
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "application/json")
        .doesNotContainKey("upgrade");
  }

  private void assertGot(String target, String accept) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("GET " + target);
    assertThat(request.body()).isEmpty();
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer user:1234-secret")
        .containsEntry("accept", accept)
        .doesNotContainKey("content-type");
  }

  private static Order order(Operation operation) {
    return new Order(JOB, operation, Optional.empty(), Optional.empty());
  }

  private static Order files(Optional<Audio> source, Optional<String> image) {
    return new Order(
        JOB, compose(List.of(sound("lo-fi"))), Optional.empty(), Optional.empty(), source, image);
  }

  private static Operation.Compose asked() {
    return new Operation.Compose(
        Optional.empty(),
        Optional.of(new Operation.Lyrics.Asked("about rain")),
        List.of(sound("lo-fi")),
        Operation.Controls.NONE,
        Optional.empty(),
        Optional.empty());
  }

  private static Operation.Compose compose(List<Sound> sounds) {
    return new Operation.Compose(
        Optional.empty(),
        Optional.empty(),
        sounds,
        Operation.Controls.NONE,
        Optional.empty(),
        Optional.empty());
  }

  private static Operation.Controls controls(OptionalDouble lyrics, OptionalDouble weirdness) {
    return new Operation.Controls(
        lyrics,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        weirdness,
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  private static Sound sound(String prompt) {
    return new Sound(
        prompt, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
