package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProvidersTest {
  private static final FakeProvider PLAIN =
      new FakeProvider(
          new Capabilities(
              "plain", Set.of(Operation.Kind.PROMPT), Set.of(Format.MP3), List.of("A"), false));
  private static final FakeProvider FULL = FakeProvider.named("full");
  private static final Providers BOTH = new Providers(List.of(PLAIN, FULL));

  @Test
  void shouldPreferTheFirstThatCan() {
    assertThat(chosen(BOTH, request(Optional.empty(), Format.MP3))).isSameAs(PLAIN);
    assertThat(chosen(BOTH, request(Optional.empty(), Format.STEMS))).isSameAs(FULL);
  }

  @Test
  void shouldTakeTheOneThatIsNamed() {
    assertThat(chosen(BOTH, request(Optional.of("full"), Format.MP3))).isSameAs(FULL);
  }

  @Test
  void shouldSayWhichProviderCanDoWhatTheNamedOneCannot() {
    JobRequest compose =
        new JobRequest(
            new Operation.Compose(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of()),
            Optional.of("plain"),
            Optional.of("B"),
            Set.of(Format.STEMS, Format.MP3),
            Optional.empty());
    assertThat(BOTH.choose(compose))
        .isEqualTo(
            new Providers.Choice.NoneCan(
                List.of(
                    new FieldError(
                        "/operation", "plain cannot do compose; configured and able: full"),
                    new FieldError("/formats", "plain does not give stems"),
                    new FieldError("/model", "plain has only A"))));
  }

  @Test
  void shouldSayWhatEachLacksWhereNobodyCan() {
    JobRequest request =
        new JobRequest(
            Studio.request().operation(),
            Optional.empty(),
            Optional.of("Z"),
            Set.of(Format.MP3),
            Optional.empty());
    assertThat(BOTH.choose(request))
        .isEqualTo(
            new Providers.Choice.NoneCan(
                List.of(
                    new FieldError("/model", "plain has only A"),
                    new FieldError("/model", "full has only FUZZ-0.8"))));
  }

  @Test
  void shouldSayWhichProvidersThereAre() {
    assertThat(BOTH.choose(request(Optional.of("other"), Format.MP3)))
        .isEqualTo(
            new Providers.Choice.NoneCan(
                List.of(new FieldError("/provider", "is not configured; there is plain, full"))));
  }

  @Test
  void shouldSayHowToConfigureOneWhereThereIsNone() {
    Providers none = new Providers(List.of());
    assertThat(none.choose(request(Optional.empty(), Format.MP3)))
        .isEqualTo(
            new Providers.Choice.NoneCan(
                List.of(new FieldError("", "no provider is configured; set RIFFHOOK_PROVIDERS"))));
    assertThat(none.whoCan(Operation.Kind.COVER)).isEqualTo("no configured provider can");
  }

  private static Provider chosen(Providers providers, JobRequest request) {
    return switch (providers.choose(request)) {
      case Providers.Choice.Chosen choice -> choice.provider();
      case Providers.Choice.NoneCan none -> throw new AssertionError(none.errors());
    };
  }

  private static JobRequest request(Optional<String> provider, Format format) {
    return new JobRequest(
        Studio.request().operation(), provider, Optional.empty(), Set.of(format), Optional.empty());
  }
}
