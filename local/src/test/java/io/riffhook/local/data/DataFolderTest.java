package io.riffhook.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private final Path folder;

  DataFolderTest(@TempDir Path parent) {
    folder = parent.resolve("above/data");
  }

  @Test
  void shouldHaveOneOwnerAtATime() throws Exception {
    long pid = ProcessHandle.current().pid();
    try (DataFolder first = DataFolder.open(folder)) {
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(DataFolder.UnusableException.class)
          .hasMessage(
              "the data folder %s is in use by process %d, which starts or ends just now",
              folder, pid);

      first.servedAt(URI.create("http://127.0.0.1:9001"));

      assertThatThrownBy(() -> DataFolder.open(folder))
          .hasMessage(
              "the data folder %s is in use by process %d, which serves http://127.0.0.1:9001",
              folder, pid);
    }

    DataFolder.open(folder).close();
  }

  @Test
  void shouldBeClosedToOtherUsers() throws Exception {
    try (DataFolder data = DataFolder.open(folder)) {
      DataFolder.createPrivate(folder.resolve("dynamodb"));
      Path file = Files.writeString(folder.resolve("dynamodb/table.db"), "");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

      data.makeFilesPrivate("dynamodb");

      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("dynamodb"))).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("lock"))).isEqualTo("rw-------");
      assertThat(permissions(file)).isEqualTo("rw-------");
    }
  }

  @Test
  void shouldCloseAFolderOfAnEarlierVersionAndKeepAnotherAsItIs() throws Exception {
    Path other = Files.createDirectories(folder.resolveSibling("other"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("callback-secret"), "s");

    DataFolder.open(folder).close();
    DataFolder.open(other).close();

    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(other)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void shouldSayWhyItCannotBeUsed() throws Exception {
    Files.createDirectories(folder.getParent());
    Path file = Files.writeString(folder.resolveSibling("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file))
        .hasMessage(
            "the data folder %s cannot be created or written: %s: it is not a folder", file, file);
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .hasMessage(
            "the data folder %s cannot be created or written: %s: Not a directory",
            file.resolve("data"), file.resolve("data"));
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
