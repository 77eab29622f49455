package io.riffhook.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.providers.StubProvider;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs an adapter may fetch. */
class EndpointTest {
  private static final String BASE = "https://api.example.com/v1";

  /** The first flag: allowed in a deployment. The second: allowed on one machine. */
  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/v1/music,          true,  true",
    "https://API.Example.COM/v1/music,          true,  true",
    "https://files.example.com/x.mp3?a=b#c,     true,  true",
    "https://files.example.com:443/x,           true,  true",
    "https://files.example.com:8443/x,          false, false",
    "https://files.example.com:80/x,            false, false",
    "https://other.example.com/x,               false, false",
    "https://evilapi.example.com/x,             false, false",
    "https://evil-api.example.com/x,            false, false",
    "https://evilfiles.example.com/x,           false, false",
    "https://evil.api.example.com/x,            false, false",
    "https://evil.files.example.com/x,          false, false",
    "https://example.com/x,                     false, false",
    "https://api.example.com.evil.test/x,       false, false",
    "https://evil.test/api.example.com,         false, false",
    "https://api.example.com@evil.test/x,       false, false",
    "https://user@api.example.com/x,            false, false",
    "https://user:word@api.example.com/x,       false, false",
    "https://@api.example.com/x,                false, false",
    "https://api.example.com./x,                true,  true",
    "http://api.example.com/x,                  false, false",
    "ftp://api.example.com/x,                   false, false",
    "file:///etc/passwd,                        false, false",
    "//api.example.com/x,                       false, false",
    "/v1/music,                                 false, false",
    "mailto:a@api.example.com,                  false, false",
    "http://169.254.169.254/latest/meta-data/,  false, false",
    "https://169.254.169.254/latest/meta-data/, false, false",
    "https://localhost/x,                       false, false",
    "https://127.0.0.1/x,                       false, false",
    "http://localhost/x,                        false, true",
    "http://localhost:9000/x,                   false, true",
    "http://127.0.0.1:9000/x,                   false, true",
    "http://127.1.2.3/x,                        false, true",
    "http://[::1]:9000/x,                       false, true",
    "http://user@localhost/x,                   false, false",
    "http://user@127.0.0.1/x,                   false, false",
    "http://127.0.0.1.evil.test/x,              false, false",
    "http://127.evil.test/x,                    false, false",
    "http://localhost.evil.test/x,              false, false",
    "http://[::2]/x,                            false, false",
    "http://[::ffff:10.0.0.1]/x,                false, false",
    "http://0.0.0.0/x,                          false, false",
    "http://10.0.0.1/x,                         false, false",
    "http://[::1%25lo]/x,                       false, false",
    "http://2130706433/x,                       false, true",
    "http://0x7f.1/x,                           false, true",
    "http://0177.0.0.1/x,                       false, true",
    "http://0xa.1/x,                            false, false",
    "http://LOCALHOST/x,                        false, true",
    "http://localhost./x,                       false, true",
    "https://2130706433/x,                      false, false",
    "https://[::ffff:127.0.0.1]/x,              false, false",
    "https://äpi.example.com/x,                 false, false",
    "https://api.example.com:0/x,               false, false"
  })
  void shouldAllowOnlyItsHosts(String url, boolean deployed, boolean oneMachine) {
    URI uri = URI.create(url);
    assertThat(endpoint(BASE, false).allows(uri)).as("deployed").isEqualTo(deployed);
    assertThat(endpoint(BASE, true).allows(uri)).as("one machine").isEqualTo(oneMachine);
  }

  @Test
  void shouldAllowThePortOfItsBase() {
    Endpoint endpoint = endpoint("https://api.example.com:8443/v1", false);
    assertThat(endpoint.allows(URI.create("https://api.example.com:8443/x"))).isTrue();
    assertThat(endpoint.allows(URI.create("https://api.example.com:8444/x"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/v1",
        "https://api.example.com/v1/",
        "https://api.example.com/v1///"
      })
  void shouldPutPathsBehindItsBase(String base) {
    assertThat(endpoint(base, false).api("/music/?id=1"))
        .isEqualTo(URI.create("https://api.example.com/v1/music/?id=1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com/v1",
        "http://localhost:9000",
        "http://127.0.0.1:9000",
        "https://user:word@api.example.com/v1",
        "ftp://api.example.com",
        "api.example.com/v1",
        "https:///v1",
        "",
        "https://api example.com"
      })
  void shouldRefuseABaseThatIsNotHttps(String base) {
    assertThatThrownBy(() -> endpoint(base, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("USEAPI_BASE_URL must ");
  }

  @Test
  void shouldTakeLoopbackForABaseOnOneMachine() {
    assertThat(endpoint("http://localhost:9000/v1/", true).api("/x"))
        .isEqualTo(URI.create("http://localhost:9000/v1/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "3f7b1c52-0000-4000-8000-00000000000a, 3f7b1c52-0000-4000-8000-00000000000a",
    "a b/ü, a%20b%2F%C3%BC",
    "?x=1&y#%, %3Fx%3D1%26y%23%25",
    "a+b, a%2Bb"
  })
  void shouldMakeAnyTextASegmentOfAPath(String text, String segment) {
    assertThat(Endpoint.segment(text)).isEqualTo(segment);
    assertThat(URI.create("https://api.example.com/" + Endpoint.segment(text)).getPath())
        .isEqualTo("/" + text);
  }

  private static Endpoint endpoint(String base, boolean loopback) {
    return Endpoint.of("USEAPI_BASE_URL", base, Set.of("files.example.com"), loopback);
  }

  @Test
  void shouldTakeMoreHostsFromTheSettings() {
    Endpoint endpoint =
        Endpoint.of(
            StubProvider.settings(
                Map.of("RIFFHOOK_FILE_HOSTS", "CDN.example.net, files2.example.net")),
            "X_BASE_URL",
            BASE,
            Set.of("files.example.com"));
    assertThat(endpoint.allows(URI.create("https://cdn.example.net/x"))).isTrue();
    assertThat(endpoint.allows(URI.create("https://files2.example.net/x"))).isTrue();
    assertThat(endpoint.allows(URI.create("https://files.example.com/x"))).isTrue();
    assertThat(endpoint.allows(URI.create("https://api.example.com/x"))).isTrue();
    assertThat(endpoint.allows(URI.create("https://example.net/x"))).isFalse();
  }
}
