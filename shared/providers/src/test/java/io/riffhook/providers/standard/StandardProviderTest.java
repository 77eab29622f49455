package io.riffhook.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Provider.Found;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Provider.Stems;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Source;
import io.riffhook.domain.Standing;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.domain.UploadId;
import io.riffhook.providers.StubProvider;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What its settings come to, and how files go to and fro. */
class StandardProviderTest {
  @RegisterExtension private final StubProvider stub = new StubProvider("/v1");

  @Test
  void shouldTellWhatItCanDoByDefault() {
    Capabilities can = capabilities(Map.of());
    assertThat(can)
        .isEqualTo(
            new Capabilities(
                "standard",
                Map.of(
                    Kind.PROMPT,
                    Can.of().needs(Option.PROMPT, 1, 5_000).takes(Option.INSTRUMENTAL),
                    Kind.COMPOSE,
                    Can.of()
                        .needs(Option.PROMPT, 1, 5_000)
                        .needs(Option.SOUNDS, 1, 1)
                        .takes(Option.INSTRUMENTAL)
                        .takes(Option.LYRICS, 1, 10_000)
                        .takes(Option.TITLE, 1, 200)
                        .takes(Option.SEED, 0, 2_147_483_647)),
                Set.of(Format.MP3),
                List.of(),
                false,
                Duration.ofSeconds(5),
                Set.of("replicate.delivery")));
  }

  @Test
  void shouldTellWhatItCanDoByTheOtherMapping() {
    Capabilities can =
        capabilities(
            Map.of(
                "STANDARD_MAPPING",
                Standards.other(),
                "STANDARD_WEBHOOK_SECRET",
                Standards.SECRET));
    assertThat(can.webhooks()).isTrue();
    assertThat(can.formats()).containsExactly(Format.MP3, Format.WAV, Format.STEMS);
    assertThat(can.models()).containsExactly("aria-2", "aria-1");
    assertThat(can.pace()).isEqualTo(Duration.ofMillis(7_500));
    assertThat(can.can(Kind.COVER))
        .contains(
            Can.of()
                .needs(Option.PROMPT, 1, 5_000)
                .takes(Option.COVER_STRENGTH, 0.2, 1)
                .from(Sources.ANY));
    assertThat(can.can(Kind.EXTEND))
        .contains(
            Can.of()
                .takes(Option.PROMPT, 1, 5_000)
                .needs(Option.AT, 0, 3_600)
                .takes(Option.SECONDS, 5, 120)
                .from(Sources.OWN_SONGS));
    assertThat(can.can(Kind.REPLACE))
        .contains(
            Can.of()
                .takes(Option.PROMPT, 1, 5_000)
                .needs(Option.START, 0, 3_600)
                .needs(Option.END, 0, 3_600)
                .from(Sources.FILES));
    assertThat(can.can(Kind.COMPOSE).orElseThrow().options())
        .containsEntry(Option.SOUNDS, new Range(1, 1))
        .containsEntry(Option.LYRICS_PROMPT, new Range(1, 300));
    assertThat(can.can(Kind.COMPOSE).orElseThrow().sources()).isEqualTo(Sources.NONE);
  }

  @Test
  void shouldCallBackOnlyWithASecretAndAPlaceForTheUrl() {
    String silent = Standards.examples().getFirst().replaceFirst("\"webhook\": .*\n", "");
    assertThat(capabilities(Map.of("STANDARD_WEBHOOK_SECRET", Standards.SECRET)).webhooks())
        .isTrue();
    assertThat(
            capabilities(
                    Map.of("STANDARD_WEBHOOK_SECRET", Standards.SECRET, "STANDARD_MAPPING", silent))
                .webhooks())
        .isFalse();
  }

