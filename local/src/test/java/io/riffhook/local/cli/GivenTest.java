package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.WebUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenTest {

  @Test
  void shouldTellFilesUrlsAndIdsApart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("demo tape.mp3"), "");

    assertThat(Given.of(file.toString())).isEqualTo(new Given.OnDisk(file));
    assertThat(Given.of("https://example.org/demo.mp3"))
        .isEqualTo(new Given.Web(WebUrl.require("url", "https://example.org/demo.mp3")));
    assertThat(Given.of("0197a3c2-5c1e-7cc3-98a0-1f2e3d4c5b6a-1"))
        .isEqualTo(new Given.Id("0197a3c2-5c1e-7cc3-98a0-1f2e3d4c5b6a-1"));
  }

  @Test
  void shouldSayWhyItIsNothing(@TempDir Path folder) {
    assertThatThrownBy(() -> Given.of("demo.mp3")).hasMessage("there is no file 'demo.mp3'");
    assertThatThrownBy(() -> Given.of(folder.toString())).hasMessageContaining("there is no file");
    assertThatThrownBy(() -> Given.of("https://a b/c"))
        .hasMessageStartingWith("'https://a b/c' is not an http or https URL: it must name a host");
    assertThatThrownBy(() -> Given.of("file:///etc/hosts"))
        .hasMessage("'file:///etc/hosts' is not an http or https URL: it must be an https URL");
    assertThatThrownBy(() -> Given.of("a\0b")).hasMessageContaining("there is no file");
  }
}
