package io.riffhook.providers.musicapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.ContentType;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
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
class MusicapiRequestsTest {
  private static final JobId JOB = new JobId("0199c0de-0000-7000-8000-000000000001");
  private static final String CREATE = "/api/v1/riffusion/create";
  private static final Optional<String> NONE = Optional.empty();
  private static final Audio MADE = new Audio.Made("c-1", Optional.of("acc"));
  private static final Audio GIVEN = new Audio.Given("up-1");

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final MusicapiProvider musicapi =
      MusicapiProvider.from(stub.settings("MUSICAPI", "sk-secret"));

  @Test
  void shouldPostTheLeastOfAPrompt() {
    submit(new Operation.Prompt("k-pop über \"die\" Ferne", false), NONE, Optional.empty());
    assertPosted(
        CREATE,
        """
        {"custom_mode":false,"prompt":"k-pop über \\"die\\" Ferne","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0"})
  void shouldNameTheModel(String model) {
    submit(new Operation.Prompt("rain", false), Optional.of(model), Optional.empty());
    assertPosted(CREATE, "{\"custom_mode\":false,\"prompt\":\"rain\",\"mv\":\"" + model + "\"}");
  }

  @Test
  void shouldGiveNoCallbackAndNoReference() {
    stub.answer(CREATE, 200, "{\"task_id\":\"t\"}");
    musicapi.submit(
        new Order(
            JOB,
            new Operation.Prompt("rain", false),
            NONE,
            Optional.of(URI.create("https://hooks.example.com/callbacks/musicapi/t0ken"))));
    assertPosted(CREATE, "{\"custom_mode\":false,\"prompt\":\"rain\",\"mv\":\"FUZZ-1.1 Pro\"}");
  }

  @Test
  void shouldPostTheLeastOfACompose() {
    submit(compose(NONE, Optional.empty()), NONE, Optional.empty());
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"make_instrumental":true,"sound":"lo-fi","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldPostAllOfACompose() {
    submit(
        compose(
            Optional.of("Größe 🎵"), Optional.of(new Operation.Lyrics.Written("One\nand another"))),
        Optional.of("FUZZ-1.0"),
        Optional.empty());
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"make_instrumental":false,"lyrics":"One\\nand another",\
        "title":"Größe 🎵","sound":"lo-fi","mv":"FUZZ-1.0"}\
        """);
  }

