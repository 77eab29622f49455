package io.riffhook.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueJournalTest {
  private static final Instant T0 = Instant.parse("2026-12-01T02:03:04.567Z");

  private final Path file;

  QueueJournalTest(@TempDir Path folder) {
    file = folder.resolve("messages.jsonl");
  }

  private static QueueJournal.Entry entry(String id, String body) {
    return new QueueJournal.Entry(
        "queue",
        id,
        T0,
        T0.plusSeconds(900),
        body,
        Map.of("a", new QueueJournal.Attribute("String", Optional.of("x"), "v")),
        Optional.of("source"));
  }

  @Test
  void shouldReadWhatItWroteAndNotWhatWasRemoved() throws Exception {
    try (QueueJournal journal = QueueJournal.open(file)) {
      journal.add(entry("1", "one"));
      journal.add(entry("2", "two\nlines"));
      journal.remove("queue", "1");
      journal.remove("other", "2");
    }
    try (QueueJournal journal = QueueJournal.open(file)) {
      assertThat(journal.of("queue")).containsExactly(entry("2", "two\nlines"));
      assertThat(journal.of("other")).isEmpty();
    }
    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void shouldNotGrowByWhatIsGone() throws Exception {
    String large = "x".repeat(200_000);
    try (QueueJournal journal = QueueJournal.open(file)) {
      journal.add(entry("kept", "kept"));
      for (int i = 0; i < 100; i++) {
        journal.add(entry("m" + i, large));
        journal.remove("queue", "m" + i);
      }
      journal.add(entry("last", "last"));

      assertThat(Files.size(file)).isLessThan(5L * 1024 * 1024);
    }
    try (QueueJournal journal = QueueJournal.open(file)) {
      assertThat(journal.of("queue")).containsExactly(entry("kept", "kept"), entry("last", "last"));
    }
  }
}
