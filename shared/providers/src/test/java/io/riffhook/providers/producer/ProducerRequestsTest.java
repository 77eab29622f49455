package io.riffhook.providers.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Controls;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Operation.Sound;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Source;
import io.riffhook.domain.UploadId;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.io.InputStream;
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
class ProducerRequestsTest {
  private static final JobId JOB = new JobId("0199c0de-0000-7000-8000-000000000001");
  private static final Source SOURCE = new Source.OfUpload(new UploadId("u"));
  private static final String CREATE = "/api/v1/producer/create";
  private static final String TAKEN = "{\"message\":\"success\",\"task_id\":\"t-1\"}";

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final ProducerProvider producer = Producers.at(stub);
  private final ProducerProvider other = Producers.at(stub, "DIALECT", "aimusicapi");

  @Test
  void shouldPostAPrompt() {
    submit(producer, order(new Operation.Prompt("k-pop über \"die\" Ferne", false)));
    assertPosted("{'task_type':'create_music','sound':'k-pop über \\\"die\\\" Ferne'}");
  }

  @Test
  void shouldPutAnInstrumentalIntoWords() {
    submit(producer, order(new Operation.Prompt("rain", true)));
    assertPosted("{'task_type':'create_music','sound':'rain, instrumental, no vocals'}");
  }

  @Test
  void shouldAlsoFlagAnInstrumentalInTheOtherDialect() {
    submit(other, order(new Operation.Prompt("rain", true)));
    assertPosted(
        "{'task_type':'create_music','sound':'rain, instrumental, no vocals',"
            + "'make_instrumental':true}");
  }

  @Test
  void shouldNotFlagASongInTheOtherDialect() {
    submit(other, order(new Operation.Prompt("rain", false)));
    assertPosted("{'task_type':'create_music','sound':'rain'}");
  }

  @Test
  void shouldPostTheModelAndWhereToCallBack() {
    submit(
        producer,
        new Order(
            JOB,
            new Operation.Prompt("rain", false),
            Optional.of("FUZZ-2.0 Pro"),
            Optional.of(
                URI.create("https://hooks.example.com/callbacks/musicapi-producer/t0ken"))));
    assertPosted(
        "{'task_type':'create_music','sound':'rain','mv':'FUZZ-2.0 Pro',"
            + "'webhook_url':'https://hooks.example.com/callbacks/musicapi-producer/t0ken',"
            + "'webhook_secret':'"
            + DERIVED
            + "'}");
  }

  @Test
  void shouldSendASecretEvenWhereNoSignatureIsChecked() {
    submit(
        Producers.at(stub, "SIGNATURE", "none"),
        new Order(
            JOB,
            new Operation.Prompt("rain", false),
            Optional.empty(),
            Optional.of(URI.create("https://h.example.com/c"))));
    assertPosted(
        "{'task_type':'create_music','sound':'rain','webhook_url':'https://h.example.com/c',"
            + "'webhook_secret':'"
            + DERIVED
            + "'}");
  }

  /** HMAC-SHA256 of {@code webhook-secret|musicapi-producer} under the newest secret. */
  private static final String DERIVED =
      "9ee2d914c1eb6ca97f0de7887766ee2fcd514d10b79a79717994d4213da73630";

  @Test
  void shouldPostTheLeastOfACompose() {
    submit(producer, order(compose(Optional.empty(), Optional.empty(), OptionalLong.empty())));
    assertPosted("{'task_type':'create_music','sound':'lo-fi, instrumental, no vocals'}");
  }

  @Test
  void shouldPostAllOfACompose() {
    submit(
        producer,
        order(
            compose(
                Optional.of("Paper Boats"),
                Optional.of(new Operation.Lyrics.Written("One line\nand another")),
                OptionalLong.of(1234))));
    assertPosted(
        "{'task_type':'create_music','sound':'lo-fi','lyrics':'One line\\nand another',"
            + "'title':'Paper Boats','seed':'1234'}");
  }

  @Test
  void shouldPostAComposeInTheOtherDialect() {
    submit(
        other,
        order(
            compose(
                Optional.of("Paper Boats"),
                Optional.of(new Operation.Lyrics.Written("One line")),
                OptionalLong.of(0))));
    assertPosted(
        "{'task_type':'create_music','sound':'lo-fi','lyrics':'One line',"
            + "'title':'Paper Boats','seed':'0'}");
  }

  @Test
  void shouldFlagAnInstrumentalComposeInTheOtherDialect() {
    submit(other, order(compose(Optional.empty(), Optional.empty(), OptionalLong.empty())));
    assertPosted(
        "{'task_type':'create_music','sound':'lo-fi, instrumental, no vocals',"
            + "'make_instrumental':true}");
  }

  @Test
  void shouldPostAnExtend() {
    submit(
        producer,
        transform(
            new Edit.Extend(OptionalDouble.of(61.5), OptionalDouble.of(30)),
            Optional.of("a quiet end"),
            Optional.empty(),
            new Audio.Made("c-1", Optional.of("acc"))));
    assertPosted(
        "{'task_type':'extend_music','clip_id':'c-1','starts_at':61.5,'length':30,"
            + "'instruction':'a quiet end'}");
  }

  @Test
  void shouldPostTheLeastOfAnExtend() {
    submit(
        producer,
        transform(
            new Edit.Extend(OptionalDouble.empty(), OptionalDouble.empty()),
            Optional.empty(),
            Optional.empty(),
            new Audio.Given("g-1")));
    assertPosted("{'task_type':'extend_music','clip_id':'g-1'}");
  }