  @Test
  void shouldNotSingWhatItIsToWriteItself() {
    submit(
        compose(NONE, Optional.of(new Operation.Lyrics.Asked("about rain"))),
        NONE,
        Optional.empty());
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"make_instrumental":false,"sound":"lo-fi","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldCoverASong() {
    submit(transform(new Edit.Cover()), NONE, Optional.of(MADE));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"continue_clip_id":"c-1","task_type":"cover_music",\
        "mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldCoverAnUploadWithEverything() {
    submit(full(new Edit.Cover()), Optional.of("FUZZ-1.0 Pro"), Optional.of(GIVEN));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk","strength":0.25,\
        "continue_clip_id":"up-1","task_type":"cover_upload_music","mv":"FUZZ-1.0 Pro"}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0.5, 0.5"})
  void shouldPutTheStrengthOfACover(double ours, String theirs) {
    Operation.Controls controls =
        new Operation.Controls(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(ours),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    submit(
        new Operation.Transform(original(), new Edit.Cover(), NONE, NONE, NONE, controls),
        NONE,
        Optional.of(MADE));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"strength":%s,"continue_clip_id":"c-1","task_type":"cover_music",\
        "mv":"FUZZ-1.1 Pro"}\
        """
            .formatted(theirs));
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "10.2, 10", "10.99, 10", "0, 0", "0.4, 0", "36000, 36000"})
  void shouldExtendASongFromAWholeSecond(double at, int whole) {
    submit(
        full(new Edit.Extend(OptionalDouble.of(at), OptionalDouble.empty())),
        NONE,
        Optional.of(MADE));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk","continue_at":%d,\
        "continue_clip_id":"c-1","task_type":"extend_music","mv":"FUZZ-1.1 Pro"}\
        """
            .formatted(whole));
  }

  @Test
  void shouldExtendAnUpload() {
    submit(
        full(new Edit.Extend(OptionalDouble.of(30), OptionalDouble.empty())),
        NONE,
        Optional.of(GIVEN));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk","continue_at":30,\
        "continue_clip_id":"up-1","task_type":"extend_upload_music","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldReplaceAPartOfASong() {
    submit(full(new Edit.Replace(30, OptionalDouble.of(45))), Optional.empty(), Optional.of(MADE));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk","starts_at":30,\
        "ends_at":45,"continue_clip_id":"c-1","task_type":"replace_music","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldReplaceAPartOfAnUpload() {
    submit(transform(new Edit.Replace(0.5, OptionalDouble.of(45.25))), NONE, Optional.of(GIVEN));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"starts_at":0.5,"ends_at":45.25,"continue_clip_id":"up-1",\
        "task_type":"replace_upload_music","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldSwapTheSoundOfASong() {
    submit(full(new Edit.SwapSound()), NONE, Optional.of(MADE));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk",\
        "continue_clip_id":"c-1","task_type":"swap_music_sound","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldSwapTheSoundOfAnUpload() {
    submit(transform(new Edit.SwapSound()), NONE, Optional.of(GIVEN));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"continue_clip_id":"up-1","task_type":"swap_upload_music_sound",\
        "mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldSwapTheVocalsOfASong() {
    submit(full(new Edit.SwapVocals()), NONE, Optional.of(MADE));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk",\
        "continue_clip_id":"c-1","task_type":"swap_music_vocals","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldSwapTheVocalsOfAnUpload() {
    submit(full(new Edit.SwapVocals()), NONE, Optional.of(GIVEN));
    assertPosted(
        CREATE,
        """
        {"custom_mode":true,"lyrics":"la\\nla","title":"Pier","sound":"folk",\
        "continue_clip_id":"up-1","task_type":"swap_upload_music_vocals","mv":"FUZZ-1.1 Pro"}\
        """);
  }

  @Test
  void shouldNotTransformNothing() {
    assertThatThrownBy(
            () ->
                musicapi.submit(
                    new Order(JOB, transform(new Edit.Cover()), NONE, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a transform without its source");
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldReadATask() {
    stub.answer("/api/v1/riffusion/task/3f7b1c52-0000-4000-8000-00000000000a", 202, "");
    musicapi.lookup("3f7b1c52-0000-4000-8000-00000000000a", Optional.of("acc"));
    assertGot("/api/v1/riffusion/task/3f7b1c52-0000-4000-8000-00000000000a");
  }

  @Test
  void shouldEncodeOddIds() {
    stub.answer("/api/v1/riffusion/task/a b/ü?#%", 202, "");
    musicapi.lookup("a b/ü?#%", NONE);
    assertGot("/api/v1/riffusion/task/a%20b%2F%C3%BC%3F%23%25");
  }

  @Test
  void shouldGiveTheLinkOfAFile() {
    stub.answer("/api/v1/riffusion/upload", 200, "{\"clip_id\":\"c\"}");
    musicapi.register(
        new SourceFile(
            "upload-1",
            ContentType.MP3,
            3,
            URI.create("https://bucket.example.com/a/b.mp3?X-Signature=s%2B1"),
            InputStream::nullInputStream));
    assertPosted(
        "/api/v1/riffusion/upload",
        "{\"url\":\"https://bucket.example.com/a/b.mp3?X-Signature=s%2B1\"}");
  }

  @Test
  void shouldReadTheCredits() {
    stub.answer("/api/v1/get-credits", 200, "{}");
    musicapi.standing();
    assertGot("/api/v1/get-credits");
  }

  private void submit(Operation operation, Optional<String> model, Optional<Audio> source) {
    stub.answer(CREATE, 200, "{\"task_id\":\"t\"}");
    musicapi.submit(new Order(JOB, operation, model, Optional.empty(), source, NONE));
  }

  private void assertPosted(String target, String body) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + target);
    assertThat(request.body()).isEqualTo(body);
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer sk-secret")
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "application/json");
  }

  private void assertGot(String target) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("GET " + target);
    assertThat(request.body()).isEmpty();
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer sk-secret")
        .containsEntry("accept", "application/json")
        .doesNotContainKey("content-type");
  }

  private static Operation.Compose compose(
      Optional<String> title, Optional<Operation.Lyrics> lyrics) {
    return new Operation.Compose(
        title,
        lyrics,
        List.of(
            new Sound(
                "lo-fi", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty())),
        Operation.Controls.NONE,
        Optional.empty(),
        Optional.empty());
  }

  private static Operation.Transform transform(Edit edit) {
    return new Operation.Transform(original(), edit, NONE, NONE, NONE, Operation.Controls.NONE);
  }

  /** With everything that any transform can say; a strength is a cover's alone. */
  private static Operation.Transform full(Edit edit) {
    return new Operation.Transform(
        original(),
        edit,
        Optional.of("folk"),
        Optional.of("Pier"),
        Optional.of("la\nla"),
        new Operation.Controls(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(0.25),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty()));
  }

  private static Source original() {
    return new Source.OfUpload(new UploadId("u-1"));
  }
}
