package io.riffhook.providers.riffgateway;

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
class RiffgatewayRequestsTest {
  private static final JobId JOB = new JobId("0199c0de-0000-7000-8000-000000000001");
  private static final String GENERATE = "/riffusion/generate";
  private static final String TOPIC = "/riffusion/generate/topic";
  private static final Optional<String> NONE = Optional.empty();
  private static final Audio MADE = new Audio.Made("r-1", Optional.of("acc"));
  private static final Audio GIVEN = new Audio.Given("up-1");

  @RegisterExtension private final StubProvider stub = new StubProvider("");

  private final RiffgatewayProvider gateway =
      RiffgatewayProvider.from(stub.settings("RIFFGATEWAY", "hk-secret"));

  @Test
  void shouldPostATopic() {
    submit(TOPIC, new Operation.Prompt("k-pop über \"die\" Ferne", false), NONE, Optional.empty());
    assertPosted(
        TOPIC,
        """
        {"model":"FUZZ-1.1 Pro","topic":"k-pop über \\"die\\" Ferne","instrumental":false}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"FUZZ-1.1 Pro", "FUZZ-1.1", "FUZZ-1.0 Pro", "FUZZ-1.0"})
  void shouldNameTheModel(String model) {
    submit(TOPIC, new Operation.Prompt("rain", true), Optional.of(model), Optional.empty());
    assertPosted(TOPIC, "{\"model\":\"" + model + "\",\"topic\":\"rain\",\"instrumental\":true}");
  }

  @Test
  void shouldGiveNoCallbackAndNoReference() {
    stub.answer(TOPIC, 200, "{}");
    gateway.submit(
        new Order(
            JOB,
            new Operation.Prompt("rain", false),
            NONE,
            Optional.of(URI.create("https://hooks.example.com/callbacks/riffgateway/t0ken"))));
    assertPosted(TOPIC, "{\"model\":\"FUZZ-1.1 Pro\",\"topic\":\"rain\",\"instrumental\":false}");
  }

  @Test
  void shouldPostASong() {
    submit(
        GENERATE,
        compose(
            Optional.of("Größe 🎵"), Optional.of(new Operation.Lyrics.Written("One\nand another"))),
        Optional.of("FUZZ-1.0"),
        Optional.empty());
    assertPosted(
        GENERATE,
        """
        {"model":"FUZZ-1.0","lyrics":"One\\nand another","tag":"lo-fi","title":"Größe 🎵",\
        "instrumental":false}\
        """);
  }

  @Test
  void shouldPostAnInstrumental() {
    submit(GENERATE, compose(Optional.of("Pier"), Optional.empty()), NONE, Optional.empty());
    assertPosted(
        GENERATE,
        """
        {"model":"FUZZ-1.1 Pro","lyrics":"[Instrumental]","tag":"lo-fi","title":"Pier",\
        "instrumental":true}\
        """);
  }

  @Test
  void shouldPostNoTitleWhereThereIsNone() {
    submit(
        GENERATE,
        compose(NONE, Optional.of(new Operation.Lyrics.Asked("about rain"))),
        NONE,
        Optional.empty());
    assertPosted(
        GENERATE,
        """
        {"model":"FUZZ-1.1 Pro","lyrics":"[Instrumental]","tag":"lo-fi","instrumental":false}\
        """);
  }

  @Test
  void shouldCoverASong() {
    submit(GENERATE, full(new Edit.Cover()), NONE, Optional.of(MADE));
    assertMorphed(
        """
        {"riff_id":"r-1","transform":"cover","normalized_lyrics_strength":0.1,\
        "normalized_sound_prompt_strength":0.2,"normalized_weirdness":0.3,\
        "normalized_cover_strength":0.4,"normalized_variation_strength":0.5,"duration":0}\
        """);
  }

  @Test
  void shouldCoverAnUploadWithTheLeast() {
    submit(
        GENERATE,
        new Operation.Transform(
            original(), new Edit.Cover(), NONE, NONE, NONE, Operation.Controls.NONE),
        Optional.of("FUZZ-1.0 Pro"),
        Optional.of(GIVEN));
    assertPosted(
        GENERATE,
        """
        {"model":"FUZZ-1.0 Pro","instrumental":false,\
        "morph":{"audio_upload_id":"up-1","transform":"cover","normalized_lyrics_strength":0.5,\
        "normalized_sound_prompt_strength":0.5,"normalized_weirdness":0.5,\
        "normalized_cover_strength":0.5,"normalized_variation_strength":null,"duration":0}}\
        """);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "0.125, 0.125"})
  void shouldKeepTheScale(double ours, String theirs) {
    OptionalDouble value = OptionalDouble.of(ours);
    submit(
        GENERATE,
        transform(
            new Edit.Cover(),
            new Operation.Controls(value, value, value, value, value, OptionalLong.of(7))),
        NONE,
        Optional.of(MADE));
    assertMorphed(
        """
        {"riff_id":"r-1","transform":"cover","normalized_lyrics_strength":%1$s,\
        "normalized_sound_prompt_strength":%1$s,"normalized_weirdness":%1$s,\
        "normalized_cover_strength":%1$s,"normalized_variation_strength":%1$s,"duration":0}\
        """
            .formatted(theirs));
  }

  @Test
  void shouldExtendASong() {
    submit(
        GENERATE,
        full(new Edit.Extend(OptionalDouble.of(30.5), OptionalDouble.of(60))),
        NONE,
        Optional.of(MADE));
    assertMorphed(
        """
        {"riff_id":"r-1","transform":"extend","crop_end_at":30.5,\
        "normalized_lyrics_strength":0.1,"normalized_sound_prompt_strength":0.2,\
        "normalized_weirdness":0.3,"normalized_variation_strength":0.5,"duration":60}\
        """);
  }

  @Test
  void shouldExtendAnUploadByWhatTheGatewayThinksRight() {
    submit(
        GENERATE,
        plain(new Edit.Extend(OptionalDouble.of(30), OptionalDouble.empty())),
        NONE,
        Optional.of(GIVEN));
    assertMorphed(
        """
        {"audio_upload_id":"up-1","transform":"extend","crop_end_at":30,\
        "normalized_lyrics_strength":0.5,"normalized_sound_prompt_strength":0.5,\
        "normalized_weirdness":0.5,"normalized_variation_strength":null,"duration":0}\
        """);
  }

  @Test
  void shouldReplaceAPartOfASong() {
    submit(GENERATE, plain(new Edit.Replace(30, OptionalDouble.of(45))), NONE, Optional.of(MADE));
    assertMorphed(
        """
        {"riff_id":"r-1","transform":"inpaint","replace_start_at":30,"replace_end_at":45,\
        "normalized_lyrics_strength":0.5,"normalized_sound_prompt_strength":0.5,\
        "normalized_weirdness":0.5,"normalized_variation_strength":null,"duration":0}\
        """);
  }

  @Test
  void shouldReplaceAPartOfAnUpload() {
    submit(
        GENERATE, full(new Edit.Replace(0.5, OptionalDouble.of(45.25))), NONE, Optional.of(GIVEN));
    assertMorphed(
        """
        {"audio_upload_id":"up-1","transform":"inpaint","replace_start_at":0.5,\
        "replace_end_at":45.25,"normalized_lyrics_strength":0.1,\
        "normalized_sound_prompt_strength":0.2,"normalized_weirdness":0.3,\
        "normalized_variation_strength":0.5,"duration":0}\
        """);
  }

  @Test
  void shouldSwapTheSoundOfASong() {
    submit(GENERATE, plain(new Edit.SwapSound()), NONE, Optional.of(MADE));
    assertMorphed(
        """
        {"riff_id":"r-1","transform":"swap_sound","normalized_lyrics_strength":0.5,\
        "normalized_sound_prompt_strength":0.5,"normalized_weirdness":0.5,\
        "normalized_variation_strength":null,"duration":0}\
        """);
  }

  @Test
  void shouldSwapTheVocalsOfAnUpload() {
    submit(GENERATE, full(new Edit.SwapVocals()), NONE, Optional.of(GIVEN));
    assertMorphed(
        """
        {"audio_upload_id":"up-1","transform":"swap_vocals","normalized_lyrics_strength":0.1,\
        "normalized_sound_prompt_strength":0.2,"normalized_weirdness":0.3,\
        "normalized_variation_strength":0.5,"duration":0}\
        """);
  }

  @Test
  void shouldNotTransformNothing() {
    assertThatThrownBy(
            () -> gateway.submit(new Order(JOB, plain(new Edit.Cover()), NONE, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a transform without its source");
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldReadOneJob() {
    stub.answer("/riffusion/feed/a375338b-0e3c-4072-9283-8601e09d0b86", 200, "{}");
    gateway.lookup("a375338b-0e3c-4072-9283-8601e09d0b86", Optional.of("acc"));
    assertGot("/riffusion/feed/a375338b-0e3c-4072-9283-8601e09d0b86");
  }

  @Test
  void shouldEncodeOddIds() {
    stub.answer("/riffusion/feed/a b,ü/?#%", 200, "{}");
    gateway.lookup("a b,ü/?#%", NONE);
    assertGot("/riffusion/feed/a%20b%2C%C3%BC%2F%3F%23%25");
  }

  @Test
  void shouldGiveTheLinkOfAFile() {
    stub.answer("/riffusion/upload", 200, "{\"id\":\"u\"}");
    gateway.register(
        new SourceFile(
            "upload-1",
            ContentType.MP3,
            3,
            URI.create("https://bucket.example.com/a/b.mp3?X-Signature=s%2B1"),
            InputStream::nullInputStream));
    assertPosted(
        "/riffusion/upload", "{\"url\":\"https://bucket.example.com/a/b.mp3?X-Signature=s%2B1\"}");
  }

  private void submit(
      String path, Operation operation, Optional<String> model, Optional<Audio> source) {
    stub.answer(path, 200, "{}");
    gateway.submit(new Order(JOB, operation, model, Optional.empty(), source, NONE));
  }

  private void assertMorphed(String morph) {
    assertPosted(
        GENERATE,
        """
        {"model":"FUZZ-1.1 Pro","lyrics":"la\\nla","tag":"folk","title":"Pier",\
        "instrumental":false,"morph":%s}\
        """
            .formatted(morph));
  }

  private void assertPosted(String target, String body) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST " + target);
    assertThat(request.body()).isEqualTo(body);
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer hk-secret")
        .containsEntry("content-type", "application/json")
        .containsEntry("accept", "application/json");
  }

  private void assertGot(String target) {
    Request request = stub.request();
    assertThat(request.method() + " " + request.target()).isEqualTo("GET " + target);
    assertThat(request.body()).isEmpty();
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer hk-secret")
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

  private static Operation.Transform plain(Edit edit) {
    return transform(edit, Operation.Controls.NONE);
  }

  /** With every control; a strength of the original is a cover's alone. */
  private static Operation.Transform full(Edit edit) {
    return transform(
        edit,
        new Operation.Controls(
            OptionalDouble.of(0.1),
            OptionalDouble.of(0.2),
            OptionalDouble.of(0.4),
            OptionalDouble.of(0.3),
            OptionalDouble.of(0.5),
            OptionalLong.empty()));
  }

  private static Operation.Transform transform(Edit edit, Operation.Controls controls) {
    return new Operation.Transform(
        original(),
        edit,
        Optional.of("folk"),
        Optional.of("Pier"),
        Optional.of("la\nla"),
        controls);
  }

  private static Source original() {
    return new Source.OfUpload(new UploadId("u-1"));
  }
}
