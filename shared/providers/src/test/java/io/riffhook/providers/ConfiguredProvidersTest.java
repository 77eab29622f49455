package io.riffhook.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.AssetSource;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Settings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which providers a setting comes to. */
class ConfiguredProvidersTest {
  @Test
  void shouldTakeFlowmusicByDefault() {
    assertThat(names(ConfiguredProviders.from(StubProvider.settings(Map.of()))))
        .containsExactly("flowmusic");
  }

  @Test
  void shouldKnowWhatUseapiCanDo() {
    Providers providers = configured("useapi");
    assertThat(names(providers)).containsExactly("useapi");
    assertThat(providers.all().getFirst().capabilities())
        .satisfies(
            can -> {
              assertThat(can.operations().keySet())
                  .containsExactly(Operation.Kind.PROMPT, Operation.Kind.COMPOSE);
              assertThat(can.formats()).containsExactly(Format.values());
              assertThat(can.models()).containsExactly("FUZZ-0.8");
              assertThat(can.webhooks()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "useapi | useapi",
        "' useapi , ,' | useapi",
        "useapi,useapi | useapi",
        "riffgateway,useapi,musicapi | riffgateway useapi musicapi"
      })
  void shouldKeepTheOrder(String setting, String expected) {
    assertThat(names(configured(setting))).containsExactly(expected.split(" "));
  }

  @Test
  void shouldLeadEveryAdapterToOneAddress() {
    Map<String, String> all = ConfiguredProviders.allAt("http://127.0.0.1:1");
    for (String name : ConfiguredProviders.names()) {
      Set<String> asked = new TreeSet<>();
      Settings settings =
          setting -> {
            asked.add(setting);
            return Optional.ofNullable(all.get(setting))
                .or(() -> Optional.of("true").filter(_ -> setting.equals("RIFFHOOK_ONE_MACHINE")));
          };

      Provider provider = ConfiguredProviders.find(name, settings).orElseThrow();
      assertThat(asked.stream().filter(setting -> !setting.equals("RIFFHOOK_ONE_MACHINE")))
          .as("read while a function starts")
          .isEmpty();
      provider.lookup("p", Optional.empty());
      assertThat(asked.stream().filter(setting -> setting.endsWith("_BASE_URL")))
          .as("where %s is", name)
          .singleElement()
          .satisfies(setting -> assertThat(all).containsEntry(setting, "http://127.0.0.1:1"));
    }
  }

  static Stream<Arguments> hostsThatOnlyLookRight() {
    return ConfiguredProviders.names().stream()
        .flatMap(
            name -> {
              Settings settings =
                  StubProvider.settings(
                      Map.of(
                          name.toUpperCase(Locale.ROOT).replace('-', '_') + "_BASE_URL",
                          "https://api.vendor.example/v1",
                          "RIFFHOOK_FILE_HOSTS",
                          "files.vendor.example"));
              Provider provider = ConfiguredProviders.find(name, settings).orElseThrow();
              Set<String> hosts = new TreeSet<>(provider.capabilities().fileHosts());
              hosts.add("api.vendor.example");
              hosts.add("files.vendor.example");
              return hosts.stream()
                  .flatMap(
                      host ->
                          Stream.of(
                              "evil" + host,
                              "evil-" + host,
                              "evil." + host,
                              host + ".evil.example",
                              host.replaceFirst("\\.", "-"),
                              host.substring(host.indexOf('.') + 1)))
                  .map(host -> Arguments.of(name, provider, host));
            });
  }

  /** A name that ends or begins as a host of the provider's is somebody else's. */
  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("hostsThatOnlyLookRight")
  void shouldFetchNoFileFromAHostThatOnlyLooksRight(String name, Provider provider, String host) {
    assertThat(provider.open(new AssetSource.Link(URI.create("https://" + host + "/song.mp3"))))
        .isEqualTo(
            new Opened.Gone(
                "its link leads to https://"
                    + host
                    + ", which is not the provider's (RIFFHOOK_FILE_HOSTS adds hosts)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ","})
  void shouldTakeNoneWhereNoneIsListed(String setting) {
    assertThat(names(configured(setting))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"suno, suno", "'useapi,suno', suno", "Useapi, Useapi"})
  void shouldRefuseAnUnknownName(String setting, String unknown) {
    assertThatThrownBy(() -> configured(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "RIFFHOOK_PROVIDERS names "
                + unknown
                + ", which is none of: flowmusic, mureka, musicapi-producer, musicapi, riffgateway,"
                + " useapi, standard");
  }

  @Test
  void shouldRefuseABaseUrlThatIsNotAllowed() {
    Providers providers =
        ConfiguredProviders.from(
            StubProvider.settings(
                Map.of(
                    "RIFFHOOK_PROVIDERS", "useapi",
                    "USEAPI_BASE_URL", "http://127.0.0.1:9000/v1/riffusion",
                    "USEAPI_TOKEN", "t")));
    assertThat(providers.all().getFirst().lookup("p", Optional.empty()))
        .isEqualTo(
            new Lookup.NotNow(
                Reasons.unavailable(
                    "useapi",
                    "USEAPI_BASE_URL must be an https URL (plain http to loopback on one machine"
                        + " only)")));
  }

  /** A setting that is wrong keeps one provider from working, and only that one. */
  @Test
  void shouldGoOnWithOthersWhereOneIsSetWrong() {
    Providers providers =
        ConfiguredProviders.from(
            StubProvider.settings(
                Map.of(
                    "RIFFHOOK_PROVIDERS", "standard,musicapi-producer,useapi",
                    "STANDARD_MAPPING", "{",
                    "MUSICAPI_PRODUCER_DIALECT", "klingon")));

    assertThat(names(providers)).containsExactly("standard", "musicapi-producer", "useapi");
    assertThat(providers.find("useapi").orElseThrow().fault()).isEmpty();
    assertThat(able(providers, Optional.empty())).contains("useapi").doesNotContain("standard");
    assertThat(able(providers, Optional.of("standard"))).containsExactly("standard");
    assertThat(able(providers, Optional.of("musicapi-producer")))
        .containsExactly("musicapi-producer");
    assertThat(providers.find("musicapi-producer").orElseThrow().fault())
        .contains("MUSICAPI_PRODUCER_DIALECT is klingon, which is none of: musicapi, aimusicapi");
  }

  private static List<String> able(Providers providers, Optional<String> named) {
    JobRequest request =
        new JobRequest(
            new Operation.Prompt("rain", false),
            named,
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return providers.choose(request, Optional.empty()) instanceof Providers.Choice.Able able
        ? able.providers().stream().map(Provider::name).toList()
        : List.of();
  }

  @Test
  void shouldNotNeedTheTokenYet() {
    assertThat(
            names(
                ConfiguredProviders.from(
                    StubProvider.settings(
                        Map.of(
                            "RIFFHOOK_PROVIDERS",
                            "useapi",
                            "USEAPI_BASE_URL",
                            "https://api.example.com/v1")))))
        .containsExactly("useapi");
  }

  private static Providers configured(String setting) {
    return ConfiguredProviders.from(StubProvider.settings(Map.of("RIFFHOOK_PROVIDERS", setting)));
  }

  private static List<String> names(Providers providers) {
    return providers.all().stream().map(each -> each.capabilities().provider()).toList();
  }
}
