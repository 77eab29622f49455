package io.riffhook.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("d"), "d: permission denied"),
        Arguments.of(new NoSuchFileException("d"), "d: no such file or folder"),
        Arguments.of(new NotDirectoryException("d"), "d: it is not a folder"),
        Arguments.of(new FileAlreadyExistsException("d"), "d: it already exists"),
        Arguments.of(new DirectoryNotEmptyException("d"), "d: the folder is not empty"),
        Arguments.of(
            new FileSystemException("d", null, "Read-only file system"),
            "d: Read-only file system"),
        Arguments.of(new FileSystemException("d"), "d: the system refused it"),
        Arguments.of(new IOException("No space left on device"), "No space left on device"),
        Arguments.of(new IOException(), "java.io.IOException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldSayWhatIsWrong(IOException failure, String sentence) {
    assertThat(FileFailures.sentence(failure)).isEqualTo(sentence);
  }
}
