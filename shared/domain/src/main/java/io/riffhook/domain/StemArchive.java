package io.riffhook.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a ZIP of stems while it streams: no entry is held in memory or on disk, and each goes to
 * S3 as its own asset. Entries that are no audio by their name (a licence, a folder, another
 * archive, a desktop's droppings) are passed over, and no archive within it is opened.
 *
 * <p>An archive's own sizes are not believed: what comes out of it, and out of each entry, is
 * counted, passed over or not. Its ratio is no measure, for a silent stem shrinks to a thousandth.
 */
final class StemArchive {
  private static final Set<String> AUDIO = Set.of("wav", "mp3", "m4a", "flac", "ogg");
  private static final int MAX_ENTRIES = 256;

  private final long maxEntryBytes;
  private final long maxBytes;

  /**
   * @param maxEntryBytes how many bytes one entry may unpack to
   * @param maxBytes how many bytes all entries together may unpack to, and the archive may have
   */
  StemArchive(long maxEntryBytes, long maxBytes) {
    this.maxEntryBytes = maxEntryBytes;
    this.maxBytes = maxBytes;
  }

  /**
   * With limits that no song's stems come near: 1 GiB is three quarters of an hour of the widest
   * WAV in use (stereo, 48 kHz, 32 bit), and 4 GiB are read and stored well within a function's
   * time.
   */
  StemArchive() {
    this(1L << 30, 4L << 30);
  }

  /**
   * Stores every stem of an archive.
   *
   * @return what was stored, by asset name; empty where the archive holds no stem
   * @throws BadContentException where an entry is not what its name says
   * @throws IOException where the archive is no ZIP, is too large, ends early, or an entry's
   *     checksum is wrong
   */
  Map<String, StoredFile> store(InputStream archive, Song song, AssetStore store)
      throws IOException, BadContentException {
    Map<String, StoredFile> stored = new TreeMap<>();
    Budget all = new Budget(maxBytes, "the archive unpacks to more than " + maxBytes + " bytes");
    ZipInputStream zip = open(archive);
    int entries = 0;
    for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
      if (++entries > MAX_ENTRIES) {
        throw new TooLargeException("the archive has more than " + MAX_ENTRIES + " entries");
      }
      String name = assetName(entry);
      InputStream bytes = entry(zip, all);
      if (!name.isEmpty() && !stored.containsKey(name)) {
        stored.put(name, write(song.key(name), bytes, store));
      }
      // Whatever nobody read is unpacked all the same on the way to the next entry: count it, too.
      bytes.transferTo(OutputStream.nullOutputStream());
    }
    if (entries == 0) {
      throw new IOException("it is no ZIP archive, or an empty one");
    }
    return stored;
  }

  /** Names that are not said to be UTF-8 are read as if each byte were a letter, so none fails. */
  private ZipInputStream open(InputStream archive) {
    // Counted as well: an entry can take in any number of bytes and give none.
    Budget read = new Budget(maxBytes, "the archive has more than " + maxBytes + " bytes");
    return new ZipInputStream(new Counted(archive, List.of(read)), StandardCharsets.ISO_8859_1);
  }

  private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new IOException("an entry of the archive has no readable name", e);
    }
  }

  private InputStream entry(ZipInputStream zip, Budget all) {
    String why = "an entry of the archive unpacks to more than " + maxEntryBytes + " bytes";
    return new Counted(zip, List.of(new Budget(maxEntryBytes, why), all));
  }

  private static StoredFile write(AssetKey key, InputStream bytes, AssetStore store)
      throws IOException, BadContentException {
    try {
      Opened.Body body = new Opened.Body(bytes, OptionalLong.empty());
      return store.write(key, body, ContentType.Expected.AUDIO);
    } catch (BadContentException e) {
      if (e.getCause() instanceof TooLargeException tooLarge) {
        throw tooLarge;
      }
      throw e;
    }
  }

  /** {@code stems/<name>.<ext>}, or nothing where the entry is no stem. */
  private static String assetName(ZipEntry entry) {
    String path = entry.getName().replace('\\', '/');
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    String extension = file.substring(dot + 1).toLowerCase(Locale.ROOT);
    if (entry.isDirectory() || dot < 1 || !AUDIO.contains(extension) || path.contains("__MACOSX")) {
      return "";
    }
    String name = StoreAsset.safe(file.substring(0, dot)) + "." + extension;
    return AssetKey.isValidName("stems/" + name) ? "stems/" + name : "";
  }

  /** How many bytes are left of so many. */
  private static final class Budget {
    private final String why;
    private long left;

    private Budget(long bytes, String why) {
      this.left = bytes;
      this.why = why;
    }

    private void take(long bytes) throws TooLargeException {
      left -= bytes;
      if (left < 0) {
        throw new TooLargeException(why);
      }
    }
  }

  /** Bytes that are counted as they are read; to close them is not to close what they are of. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private final List<Budget> budgets;

    private Counted(InputStream in, List<Budget> budgets) {
      this.in = in;
      this.budgets = budgets;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      for (Budget budget : budgets) {
        budget.take(Math.max(read, 0));
      }
      return read;
    }
  }

  /** An archive, or a part of it, that is larger than is unpacked. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(String why) {
      super(why);
    }
  }
}
