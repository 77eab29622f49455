package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.settings.MediaSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest extends SimulatorContract {

  @Test
  void shouldDownloadMp3AndWav() throws Exception {
    String job = caller.create("rain");

    HttpResponse<byte[]> mp3 = caller.get("/music/download/?download_format=mp3&id=" + job);
    HttpResponse<byte[]> wav = caller.get("/music/download?download_format=wav&id=" + job);

    assertThat(mp3.headers().firstValue("Content-Type")).contains("audio/mpeg");
    assertThat(mp3.headers().firstValueAsLong("Content-Length")).hasValue(mp3.body().length);
    assertThat(wav.headers().firstValue("Content-Type")).contains("audio/wav");
    assertThat(wav.body()).startsWith('R', 'I', 'F', 'F');
    assertThat(caller.get("/music/download?download_format=flac&id=" + job).statusCode())
        .isEqualTo(400);
    assertThat(caller.get("/music/download?id=" + job).statusCode()).isEqualTo(400);
  }

  @Test
  void shouldServeWhatItsLinksPointTo() throws Exception {
    String job = caller.create("rain");
    JsonNode song = song(job);
    JsonNode stems = Caller.json(caller.get("/music/download/?download_format=stems&id=" + job));

    assertThat(stems.fieldNames()).toIterable().containsExactly("vocals", "drums", "bass", "other");
    for (JsonNode stem : stems) {
      assertThat(caller.fetch(stem.asText()).body()).startsWith('R', 'I', 'F', 'F');
    }
    assertThat(caller.fetch(song.get("download_url").asText()).headers().firstValue("Content-Type"))
        .contains("audio/mp4");
    assertThat(caller.fetch(song.get("image_url").asText()).headers().firstValue("Content-Type"))
        .contains("image/jpeg");
  }

  @Test
  void shouldExpireLinksAndGiveFreshOnes() throws Exception {
    media(media -> media.withExpireAfterFetches(1));
    String job = caller.create("rain");
    String url = song(job).get("image_url").asText();

    assertThat(caller.fetch(url).statusCode()).isEqualTo(200);
    assertThat(caller.fetch(url).statusCode()).isEqualTo(403);

    String fresh = song(job).get("image_url").asText();
    assertThat(fresh).isNotEqualTo(url);
    assertThat(caller.fetch(fresh).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldCutFirstStreams() throws Exception {
    media(media -> media.withCutFirst(1));
    String path = "/music/download/?download_format=mp3&id=" + caller.create("rain");

    assertThatThrownBy(() -> caller.get(path)).isInstanceOf(IOException.class);
    assertThat(caller.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=100-,        206, 100",
    "bytes=100-199,     206, 100",
    "bytes=0-0,         206, 0",
    "bytes=-100,        206, -100",
    "bytes=-999999999,  206, 0",
    "bytes=5-999999999, 206, 5"
  })
  void shouldServePartsOfAFile(String range, int status, int from) throws Exception {
    String url = song(caller.create("rain")).get("download_url").asText();
    byte[] file = caller.fetch(url).body();

    HttpResponse<byte[]> part =
        caller.send(HttpRequest.newBuilder(URI.create(url)).header("Range", range));

    int first = from < 0 ? file.length + from : from;
    assertThat(part.statusCode()).isEqualTo(status);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, first, first + part.body().length));
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes %d-%d/%d".formatted(first, first + part.body().length - 1, file.length));
    assertThat(part.headers().firstValueAsLong("Content-Length")).hasValue(part.body().length);
    assertThat(simulator.requests().getLast().range()).isEqualTo(range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,5-6", "bytes=5-1", "bytes=-", "items=0-1", "bytes=a-b"})
  void shouldServeAllWhereItCannotTellThePart(String range) throws Exception {
    String url = song(caller.create("rain")).get("download_url").asText();
    HttpResponse<byte[]> all =
        caller.send(HttpRequest.newBuilder(URI.create(url)).header("Range", range));
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.headers().firstValue("Accept-Ranges")).contains("bytes");
  }

  @Test
  void shouldServeNoPartThatIsNot() throws Exception {
    String url = song(caller.create("rain")).get("download_url").asText();
    int length = caller.fetch(url).body().length;
    HttpResponse<byte[]> none =
        caller.send(
            HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=" + length + "-"));
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("Content-Range")).contains("bytes */" + length);
  }

  @Test
  void shouldServeAPartOfTheVersionThatIsAskedFor() throws Exception {
    String url = song(caller.create("rain")).get("download_url").asText();
    String tag = caller.fetch(url).headers().firstValue("ETag").orElseThrow();
    assertThat(partOf(url, tag).statusCode()).isEqualTo(206);
    assertThat(partOf(url, "\"other\"").statusCode()).isEqualTo(200);

    media(media -> media.withChanging(true));
    assertThat(partOf(url, tag).statusCode()).isEqualTo(200);

    media(media -> media.withRanges(false));
    HttpResponse<byte[]> whole = partOf(url, tag);
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.headers().firstValue("ETag")).isEmpty();
    assertThat(whole.headers().firstValue("Accept-Ranges")).isEmpty();
  }

  private HttpResponse<byte[]> partOf(String url, String tag) throws Exception {
    return caller.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Range", "bytes=9-")
            .header("If-Range", tag));
  }

  @Test
  void shouldTellOfAFileWithoutSendingIt() throws Exception {
    String url = song(caller.create("rain")).get("download_url").asText();
    HttpResponse<byte[]> file = caller.fetch(url);
    HttpResponse<byte[]> head = caller.send(HttpRequest.newBuilder(URI.create(url)).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("Content-Length", "Content-Type", "ETag", "Accept-Ranges")) {
      assertThat(head.headers().firstValue(name)).isEqualTo(file.headers().firstValue(name));
    }
  }

  @Test
  void shouldCutAfterSoManyBytes() throws Exception {
    media(media -> media.withCutFirst(1).withCutAfter(1_000));
    String url = song(caller.create("rain")).get("download_url").asText();
    HttpResponse<InputStream> cut =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofInputStream());
    assertThat(cut.body().readNBytes(1_000)).hasSize(1_000);
    assertThatThrownBy(() -> cut.body().read()).isInstanceOf(IOException.class);
    assertThat(caller.fetch(url).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> media(media -> media.withCutAfter(-1)))
        .hasMessage("cutAfter must not be negative, is -1");
  }

  @Test
  void shouldBeBusyAndSayForHowLong() throws Exception {
    media(media -> media.withBusyFirst(1).withRetryAfter(Duration.ofSeconds(7)));
    String url = song(caller.create("rain")).get("download_url").asText();
    HttpResponse<byte[]> busy = caller.fetch(url);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    assertThat(caller.fetch(url).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldServeAPageInPlaceOfAudio() throws Exception {
    media(media -> media.withHtmlFirst(1));
    String path = "/music/download/?download_format=mp3&id=" + caller.create("rain");

    assertThat(caller.get(path).headers().firstValue("Content-Type"))
        .contains("text/html; charset=utf-8");
    assertThat(caller.get(path).headers().firstValue("Content-Type")).contains("audio/mpeg");
  }

  @Test
  void shouldHideTheLength() throws Exception {
    media(media -> media.withChunked(true));

    HttpResponse<byte[]> mp3 =
        caller.get("/music/download/?download_format=mp3&id=" + caller.create("rain"));

    assertThat(mp3.headers().firstValue("Content-Length")).isEmpty();
    assertThat(mp3.body()).isNotEmpty();
  }

  @Test
  void shouldServeAWavOfAnySize() throws Exception {
    int bytes = 8 << 20;
    media(media -> media.withWavBytes(bytes));

    byte[] wav =
        caller.get("/music/download/?download_format=wav&id=" + caller.create("rain")).body();

    assertThat(wav).hasSize(bytes);
    assertThat(ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(4)).isEqualTo(bytes - 8);
    assertThat(ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(40))
        .isEqualTo(bytes - 44);
  }

  private void media(UnaryOperator<MediaSettings> how) {
    change(settings -> settings.media(how));
  }
}
