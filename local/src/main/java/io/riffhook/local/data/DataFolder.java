package io.riffhook.local.data;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that keeps the data of one machine. Only one process can have it open: the operating
 * system holds the lock, and releases it when the process ends, however it ends.
 */
public final class DataFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final String LOCK = "lock";

  /** Beyond the content of the file, since Windows does not let others read a locked byte. */
  private static final long LOCKED_BYTE = 1L << 30;

  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** The folder cannot be used. The message says why. */
  public static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    private UnusableException(String message) {
      super(message);
    }

    private UnusableException(Path folder, IOException cause) {
      super(
          "the data folder %s cannot be created or written: %s"
              .formatted(folder, FileFailures.sentence(cause)),
          cause);
    }
  }

  /**
   * Creates the folder if it is missing, and locks it.
   *
   * @throws UnusableException if another process has it open, or if it cannot be written
   */
  public static DataFolder open(Path folder) throws UnusableException {
    try {
      // A folder that the user made for other files, too, keeps its permissions.
      boolean isOurs =
          Files.notExists(folder)
              || Files.exists(folder.resolve(LOCK))
              || Files.exists(folder.resolve("callback-secret"));
      createPrivate(folder);
      if (isOurs) {
        makePrivate(folder, OWNER_FOLDER);
      }
      FileChannel channel = openPrivate(folder.resolve(LOCK));
      try {
        lock(channel, folder);
        DataFolder data = new DataFolder(folder, channel);
        data.note(Optional.empty());
        return data;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (UnusableException e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableException(folder, e);
    }
  }

  private static void lock(FileChannel channel, Path folder) throws IOException {
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        return;
      }
    } catch (OverlappingFileLockException _) {
      // Another part of this process has it.
    }
    throw new UnusableException(
        "the data folder %s is in use by %s".formatted(folder, holder(channel)));
  }

  /** Describes the process that has the lock. */
  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(1024);
    channel.read(content, 0);
    String[] lines =
        new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).split("\n", -1);
    if (lines.length < 2) {
      return "another process";
    }
    return "process "
        + lines[0]
        + (lines[1].isEmpty() ? ", which starts or ends just now" : ", which serves " + lines[1]);
  }

  /** Notes where this process serves the data, for processes that find the folder locked. */
  public void servedAt(URI url) throws UnusableException {
    try {
      note(Optional.of(url));
    } catch (IOException e) {
      throw new UnusableException(folder, e);
    }
  }

  private void note(Optional<URI> url) throws IOException {
    String holder = ProcessHandle.current().pid() + "\n" + url.map(URI::toString).orElse("") + "\n";
    lock.truncate(0);
    lock.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /**
   * Creates a folder that only this user can open, with the folders above it. One that exists is
   * kept as it is.
   */
  public static void createPrivate(Path folder) throws IOException {
    try {
      if (isPosix(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
      } else {
        Files.createDirectories(folder);
      }
    } catch (FileAlreadyExistsException e) {
      throw new NotDirectoryException(e.getFile());
    }
  }

  /** Opens a file for reading and writing. A missing one is created for this user only. */
  public static FileChannel openPrivate(Path file) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileAttribute<?>[] owner =
        isPosix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, options, owner);
  }

  /** Makes the files in one of its folders readable by this user only. Folders are left out. */
  public void makeFilesPrivate(String name) throws UnusableException {
    Path inside = folder.resolve(name);
    if (Files.notExists(inside)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(inside, Files::isRegularFile)) {
      for (Path file : files) {
        makePrivate(file, OWNER_FILE);
      }
    } catch (IOException e) {
      throw new UnusableException(folder, e);
    }
  }

  private static void makePrivate(Path path, Set<PosixFilePermission> permissions) {
    if (!isPosix(path)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, permissions);
    } catch (IOException e) {
      LOG.warn("others may be able to read {}: {}", path, FileFailures.sentence(e));
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the lock of {} was not released: {}", folder, FileFailures.sentence(e));
    }
  }
}
