package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProvidersTest {
  private static final FakeProvider PLAIN =
      FakeProvider.only("plain", Set.of(Operation.Kind.PROMPT), Set.of(Format.MP3), "A");
  private static final FakeProvider FULL = FakeProvider.named("full");
  private static final Providers BOTH = new Providers(List.of(PLAIN, FULL));
  private static final Source SONG = new Source.OfSong(new SongId(new JobId("j"), 1));
  private static final Source UPLOAD = new Source.OfUpload(new UploadId("u"));

  @Test
  void shouldPreferTheFirstThatCan() {
    assertThat(able(BOTH, request(Optional.empty(), Format.MP3))).containsExactly(PLAIN, FULL);
    assertThat(able(BOTH, request(Optional.empty(), Format.STEMS))).containsExactly(FULL);
  }

  @Test
  void shouldTakeOnlyTheOneThatIsNamed() {
    assertThat(able(BOTH, request(Optional.of("full"), Format.MP3))).containsExactly(FULL);
  }

  @Test
  void shouldAvoidThoseInTroubleWhileThereAreOthers() {
    var choice = new Providers.Choice.Able(List.of(PLAIN, FULL));
    assertThat(choice.best(Set.of())).isSameAs(PLAIN);
    assertThat(choice.best(Set.of("plain"))).isSameAs(FULL);
    assertThat(choice.best(Set.of("plain", "full"))).isSameAs(PLAIN);
  }

  @Test
  void shouldSayWhichProviderCanDoWhatTheNamedOneCannot() {
    JobRequest compose =
        new JobRequest(
            new Operation.Compose(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Operation.Controls.NONE,
                Optional.empty(),
                Optional.empty()),
            Optional.of("plain"),
            Optional.empty(),
            Set.of(Format.MP3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(errors(BOTH, compose, Optional.empty()))
        .containsExactly(
            new FieldError("/operation", "plain cannot do compose; configured and able: full"));
  }

  @Test
  void shouldSayEverythingThatTheOnlyAbleOneLacks() {
    JobRequest request =
        new JobRequest(
            Studio.request().operation(),
            Optional.of("plain"),
            Optional.of("B"),
            Set.of(Format.STEMS, Format.MP3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(errors(BOTH, request, Optional.empty()))
        .containsExactly(
            new FieldError("/formats", "plain does not give stems; configured and able: full"),
            new FieldError("/model", "plain has only A; no configured provider can"));
  }

  @Test
  void shouldSayWhatEachLacksWhereNobodyCan() {
    JobRequest request =
        new JobRequest(
            Studio.request().operation(),
            Optional.empty(),
            Optional.of("Z"),
            Set.of(Format.MP3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(errors(BOTH, request, Optional.empty()))
        .containsExactly(
            new FieldError("/model", "plain has only A; no configured provider can"),
            new FieldError("/model", "full has only FUZZ-0.8; no configured provider can"));
  }

  @Test
  void shouldSayThatThereAreNoModels() {
    Providers none =
        new Providers(
            List.of(FakeProvider.only("p", Set.of(Operation.Kind.PROMPT), Set.of(Format.MP3))));
    JobRequest request =
        new JobRequest(
            Studio.request().operation(),
            Optional.empty(),
            Optional.of("Z"),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(errors(none, request, Optional.empty()))
        .containsExactly(
            new FieldError("/model", "p has no models to choose from; no configured provider can"));
  }

  @Test
  void shouldSayOnceThatNobodyCanDoAnOperation() {
    Providers plain =
        new Providers(
            List.of(
                PLAIN,
                FakeProvider.only("p2", Set.of(Operation.Kind.PROMPT), Set.of(Format.MP3), "A")));
    assertThat(errors(plain, transform(SONG, new Operation.Edit.Cover()), Optional.empty()))
        .containsExactly(new FieldError("/operation", "no configured provider can"));
  }

  @Test
  void shouldHoldOptionsAgainstWhatEachProviderTakes() {
    Capabilities.Can narrow =
        Capabilities.Can.of()
            .needs(Option.PROMPT, 1, 20)
            .needs(Option.AT, 0, 300)
            .takes(Option.SECONDS, 1, 240)
            .from(Capabilities.Sources.ANY);
    Providers providers =
        new Providers(
            List.of(
                extending("narrow", narrow),
                extending("wide", FakeProvider.ANYTHING),
                extending("none", Capabilities.Can.of().from(Capabilities.Sources.ANY))));
    var edit = new Operation.Edit.Extend(OptionalDouble.empty(), OptionalDouble.of(241));
    JobRequest request =
        new JobRequest(
            new Operation.Transform(
                SONG,
                edit,
                Optional.of("and now with a long guitar solo"),
                Optional.empty(),
                Optional.empty(),
                new Operation.Controls(
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.of(0.5),
                    OptionalDouble.empty(),
                    OptionalLong.empty())),
            Optional.of("narrow"),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(errors(providers, request, Optional.empty()))
        .containsExactly(
            new FieldError(
                "/prompt", "narrow takes at most 20 characters; configured and able: wide"),
            new FieldError("/seconds", "narrow takes 1 to 240 seconds; configured and able: wide"),
            new FieldError(
                "/weirdness", "narrow does not take it for extend; configured and able: wide"),
            new FieldError("/at", "narrow needs it for extend; not needed by wide, none"));
  }

  @Test
  void shouldStartFromSongsThatTheProviderMade() {
    Capabilities.Can own = FakeProvider.ANYTHING.from(Capabilities.Sources.OWN_SONGS);
    Providers providers =
        new Providers(List.of(extending("any", FakeProvider.ANYTHING), extending("own", own)));
    var edit = new Operation.Edit.Extend(OptionalDouble.empty(), OptionalDouble.empty());

    assertThat(names(providers, transform(SONG, edit), Optional.of("own")))
        .containsExactly("own", "any");
    assertThat(names(providers, transform(SONG, edit), Optional.of("gone"))).containsExactly("any");
    assertThat(names(providers, transform(UPLOAD, edit), Optional.empty())).containsExactly("any");
    assertThat(
            errors(
                new Providers(List.of(extending("own", own))),
                transform(UPLOAD, edit),
                Optional.empty()))
        .containsExactly(
            new FieldError(
                "/source",
                "own can start only from songs that it made itself; no configured provider can"));
  }

  @Test
  void shouldRefuseAudioWhereAnOperationStartsFromNone() {
    Providers providers = new Providers(List.of(extending("none", Capabilities.Can.of())));
    assertThat(
            errors(
                providers,
                transform(
                    UPLOAD,
                    new Operation.Edit.Extend(OptionalDouble.empty(), OptionalDouble.empty())),
                Optional.empty()))
        .containsExactly(
            new FieldError(
                "/source", "none cannot start extend from audio; no configured provider can"));
  }

  @Test
  void shouldSayWhichProvidersThereAre() {
    assertThat(errors(BOTH, request(Optional.of("other"), Format.MP3), Optional.empty()))
        .containsExactly(new FieldError("/provider", "is not configured; there is plain, full"));
  }

  @Test
  void shouldSayHowToConfigureOneWhereThereIsNone() {
    Providers none = new Providers(List.of());
    assertThat(errors(none, request(Optional.empty(), Format.MP3), Optional.empty()))
        .containsExactly(new FieldError("", "no provider is configured; set RIFFHOOK_PROVIDERS"));
  }

  private static FakeProvider extending(String name, Capabilities.Can can) {
    return new FakeProvider(
        new Capabilities(
            name,
            Map.of(Operation.Kind.EXTEND, can),
            EnumSet.of(Format.MP3),
            List.of(),
            false,
            Duration.ofSeconds(1),
            Set.of()));
  }

  private static JobRequest transform(Source source, Operation.Edit edit) {
    return new JobRequest(
        new Operation.Transform(
            source,
            edit,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Operation.Controls.NONE),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static List<Provider> able(Providers providers, JobRequest request) {
    return ((Providers.Choice.Able) providers.choose(request, Optional.empty())).providers();
  }

  private static List<String> names(
      Providers providers, JobRequest request, Optional<String> maker) {
    return ((Providers.Choice.Able) providers.choose(request, maker))
        .providers().stream().map(each -> each.capabilities().provider()).toList();
  }

  private static List<FieldError> errors(
      Providers providers, JobRequest request, Optional<String> maker) {
    return ((Providers.Choice.NoneCan) providers.choose(request, maker)).errors();
  }

  private static JobRequest request(Optional<String> provider, Format format) {
    return new JobRequest(
        Studio.request().operation(),
        provider,
        Optional.empty(),
        Set.of(format),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