  /** What a request is for is told before anything is set, and nothing is asked then. */
  @Test
  void shouldAskNobodyWhereNoUrlIsSet() {
    StandardProvider nowhere = StandardProvider.from(StubProvider.settings(Map.of()));
    assertThat(nowhere.standing()).isEqualTo(Standing.UNKNOWN);
    assertThat(nowhere.find(new JobId("j"))).isEqualTo(new Found.CannotTell("it lists no jobs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000", "api.example.com", "no url"})
  void shouldRefuseABaseUrlThatIsNotAllowed(String url) {
    StandardProvider standard =
        StandardProvider.from(
            StubProvider.settings(Map.of("STANDARD_BASE_URL", url, "STANDARD_TOKEN", "t")));
    assertThat(standard.lookup("p", Optional.empty()))
        .isInstanceOfSatisfying(
            Lookup.NotNow.class,
            wait ->
                assertThat(wait.reason().detail())
                    .contains("STANDARD_BASE_URL must be an https URL"));
  }

  /** A wrong mapping is an error of each call, which sends nothing, and costs no job. */
  @Test
  void shouldWaitWithTheErrorOfItsMapping() {
    StandardProvider standard = Standards.at(stub, "MAPPING", "{}");
    String why = "STANDARD_MAPPING at /create is required";
    Reason reason = Reasons.unavailable("standard", why);

    assertThat(standard.name()).isEqualTo("standard");
    assertThat(standard.fault()).contains(why);
    assertThat(standard.capabilities().operations()).isEmpty();
    assertThatThrownBy(() -> standard.submit(prompt()))
        .isInstanceOf(Settings.UnusableSettingException.class)
        .hasMessage(why);
    assertThat(standard.lookup("p", Optional.empty())).isEqualTo(new Lookup.NotNow(reason));
    assertThat(standard.stems("p/1", Optional.empty())).isEqualTo(new Stems.NotNow(reason));
    assertThat(standard.open(new AssetSource.Link(URI.create(stub.baseUrl() + "/x"))))
        .isEqualTo(new Opened.NotNow(why));
    standard.cancel(List.of("p"));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldFollowAMappingThatChanges() {
    Map<String, String> settings = new HashMap<>(Map.of("STANDARD_MAPPING", "{"));
    StandardProvider standard = StandardProvider.from(StubProvider.settings(settings));
    assertThat(standard.fault()).hasValueSatisfying(why -> assertThat(why).contains("is not JSON"));

    settings.put("STANDARD_MAPPING", Standards.other());
    assertThat(standard.fault()).isEmpty();
    Capabilities other = standard.capabilities();
    assertThat(other.operations()).isNotEmpty();

    settings.put("STANDARD_MAPPING", "{}");
    assertThat(standard.fault()).isPresent();
    assertThat(standard.capabilities()).as("those that were known").isEqualTo(other);

    settings.remove("STANDARD_MAPPING");
    assertThat(standard.fault()).isEmpty();
    assertThat(standard.capabilities()).isNotEqualTo(other);
  }

  /** The job was written down while the mapping was unreadable, or under another one. */
  @Test
  void shouldRefuseAnOperationThatTheMappingDoesNotHave() {
    assertThat(
            Standards.at(stub)
                .submit(
                    new Provider.Order(
                        new JobId("j"),
                        new Operation.Transform(
                            new Source.OfUpload(new UploadId("u")),
                            new Operation.Edit.SwapVocals(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Operation.Controls.NONE),
                        Optional.empty(),
                        Optional.empty())))
        .isEqualTo(
            new SubmitOutcome.Refused(
                Reasons.refused("standard", "STANDARD_MAPPING has no operation swap-vocals")));
    assertThat(stub.requests()).isEmpty();
  }

  private static Provider.Order prompt() {
    return new Provider.Order(
        new JobId("j"), new Operation.Prompt("rain", false), Optional.empty(), Optional.empty());
  }

  @Test
  void shouldOpenLinksWithoutTheToken() throws Exception {
    stub.answer("/files/x.mp3", 200, "bytes");
    Opened opened =
        Standards.at(stub).open(new AssetSource.Link(URI.create(stub.baseUrl() + "/files/x.mp3")));
    try (Opened.Body body = (Opened.Body) opened) {
      assertThat(body.bytes().readAllBytes()).hasSize(5);
    }
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldOpenNothingElse() {
    StandardProvider standard = Standards.at(stub);
    assertThat(standard.open(new AssetSource.Link(URI.create("https://evil.example.com/x"))))
        .isEqualTo(
            new Opened.Gone(
                "its link leads to https://evil.example.com, which is not the provider's"
                    + " (RIFFHOOK_FILE_HOSTS adds hosts)"));
    assertThat(standard.open(new AssetSource.ApiDownload("p", Format.MP3, Optional.empty())))
        .isEqualTo(new Opened.Gone("it has no call that gives files"));
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void shouldGiveAFileByItsLink() {
    String link = "https://bucket.example.com/u/1?X-Amz-Signature=s";
    assertThat(
            Standards.at(stub)
                .register(
                    new SourceFile(
                        "song",
                        ContentType.MP3,
                        3,
                        URI.create(link),
                        InputStream::nullInputStream)))
        .isEqualTo(new Registration.Lent(URI.create(link)));
    assertThat(stub.requests()).isEmpty();
  }

  private static Capabilities capabilities(Map<String, String> settings) {
    return StandardProvider.from(StubProvider.settings(settings)).capabilities();
  }
}
