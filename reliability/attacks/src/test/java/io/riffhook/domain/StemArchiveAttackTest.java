package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are made to do harm. */
final class StemArchiveAttackTest {
  private static final int MEBI = 1024 * 1024;
  private static final StemArchive ARCHIVE = new StemArchive(MEBI, 3L * MEBI);

  private final InMemoryAssetStore store = new InMemoryAssetStore();
  private final Song song = Zips.song();

  private Map<String, StoredFile> unpack(byte[] archive) throws Exception {
    return ARCHIVE.store(new ByteArrayInputStream(archive), song, store);
  }

  /** An archive whose entry unpacks to so many bytes, in a thousandth of them. */
  private static byte[] bomb(String name, int mebibytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(Studio.WAV.getBytes(StandardCharsets.ISO_8859_1));
      byte[] silence = new byte[MEBI];
      for (int i = 0; i < mebibytes; i++) {
        zip.write(silence);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void shouldStopAnEntryThatUnpacksToTooMuch() throws Exception {
    byte[] archive = bomb("vocals.wav", 100);
    assertThat(archive.length).isLessThan(200_000);
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(IOException.class)
        .hasMessage("an entry of the archive unpacks to more than 1048576 bytes");
    assertThat(store.bytes(song.key("stems/vocals.wav"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"readme.txt", "stems/", "__MACOSX/vocals.wav", "inner.zip"})
  void shouldStopAnEntryThatIsPassedOverToo(String name) throws Exception {
    byte[] archive = bomb(name, 100);
    assertThatThrownBy(() -> unpack(archive))
        .hasMessage("an entry of the archive unpacks to more than 1048576 bytes");
  }

  @Test
  void shouldStopEntriesThatTogetherUnpackToTooMuch() {
    String most = Studio.WAV + "\0".repeat(MEBI - 100);
    assertThatThrownBy(
            () -> unpack(Zips.of("a.wav", most, "b.wav", most, "c.wav", most, "d.wav", most)))
        .hasMessage("the archive unpacks to more than 3145728 bytes");
  }

  @Test
  void shouldStopAStreamThatNeverEnds() {
    // An entry of empty blocks: it takes in bytes for ever, and gives none.
    byte[] head = Zips.of("vocals.wav", "");
    int data = 30 + "vocals.wav".length();
    byte[] emptyBlock = {0, 0, 0, (byte) 0xff, (byte) 0xff};
    InputStream endless =
        new SequenceInputStream(new ByteArrayInputStream(head, 0, data), new Repeated(emptyBlock));
    assertThatThrownBy(() -> ARCHIVE.store(endless, song, store))
        .hasMessage("the archive has more than 3145728 bytes");
  }

  @Test
  void shouldStopAtTooManyEntries() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 10_000; i++) {
        zip.putNextEntry(new ZipEntry(i + ".txt"));
      }
    }
    assertThatThrownBy(() -> unpack(bytes.toByteArray()))
        .hasMessage("the archive has more than 256 entries");
  }

  @Test
  void shouldOpenNoArchiveWithinTheArchive() throws Exception {
    byte[] inner = Zips.of("vocals.wav", Studio.WAV);
    String content = new String(inner, StandardCharsets.ISO_8859_1);
    assertThat(unpack(Zips.of("inner.zip", content, "bass.wav", Studio.WAV)).keySet())
        .containsExactly("stems/bass.wav");
    assertThatThrownBy(() -> unpack(Zips.of("inner.wav", content)))
        .isInstanceOf(BadContentException.class)
        .hasMessage("is of an unknown kind, not AUDIO");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/evil.wav",
        "..\\..\\evil.wav",
        "/etc/evil.wav",
        "//host/share/evil.wav",
        "C:\\evil.wav",
        "C:evil.wav",
        "a/../../evil.wav",
        "evil\0.wav",
        "ev\nil.wav",
        "ev\"il.wav",
        "evil.mp3\0.wav",
        "évil.wav",
        "🎵evil.wav",
        "....evil.wav",
        "EVIL.WAV"
      })
  void shouldKeepEveryEntryBelowTheSong(String name) throws Exception {
    assertThat(unpack(Zips.of(name, Studio.WAV)).keySet())
        .allSatisfy(
            asset -> {
              assertThat(asset).matches("stems/[a-z0-9_-]+\\.wav");
              assertThat(song.key(asset).toString()).startsWith("alice/job-1/job-1-1/stems/");
            })
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..", ".", "../", "a/..", ".wav", "../.wav", "a.wav/", "a.exe", "a.wav.html"})
  void shouldPassOverWhatIsNoStem(String name) throws Exception {
    assertThat(unpack(Zips.of(name, ""))).isEmpty();
  }

  @Test
  void shouldStoreTheFirstOfNamesThatDifferInNothingButCase() throws Exception {
    Map<String, StoredFile> stored =
        unpack(
            Zips.of(
                "Vocals.wav",
                Studio.WAV + "1",
                "VOCALS.WAV",
                Studio.WAV + "22",
                "x/vocals.wav",
                ""));
    assertThat(stored).containsOnlyKeys("stems/vocals.wav");
    assertThat(stored.values()).extracting(StoredFile::bytes).containsExactly(17L);
  }

  @Test
  void shouldReadNamesThatAreNoUtf8() throws Exception {
    byte[] archive = Zips.of("aXYb.wav", Studio.WAV);
    for (int i = 0; i < archive.length - 1; i++) {
      if (archive[i] == 'X' && archive[i + 1] == 'Y') {
        archive[i] = (byte) 0xff;
        archive[i + 1] = (byte) 0xc0;
      }
    }
    // As most archivers leave them: with no word of their encoding.
    byte[] unsaid = archive.clone();
    unsaid[7] &= ~0x08;
    assertThat(unpack(unsaid).keySet()).containsExactly("stems/a-b.wav");
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("name");
  }

  /** Some bytes, again and again. */
  private static final class Repeated extends InputStream {
    private final byte[] bytes;
    private int at;

    private Repeated(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes[at++ % bytes.length] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      for (int i = 0; i < length; i++) {
        buffer[offset + i] = (byte) read();
      }
      return length;
    }
  }
}
