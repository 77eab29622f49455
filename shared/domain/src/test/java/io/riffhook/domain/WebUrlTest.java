package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.WebUrl.Reading;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs as vendors and callers write them. */
class WebUrlTest {
  private static final int CASES = 20_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        // Characters that a path and a query cannot hold.
        "https://a.example/Paper Boats (final).m4a → https://a.example/Paper%20Boats%20(final).m4a",
        "https://a.example/a|b[1]{c}.jpg → https://a.example/a%7Cb%5B1%5D%7Bc%7D.jpg",
        "https://a.example/<\"^`> → https://a.example/%3C%22%5E%60%3E",
        "https://a.example/a\\b?c\\d=|{}^`' → https://a.example/a/b?c%5Cd=%7C%7B%7D%5E%60%27",
        "https://a.example/人声.wav?q=é → https://a.example/%E4%BA%BA%E5%A3%B0.wav?q=%C3%A9",
        "https://a.example/\uD83C\uDFB5 → https://a.example/%F0%9F%8E%B5",
        "https://a.example/\uD83C! → https://a.example/%EF%BF%BD!",
        "https://a.example/e\u0301/é → https://a.example/e%CC%81/%C3%A9",
        "https://a.example/a%20b%2Fc%c3%a9 → https://a.example/a%20b%2Fc%c3%a9",
        "https://a.example/100%/50%zz?5%2 → https://a.example/100%25/50%25zz?5%252",
        "https://a.example/a;b=1,2:3@4!$&'()*+~ → https://a.example/a;b=1,2:3@4!$&'()*+~",
        "https://a.example/x?X-Sig=a%2Bb+c/d==&l[]=1 → https://a.example/x?X-Sig=a%2Bb+c/d==&l[]=1",
        // Schemes, white space, fragments, and empty parts.
        "HTTPS://Hooks.Example.COM/A → https://hooks.example.com/A",
        "hTtP://a.example → http://a.example/",
        "https:\\\\a.example\\b → https://a.example/b",
        "https://a.example?x=1 → https://a.example/?x=1",
        "https://a.example/? → https://a.example/?",
        "https://a.example/x#t=1 → https://a.example/x",
        "https://a.example#/x?y → https://a.example/",
        // Ports.
        "https://a.example:443/ → https://a.example/",
        "https://a.example:0443/ → https://a.example/",
        "https://a.example:/ → https://a.example/",
        "http://a.example:80/ → http://a.example/",
        "http://a.example:443/ → http://a.example:443/",
        "https://a.example:65535/ → https://a.example:65535/",
        // Dot segments.
        "https://a.example/a/./b/../c → https://a.example/a/c",
        "https://a.example/../../c/%2E%2e/d/. → https://a.example/d/",
        "https://a.example//a//b/.. → https://a.example//a//",
        // Hosts.
        "https://my_app.example.com/ → https://my_app.example.com/",
        "https://a-.example/ → https://a-.example/",
        "https://example.com./a → https://example.com/a",
        "https://a.3d/ → https://a.3d/",
        "https://müller.example/a → https://xn--mller-kva.example/a",
        "https://mu\u0308ller.example/a → https://xn--mller-kva.example/a",
        "https://MÜLLER。example/a → https://xn--mller-kva.example/a",
        "https://m%C3%BCller.example/a → https://xn--mller-kva.example/a",
        "https://straße.example/ → https://xn--strae-oqa.example/",
        "https://例え.テスト/ → https://xn--r8jz45g.xn--zckzah/",
        "https://音楽\uFF0Eexample/ → https://xn--66v140h.example/",
        "https://exa\u00ADmple.com/ → https://example.com/",
        "https://\uFF45xample.com/ → https://example.com/",
        "https://ex%61mple.com/ → https://example.com/",
        "https://xn--mller-kva.example/ → https://xn--mller-kva.example/",
        "https://me:se%3Acret@a.example/ → https://me:se%3Acret@a.example/",
        "https://a@b@c.example/ → https://a%40b@c.example/",
        // Addresses in every form.
        "https://127.1/ → https://127.0.0.1/",
        "https://127.0.1/ → https://127.0.0.1/",
        "https://2130706433/ → https://127.0.0.1/",
        "https://0x7f.1/ → https://127.0.0.1/",
        "https://0X7F000001/ → https://127.0.0.1/",
        "https://0177.0.0.1/ → https://127.0.0.1/",
        "https://017700000001/ → https://127.0.0.1/",
        "https://127.0.0.1./ → https://127.0.0.1/",
        "https://127.0.0x.1/ → https://127.0.0.1/",
        "https://%31%32%37.1/ → https://127.0.0.1/",
        "https://\uFF11\uFF12\uFF17.0.0.1/ → https://127.0.0.1/",
        "https://①②⑦.0.0.1/ → https://127.0.0.1/",
        "https://0/ → https://0.0.0.0/",
        "https://4294967295/ → https://255.255.255.255/",
        "https://[::1]:8443/ → https://[::1]:8443/",
        "https://[0:0:0:0:0:0:0:1]/ → https://[::1]/",
        "https://[FD00:0:0:1:0:0:0:2]/ → https://[fd00:0:0:1::2]/",
        "https://[::]/ → https://[::]/",
        "https://[1::]/ → https://[1::]/",
        "https://[::ffff:10.0.0.1]/ → https://[::ffff:a00:1]/",
        "https://[::127.0.0.1]/ → https://[::7f00:1]/"
      })
  void shouldReadAsBrowsersDo(String text, String url) {
    assertThat(read(text)).hasToString(url);
  }

  @Test
  void shouldTakeOffWhiteSpaceAroundAndLineEndsWithin() {
    assertThat(read("\u0000 \thttps://a.exa\r\nmple/\tx y\u0001 \n"))
        .hasToString("https://a.example/x%20y");
    assertThat(read("ht\ntps://a.example/\u0000\u007F")).hasToString("https://a.example/%00%7F");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "ftp://a.example/ → must be an https URL",
        "a.example/x → must be an https URL",
        "/x → must be an https URL",
        "//a.example/x → must be an https URL",
        "'' → must be an https URL",
        "N/A → must be an https URL",
        "javascript:alert(1) → must be an https URL",
        "data:image/png;base64,iVBO → must be an https URL",
        "https:a.example → must begin with https://",
        "https:/a.example → must begin with https://",
        "https: → must begin with https://",
        "https:// → must name a host",
        "https:///a → must name a host",
        "https://:443/a → must name a host",
        "https://me@/a → must name a host",
        "https://a.example:x/ → must have a port from 1 to 65535",
        "https://a.example:0/ → must have a port from 1 to 65535",
        "https://a.example:65536/ → must have a port from 1 to 65535",
        "https://a.example:-1/ → must have a port from 1 to 65535",
        "https://a.example:8443:1/ → must have a port from 1 to 65535",
        "https://[::1/ → must have an IPv6 address between brackets",
        "https://[fe80::1%25lo]/ → must have an IPv6 address between brackets",
        "https://[1.2.3.4]/ → must have an IPv6 address between brackets",
        "https://[::1]x/ → must have an IPv6 address between brackets",
        "https://a%/ → must name a host without a percent sign",
        "https://%C3%28/ → must name a host that is UTF-8 where it is percent-encoded",
        "https://a\u202Eb.example/ → must name a host of letters and digits",
        "https://\u0301a.example/ → must name a host of letters and digits"
      })
  void shouldNameTheRuleThatATextBreaks(String text, String why) {
    assertThat(WebUrl.read(text)).isEqualTo(new Reading.Unreadable(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api example.com/",
        "https://a..example/",
        "https://./",
        "https://a.example../",
        "https://.a.example/",
        "https://a%2Fb.example/",
        "https://a\uFF0Fb.example/",
        "https://a%00.example/",
        "https://a<b.example/",
        "https://a*b.example/",
        "https://⒈.example/",
        "https://[a.example/",
        "https://a]b/",
        "https://256.1.1.1/",
        "https://1.2.3.4.5/",
        "https://1.2.3.256/",
        "https://a.1/",
        "https://09/",
        "https://4294967296/",
        "https://99999999999999999999999/",
        "https://0x100000000/",
        "https://1..1/"
      })
  void shouldRefuseAHostThatIsNone(String text) {
    assertThat(WebUrl.read(text)).isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void shouldRefuseWhatIsTooLong() {
    assertThat(WebUrl.read("https://a.example/" + "x".repeat(32_768)))
        .isEqualTo(new Reading.Unreadable("must have at most 32768 characters"));
    Reading.Unreadable host =
        new Reading.Unreadable("must name a host of at most 253 characters in punycode");
    assertThat(WebUrl.read("https://" + "a.".repeat(130) + "example/")).isEqualTo(host);
    assertThat(WebUrl.read("https://" + "é".repeat(9_000) + "/")).isEqualTo(host);
    assertThat(WebUrl.read("https://" + "a".repeat(64) + ".example/"))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "'' → https://a.example/b/c?d=1",
        "?x=1 → https://a.example/b/c?x=1",
        "#f → https://a.example/b/c?d=1",
        "e → https://a.example/b/e",
        "./e f → https://a.example/b/e%20f",
        "../x → https://a.example/x",
        "../../../x → https://a.example/x",
        "/x?y#z → https://a.example/x?y",
        "\\x → https://a.example/x",
        "//host/x → https://host/x",
        "\\\\host\\x → https://host/x",
        "12:30.mp3 → https://a.example/b/12:30.mp3",
        ". → https://a.example/b/",
        "HTTP://H.example → http://h.example/"
      })
  void shouldResolveAReference(String reference, String url) {
    assertThat(read("https://a.example/b/c?d=1").resolve(reference))
        .isEqualTo(new Reading.Read(read(url)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:// ", "file:///etc/passwd", "https:x", "///x", "//", "a:b"})
  void shouldNotResolveWhatLeadsNowhere(String reference) {
    assertThat(read("https://a.example/b/c").resolve(reference))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void shouldKeepTheUserOutOfTheAuthority() {
    WebUrl url = read("https://good.example\\@evil.example/");
    assertThat(url.host()).isEqualTo("good.example");
    assertThat(url.user()).isEmpty();
    WebUrl user = read("https://good.example@evil.example/");
    assertThat(user.host()).isEqualTo("evil.example");
    assertThat(user.user()).contains("good.example");
    assertThat(user.authority()).isEqualTo("evil.example");
    assertThat(read("https://evil.example?@good.example/").host()).isEqualTo("evil.example");
    assertThat(read("https://evil.example#@good.example/").host()).isEqualTo("evil.example");
  }

  @Test
  void shouldKnowWhatToConnectTo() {
    WebUrl six = read("https://[::1]/");
    assertThat(six.resolvable()).isEqualTo("::1");
    assertThat(six.isAddress()).isTrue();
    assertThat(six.effectivePort()).isEqualTo(443);
    assertThat(read("http://127.1:8080/").resolvable()).isEqualTo("127.0.0.1");
    assertThat(read("http://127.1:8080/").effectivePort()).isEqualTo(8080);
    assertThat(read("http://127.1/").isAddress()).isTrue();
    assertThat(read("http://a.example/").effectivePort()).isEqualTo(80);
    assertThat(read("http://a.example/").isAddress()).isFalse();
    assertThat(read("http://a.example/").isSecure()).isFalse();
  }

  @Test
  void shouldNameTheSettingThatIsNoUrl() {
    assertThat(WebUrl.require("X_URL", " https://a.example ")).hasToString("https://a.example/");
    assertThatThrownBy(() -> WebUrl.require("X_URL", "a.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("X_URL must be an https URL");
  }

  /** Any text: it is refused, or read to one meaning that every later reader shares. */
  @Test
  void shouldReadItsOwnTextAgainToTheSame() {
    Random random = new Random(15);
    int read = 0;
    for (int i = 0; i < CASES; i++) {
      String text = text(random);
      if (WebUrl.read(text) instanceof Reading.Read(WebUrl url)) {
        read++;
        assertShared(url, text);
        if (url.resolve(piece(random) + piece(random)) instanceof Reading.Read(WebUrl next)) {
          assertShared(next, text);
        }
      }
    }
    assertThat(read).isGreaterThan(CASES / 10);
  }

  private static void assertShared(WebUrl url, String text) {
    URI uri = url.uri();
    assertThat(WebUrl.read(uri)).as(text).isEqualTo(new Reading.Read(url));
    assertThat(uri.toString()).as(text).isEqualTo(url.toString()).isEqualTo(uri.toASCIIString());
    assertThat(uri.getScheme()).as(text).isEqualTo(url.scheme());
    assertThat(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
        .as(text)
        .isEqualTo(url.target());
    assertThat(uri.getRawFragment()).as(text).isNull();
    if (uri.getHost() != null) {
      assertThat(uri.getHost()).as(text).isEqualTo(url.host());
      assertThat(uri.getPort()).as(text).isEqualTo(url.port().orElse(-1));
      assertThat(uri.getRawUserInfo()).as(text).isEqualTo(url.user().orElse(null));
    } else {
      assertThat(uri.getRawAuthority()).as(text).endsWith(url.authority());
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? piece(random) : "https://");
    text.append(random.nextInt(3) == 0 ? piece(random) : "a.example");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(piece(random));
    }
    return text.toString();
  }

  private static String piece(Random random) {
    String[] pieces = {
      "https://",
      "http:",
      "//",
      "/",
      "\\",
      "?",
      "#",
      "@",
      ":",
      ":80",
      ":443",
      "[",
      "]",
      "[::1]",
      "%",
      "%2e",
      "%2F",
      "%41",
      "%C3%BC",
      ".",
      "..",
      "/..",
      " ",
      "\t",
      "\r\n",
      "|",
      "{",
      "\"",
      "'",
      "^",
      "`",
      "127.1",
      "0x7f",
      "0177",
      "1",
      "a",
      "A",
      "_",
      "-",
      "xn--",
      "ü",
      "ß",
      "\u0301",
      "人",
      "⒈",
      "\uFF0F",
      "\uFF0E",
      "\u3002",
      "\uD83C",
      "\uD83C\uDFB5",
      "\u0000",
      "\u00AD",
      "\u200D",
      "\u202E",
      "a.example",
      "my_app",
      "=",
      "&",
      "+",
      ";",
      "~",
      "*",
      "<",
      ">"
    };
    return random.nextInt(8) == 0
        ? Character.toString(random.nextInt(0x3100))
        : pieces[random.nextInt(pieces.length)];
  }

  private static WebUrl read(String text) {
    return switch (WebUrl.read(text)) {
      case Reading.Read read -> read.url();
      case Reading.Unreadable unreadable -> throw new AssertionError(text + " " + unreadable.why());
    };
  }
}
