package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final StringWriter written = new StringWriter();

  private ProgressDisplay display(boolean live) {
    CliContext context = new CliContext(Path.of(""), Map.of(), live, 80);
    return new ProgressDisplay(new PrintWriter(written), context);
  }

  @Test
  void shouldWriteALineForEachChangeWhereThereIsNoTerminal() {
    ProgressDisplay display = display(false);

    display.show(Jobs.job("SUBMITTED", ""));
    display.show(Jobs.job("SUBMITTED", ""));
    display.show(Jobs.job("GENERATING", ", 'progress': 40"));
    display.clear();

    assertThat(written.toString().lines())
        .containsExactly("SUBMITTED   useapi has taken it", "GENERATING  40 % made");
  }

  @Test
  void shouldWriteOverItsOwnLineOnATerminal() {
    ProgressDisplay display = display(true);

    display.show("one");
    display.show("two");
    display.say("three");

    assertThat(written.toString())
        .isEqualTo("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kthree" + System.lineSeparator());
  }
}
