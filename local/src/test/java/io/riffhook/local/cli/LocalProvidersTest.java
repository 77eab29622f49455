package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.providers.ConfiguredProviders;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalProvidersTest {
  private static final String ORIGIN = "http://127.0.0.1:8090";

  private static CliContext context(Map<String, String> environment) {
    return new CliContext(Path.of(""), environment, false, 80);
  }

  private static LocalProviders simulated(Map<String, String> environment) {
    return LocalProviders.simulated(context(environment), ORIGIN, "t");
  }

  @Test
  void shouldHaveTheSimulatorPlayEveryProviderWhereNoTokenIsSet() {
    assertThat(LocalProviders.areReal(context(Map.of("USEAPI_TOKEN", " ")))).isFalse();
    assertThat(LocalProviders.simulated()).isEqualTo(ConfiguredProviders.names());

    assertThat(simulated(Map.of()).environment())
        .containsEntry(
            "RIFFHOOK_PROVIDERS",
            "flowmusic,mureka,musicapi-producer,musicapi,riffgateway,useapi,standard")
        .containsEntry("USEAPI_BASE_URL", ORIGIN + "/v1/riffusion")
        .containsEntry("MUSICAPI_BASE_URL", ORIGIN + "/musicapi")
        .containsEntry("RIFFGATEWAY_BASE_URL", ORIGIN + "/riffgateway")
        .containsEntry("MUSICAPI_PRODUCER_BASE_URL", ORIGIN + "/musicapi")
        .containsEntry("FLOWMUSIC_BASE_URL", ORIGIN + "/v1/flowmusic")
        .containsEntry("MUREKA_BASE_URL", ORIGIN + "/v1/mureka")
        .containsEntry("STANDARD_BASE_URL", ORIGIN + "/standard")
        .containsEntry("MUSICAPI_PRODUCER_TOKEN", "t")
        .containsEntry("STANDARD_WEBHOOK_SECRET", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3");
  }

  @Test
  void shouldLetTheUserChooseWhatIsSimulatedButNotWhere() {
    Map<String, String> environment =
        simulated(
                Map.of(
                    "RIFFHOOK_PROVIDERS", "mureka,useapi",
                    "MUREKA_BASE_URL", "https://mureka.example",
                    "MUSICAPI_PRODUCER_DIALECT", "aimusicapi",
                    "STANDARD_MAPPING", "{}",
                    "RIFFHOOK_PUBLIC_URL", "https://tunnel.example"))
            .environment();

    assertThat(environment)
        .containsEntry("RIFFHOOK_PROVIDERS", "mureka,useapi")
        .containsEntry("MUREKA_BASE_URL", ORIGIN + "/v1/mureka")
        .containsEntry("MUSICAPI_PRODUCER_DIALECT", "aimusicapi")
        .doesNotContainKeys("STANDARD_MAPPING", "RIFFHOOK_PUBLIC_URL");
  }

  @Test
  void shouldUseTheRealOnesWhoseTokensAreSetAndNoSimulator() {
    CliContext context =
        context(
            Map.of(
                "MUREKA_TOKEN", "secret-1",
                "MUSICAPI_TOKEN", "secret-2",
                "MUREKA_BASE_URL", "https://mureka.example",
                "PATH", "/bin"));

    assertThat(LocalProviders.areReal(context)).isTrue();
    assertThat(LocalProviders.real(context).environment())
        .containsOnly(
            Map.entry("RIFFHOOK_PROVIDERS", "mureka,musicapi"),
            Map.entry("MUREKA_TOKEN", "secret-1"),
            Map.entry("MUSICAPI_TOKEN", "secret-2"),
            Map.entry("MUREKA_BASE_URL", "https://mureka.example"));
  }

  @Test
  void shouldTellWhatCostsAndWhoCannotCallBack() {
    LocalProviders two =
        LocalProviders.real(context(Map.of("MUREKA_TOKEN", "s", "MUSICAPI_TOKEN", "s")));

    assertThat(two.about(true))
        .containsExactly("mureka, musicapi, with your tokens: songs cost credits there");
    assertThat(two.about(false))
        .containsExactly(
            "mureka, musicapi, with your tokens: songs cost credits there",
            "nobody can reach this machine without RIFFHOOK_PUBLIC_URL, so mureka cannot call back:"
                + " jobs go by asking now and then");
    assertThat(LocalProviders.real(context(Map.of("MUSICAPI_TOKEN", "s"))).about(false)).hasSize(1);
    assertThat(
            LocalProviders.real(
                    context(Map.of("MUSICAPI_TOKEN", "s", "RIFFHOOK_PROVIDERS", "musicapi,mureka")))
                .about(true))
        .contains("no token is set for mureka");
    assertThat(simulated(Map.of("RIFFHOOK_PROVIDERS", "mureka")).about(true))
        .containsExactly(
            "the simulator, which costs nothing (set a token such as FLOWMUSIC_TOKEN for a real"
                + " one)",
            "it plays mureka");
  }

  @Test
  void shouldSayWhichProviderItDoesNotKnow() {
    LocalProviders unknown = simulated(Map.of("RIFFHOOK_PROVIDERS", "useapi,suno"));

    assertThatThrownBy(() -> unknown.about(true))
        .hasMessageContaining("RIFFHOOK_PROVIDERS names suno, which is none of: flowmusic, ");
  }
}