  @Test
  void shouldPostAReplace() {
    submit(
        producer,
        transform(
            new Edit.Replace(30, OptionalDouble.of(45.25)),
            Optional.of("a guitar solo"),
            Optional.empty(),
            new Audio.Given("g-1")));
    assertPosted(
        "{'task_type':'replace_music','clip_id':'g-1','starts_at':30,'ends_at':45.25,"
            + "'instruction':'a guitar solo'}");
  }

  @Test
  void shouldPostTheLeastOfAReplace() {
    submit(
        producer,
        transform(
            new Edit.Replace(0, OptionalDouble.empty()),
            Optional.empty(),
            Optional.empty(),
            new Audio.Given("g-1")));
    assertPosted("{'task_type':'replace_music','clip_id':'g-1','starts_at':0}");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.75, 0.75", "1, 1"})
  void shouldPostACover(double ours, String theirs) {
    submit(
        producer,
        new Order(
            JOB,
            new Operation.Transform(
                SOURCE,
                new Edit.Cover(),
                Optional.of("techno"),
                Optional.empty(),
                Optional.of("la la"),
                new Controls(
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.of(ours),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.empty())),
            Optional.of("FUZZ-2.0"),
            Optional.of(URI.create("https://h.example.com/c")),
            Optional.of(new Audio.Made("c-1", Optional.empty())),
            Optional.empty()));
    assertPosted(
        "{'task_type':'cover_music','clip_id':'c-1','strength':"
            + theirs
            + ",'sound':'techno','lyrics':'la la','mv':'FUZZ-2.0',"
            + "'webhook_url':'https://h.example.com/c','webhook_secret':'"
            + DERIVED
            + "'}");
  }

  @Test
  void shouldPostTheLeastOfACover() {
    submit(
        producer,
        transform(new Edit.Cover(), Optional.empty(), Optional.empty(), new Audio.Given("g-1")));
    assertPosted("{'task_type':'cover_music','clip_id':'g-1'}");
  }

  /** The domain asks for none of these: they are not among its capabilities. */
  @Test
  void shouldNotSwap() {
    for (Edit edit : List.of(new Edit.SwapSound(), new Edit.SwapVocals())) {
      Order order = transform(edit, Optional.empty(), Optional.empty(), new Audio.Given("g"));
      assertThatThrownBy(() -> producer.submit(order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not one of its operations");
    }
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldReadATask() {
    stub.answer("/api/v1/producer/task/t-1", 200, "{}");
    producer.lookup("t-1", Optional.of("ignored"));
    assertGot("/api/v1/producer/task/t-1");
  }

  @Test
  void shouldEncodeOddIds() {
    stub.answer("/api/v1/producer/task/a b/ü?&#%", 200, "{}");
    producer.lookup("a b/ü?&#%", Optional.empty());
    assertGot("/api/v1/producer/task/a%20b%2F%C3%BC%3F%26%23%25");
  }

  @Test
  void shouldReadTheCredits() {
    stub.answer("/api/v1/get-credits", 200, "{}");
    producer.standing();
    assertGot("/api/v1/get-credits");
  }

  @ParameterizedTest
  @CsvSource({"MP3, mp3", "WAV, wav"})
  void shouldAskForAFile(Format format, String word) {
    stub.answer("/api/v1/producer/download", 202, "{}");
    producer.open(new AssetSource.ApiDownload("c-1", format, Optional.empty()));
    assertPosted("/api/v1/producer/download", "{'clip_id':'c-1','format':'" + word + "'}");
  }

  @Test
  void shouldGiveAFileByItsLink() {
    stub.answer("/api/v1/producer/upload", 200, "{}");
    producer.register(
        new SourceFile(
            "song",
            ContentType.MP3,
            3,
            URI.create("https://bucket.example.com/u/1?X-Signature=s"),
            InputStream::nullInputStream));
    assertPosted(
        "/api/v1/producer/upload", "{'url':'https://bucket.example.com/u/1?X-Signature=s'}");
  }

  private void submit(ProducerProvider to, Order order) {
    stub.answer(CREATE, 200, TAKEN);
    to.submit(order);
  }

  private void assertPosted(String body) {
    assertPosted(CREATE, body);
  }

  private void assertPosted(String target, String body) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + target);
    assertThat(request.body()).isEqualTo(Producers.json(body));
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer key-1234")
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "application/json")
        .doesNotContainKey("upgrade");
  }

  private void assertGot(String target) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("GET " + target);
    assertThat(request.body()).isEmpty();
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer key-1234")
        .containsEntry("accept", "application/json")
        .doesNotContainKey("content-type");
  }

  private static Order order(Operation operation) {
    return new Order(JOB, operation, Optional.empty(), Optional.empty());
  }

  private static Order transform(
      Edit edit, Optional<String> prompt, Optional<String> lyrics, Audio audio) {
    return new Order(
        JOB,
        new Operation.Transform(SOURCE, edit, prompt, Optional.empty(), lyrics, Controls.NONE),
        Optional.empty(),
        Optional.empty(),
        Optional.of(audio),
        Optional.empty());
  }

  private static Operation.Compose compose(
      Optional<String> title, Optional<Operation.Lyrics> lyrics, OptionalLong seed) {
    return new Operation.Compose(
        title,
        lyrics,
        List.of(
            new Sound(
                "lo-fi", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty())),
        new Controls(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            seed),
        Optional.empty(),
        Optional.empty());
  }
}
