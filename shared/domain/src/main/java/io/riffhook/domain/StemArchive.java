package io.riffhook.domain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a ZIP of stems while it streams: no entry is held in memory or on disk, and each goes to
 * S3 as its own asset. Entries that are no audio by their name (a licence, a folder, a desktop's
 * droppings) are passed over.
 */
final class StemArchive {
  private static final Set<String> AUDIO = Set.of("wav", "mp3", "m4a", "flac", "ogg");
  private static final int MAX_ENTRIES = 256;

  private StemArchive() {}

  /**
   * Stores every stem of an archive.
   *
   * @return what was stored, by asset name; empty where the archive holds no stem
   * @throws BadContentException where an entry is not what its name says
   * @throws IOException where the archive is no ZIP, ends early, or an entry's checksum is wrong
   */
  static Map<String, StoredFile> store(InputStream archive, Song song, AssetStore store)
      throws IOException, BadContentException {
    Map<String, StoredFile> stored = new TreeMap<>();
    ZipInputStream zip = new ZipInputStream(archive);
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++entries > MAX_ENTRIES) {
        throw new IOException("the archive has more than " + MAX_ENTRIES + " entries");
      }
      String name = assetName(entry);
      if (!name.isEmpty() && !stored.containsKey(name)) {
        Opened.Body body = new Opened.Body(new Entry(zip), OptionalLong.empty());
        stored.put(name, store.write(song.key(name), body, ContentType.Expected.AUDIO));
      }
    }
    if (entries == 0) {
      throw new IOException("it is no ZIP archive, or an empty one");
    }
    return stored;
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

  /** One entry's bytes; to close it is not to close the archive. */
  private static final class Entry extends FilterInputStream {
    private Entry(ZipInputStream zip) {
      super(zip);
    }

    @Override
    public void close() {
      // The archive goes on with its next entry.
    }
  }
}
