package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileServerIT {
  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> get(URI url) throws Exception {
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void shouldServeOneFileUnderAPathThatNobodyGuesses(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("demo.mp3"), "some bytes");
    Files.writeString(folder.resolve("other.mp3"), "nobody's business");
    URI url;
    try (FileServer server = FileServer.of(file);
        FileServer another = FileServer.of(file)) {
      url = server.url();

      assertThat(get(url).body()).isEqualTo("some bytes");
      assertThat(get(url).headers().firstValueAsLong("Content-Length")).hasValue(10);
      assertThat(url.getHost()).isEqualTo("127.0.0.1");
      assertThat(url.getPath()).hasSize(33).isNotEqualTo(another.url().getPath());
      assertThat(get(url.resolve("/")).statusCode()).isEqualTo(404);
      assertThat(get(url.resolve("/demo.mp3")).statusCode()).isEqualTo(404);
      assertThat(get(URI.create(url + "/../other.mp3")).statusCode()).isEqualTo(404);
      assertThat(
              http.send(
                      HttpRequest.newBuilder(url).DELETE().build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(405);
    }
    assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldServeAnEmptyFile(@TempDir Path folder) throws Exception {
    try (FileServer server = FileServer.of(Files.createFile(folder.resolve("empty")))) {
      assertThat(get(server.url()).statusCode()).isEqualTo(200);
      assertThat(get(server.url()).body()).isEmpty();
    }
  }
}
