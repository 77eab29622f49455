package io.riffhook.providers.useapi;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Callback;
import io.riffhook.domain.Callback.Finished;
import io.riffhook.domain.Callback.Progress;
import io.riffhook.domain.Callback.Unreadable;
import io.riffhook.domain.Inbound;
import io.riffhook.providers.StubProvider;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each body that may come to our callback URL claims. Anybody can have sent it. */
class UseapiCallbacksTest {
  private static final Unreadable NOT_JSON = new Unreadable("its body is not JSON");
  private static final Unreadable NO_OBJECT = new Unreadable("its body is not an object");
  private static final Unreadable NO_STATUS = new Unreadable("its body has no status");

  private final UseapiProvider useapi = UseapiProvider.from(StubProvider.settings(Map.of()));

  @Test
  void shouldReadTheSimulatorsBody() {
    assertThat(
            parse(
                """
                {"job_id":"3f7b","user_id":"7b0c","replyRef":"order-42",
                 "replyUrl":"https://hooks.example.com","status":"completed","id":"9999",
                 "title":"Paper Boats","download_url":"https://api.riffusion.com/x.m4a",
                 "duration_s":187.2}\
                """))
        .isEqualTo(new Finished(Optional.of("3f7b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'job_id':'a','status':'completed'}                              | a",
        "{'id':'b','status':'completed'}                                  | b",
        "{'job_id':'a','id':'b','status':'complete'}                      | a",
        "{'job_id':7,'id':'b','status':'complete'}                        | b",
        "{'job_id':'','id':'b','status':'failed'}                         | b",
        "{'id':'b','status':'failed','error':'oops'}                      | b",
        "[{'id':'b','status':'completed'}]                                | b",
        "[{'id':'b','status':'completed'},{'id':'c','status':'completed'}] | b",
        "{'status':'completed'}                                           |",
        "[{'status':'failed'}]                                            |",
        "{'id':null,'job_id':{},'status':'failed'}                        |"
      })
  void shouldTellThatAJobEnded(String body, String id) {
    assertThat(parse(body.replace('\'', '"'))).isEqualTo(new Finished(Optional.ofNullable(id)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'status':'processing'}                     | 0",
        "{'status':'processing','progress':0}        | 0",
        "{'status':'processing','progress':42}       | 42",
        "{'status':'processing','progress':99.9}     | 99",
        "{'status':'processing','progress':100}      | 100",
        "{'status':'processing','progress':101}      | 100",
        "{'status':'processing','progress':1e400}    | 100",
        "{'status':'processing','progress':-1}       | 0",
        "{'status':'processing','progress':'42'}     | 0",
        "{'status':'processing','progress':null}     | 0",
        "{'status':'processing','progress':[42]}     | 0",
        "{'status':'queued','progress':5}            | 5",
        "{'status':'COMPLETED'}                      | 0",
        "{'status':7}                                | 0",
        "[{'status':'processing','progress':7}]      | 7"
      })
  void shouldTellTheProgress(String body, int percent) {
    assertThat(parse(body.replace('\'', '"'))).isEqualTo(new Progress(percent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':'processing','job_id':'j','id':'s'}",
        "{'status':'COMPLETED','id':'j'}",
        "[{'status':'queued','id':'j'}]"
      })
  void shouldTellWhatTheProgressIsOf(String body) {
    assertThat(parse(body.replace('\'', '"'))).isEqualTo(new Progress(0, Optional.of("j")));
  }

  @Test
  void shouldKeepAHugeProgressInRange() {
    Progress progress =
        (Progress) parse("{\"status\":\"processing\",\"progress\":1" + "0".repeat(90) + "}");
    assertThat(progress.percent()).isBetween(0, 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'status':null}",
        "{'status':''}",
        "{'status':{'is':'completed'}}",
        "{'status':['completed']}",
        "{'Status':'completed'}",
        "{'jobs':[{'status':'completed'}]}",
        "[{}]",
        "[{},{'status':'completed'}]"
      })
  void shouldNotReadABodyWithoutAStatus(String body) {
    assertThat(parse(body.replace('\'', '"'))).isEqualTo(NO_STATUS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n", "[]", "[[]]", "[null]", "null", "7", "'completed'", "['a']"})
  void shouldNotReadABodyWithoutAnObject(String body) {
    assertThat(parse(body.replace('\'', '"'))).isEqualTo(NO_OBJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{'status':'completed'",
        "{'status':completed}",
        "<html></html>",
        "status=completed&id=a",
        "{'status':'completed',}",
        "{'status':'a\nb'}",
        "NaN",
        "\u0000"
      })
  void shouldNotReadWhatIsNotJson(String body) {
    assertThat(parse(body.replace('\'', '"'))).isEqualTo(NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff",
        "7b22ff223a317d", // {"\xff":1}
        "0000007bffffffff", // no characters of UTF-32
        "7b000000ffffffff",
        "0000feff00110000",
        "fffe0000ffffffff",
        "fefffffe",
        "7b000000"
      })
  void shouldNotReadBytesThatAreNoText(String hex) {
    assertThat(parse(HexFormat.of().parseHex(hex))).isEqualTo(NOT_JSON);
  }

  @Test
  void shouldReadOtherEncodingsOfJson() {
    assertThat(parse("{\"status\":\"failed\",\"id\":\"ü\"}".getBytes(UTF_16LE)))
        .isEqualTo(new Finished(Optional.of("ü")));
  }

  @ParameterizedTest
  @CsvSource({"{\"a\":, 1, }", "[, '', ]"})
  void shouldNotFollowDeepNesting(String open, String inner, String close) {
    String middle = inner == null ? "" : inner;
    assertThat(parse(open.repeat(100_000) + middle + close.repeat(100_000))).isEqualTo(NOT_JSON);
    assertThat(parse(open.repeat(65) + middle + close.repeat(65))).isEqualTo(NOT_JSON);
  }

  @Test
  void shouldReadModestNesting() {
    String deep = "[".repeat(60) + "]".repeat(60);
    assertThat(parse("{\"status\":\"failed\",\"more\":" + deep + "}"))
        .isEqualTo(new Finished(Optional.empty()));
  }

  @Test
  void shouldNotReadNumbersWithoutEnd() {
    assertThat(parse("{\"status\":\"processing\",\"progress\":" + "9".repeat(1_000) + "}"))
        .isEqualTo(NOT_JSON);
  }

  /** Whatever the bytes are, they have a place among the results. */
  @Test
  void shouldTakeAnyBytes() {
    Random random = new Random(7);
    byte[] body = "[{\"status\":\"completed\",\"id\":\"a\",\"progress\":1}]".getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = body.clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(parse(damaged)).as(() -> HexFormat.of().formatHex(damaged)).isNotNull();
    }
  }

  private Callback parse(String body) {
    return parse(body.getBytes(UTF_8));
  }

  private Callback parse(byte[] body) {
    return useapi.parseCallback(new Inbound(Map.of(), body, Instant.EPOCH));
  }
}
