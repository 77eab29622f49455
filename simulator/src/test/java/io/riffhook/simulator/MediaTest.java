package io.riffhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.simulator.settings.MediaSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

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
