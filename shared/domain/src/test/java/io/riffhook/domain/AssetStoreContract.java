package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AssetStore} must do. */
public abstract class AssetStoreContract {
  private static final int MIB = 1024 * 1024;

  private final AssetKey key = newKey("song.mp3");

  /** The store under test. Other tests may have written into it. */
  protected abstract AssetStore store();

  /** The bytes under a key, read around the store. */
  protected abstract Optional<byte[]> bytes(AssetKey at);

  /** The content type that a reader of the key is told. */
  protected abstract String contentType(AssetKey at);

  /** How many writes were begun and neither finished nor given up. */
  protected abstract int dangling();

  @AfterEach
  void shouldLeaveNothingDangling() {
    assertThat(dangling()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1000, 8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 16 * MIB, 17 * MIB + 5})
  void shouldStoreEveryByte(int length) throws Exception {
    byte[] music = music(length);
    for (OptionalLong announced :
        new OptionalLong[] {OptionalLong.of(length), OptionalLong.empty()}) {
      AssetKey at = newKey("song.mp3");
      StoredFile file = store().write(at, body(music, announced), ContentType.Expected.MP3);
      assertThat(file).isEqualTo(new StoredFile("audio/mpeg", length, sha256(music)));
      assertThat(bytes(at)).hasValueSatisfying(is -> assertThat(is).isEqualTo(music));
      assertThat(contentType(at)).isEqualTo("audio/mpeg");
    }
  }

  @Test
  void shouldTellTheTypeByTheBytes() throws Exception {
    AssetKey cover = newKey(Asset.COVER);
    byte[] png = "\u0089PNG\r\n\u001a\nrest".getBytes(StandardCharsets.ISO_8859_1);
    StoredFile file =
        store().write(cover, body(png, OptionalLong.empty()), ContentType.Expected.IMAGE);
    assertThat(file.contentType()).isEqualTo("image/png");
    assertThat(contentType(cover)).isEqualTo("image/png");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 9 * MIB})
  void shouldRefuseABodyThatIsTooShort(int length) {
    assertThatThrownBy(
            () ->
                store()
                    .write(
                        key,
                        body(music(length), OptionalLong.of(length + 1)),
                        ContentType.Expected.MP3))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining("ended after " + length + " of " + (length + 1) + " bytes");
    assertThat(bytes(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 8 * MIB + 1, 9 * MIB})
  void shouldRefuseABodyThatIsTooLong(int length) {
    assertThatThrownBy(
            () ->
                store()
                    .write(
                        key,
                        body(music(length), OptionalLong.of(length - 1)),
                        ContentType.Expected.MP3))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining("went on after all of its " + (length - 1) + " bytes");
    assertThat(bytes(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 20 * MIB})
  void shouldLeaveNothingWhereTheBodyBreaksOff(int after) {
    long announced = after + 100L * MIB;
    Opened.Body body =
        new Opened.Body(
            new SequenceInputStream(new ByteArrayInputStream(music(after)), new Broken()),
            OptionalLong.of(announced));
    assertThatThrownBy(() -> store().write(key, body, ContentType.Expected.MP3))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining("ended after " + after + " of " + announced + " bytes")
        .hasCauseInstanceOf(IOException.class);
    assertThat(bytes(key)).isEmpty();
  }

  @Test
  void shouldRefuseAPageWhereMusicWasExpected() {
    refuse("\n <!DOCTYPE html><title>Sign in</title>", "HTML", BadContentException.Fault.PAGE);
    refuse("<html><body>502</body></html>", "HTML", BadContentException.Fault.PAGE);
    refuse("", "empty", BadContentException.Fault.BROKEN);
    refuse("just words", "unknown", BadContentException.Fault.PAGE);
    refuse("GIF89a.....", "image/gif", BadContentException.Fault.OTHER_KIND);
  }

  @Test
  void shouldKeepTheObjectThatIsThere() throws Exception {
    for (int length : new int[] {500, 9 * MIB}) {
      AssetKey at = newKey("song.mp3");
      byte[] first = music(length);
      StoredFile file =
          store().write(at, body(first, OptionalLong.empty()), ContentType.Expected.MP3);
      for (int other : new int[] {400, 10 * MIB}) {
        assertThat(
                store()
                    .write(
                        at, body(music(other), OptionalLong.of(other)), ContentType.Expected.MP3))
            .isEqualTo(file);
      }
      assertThat(bytes(at)).hasValueSatisfying(is -> assertThat(is).isEqualTo(first));
    }
  }

  @Test
  void shouldRefuseAnObjectThatIsThereAndIsNotWhatIsExpectedNow() throws Exception {
    store().write(key, body(music(500), OptionalLong.empty()), ContentType.Expected.MP3);
    byte[] png = "\u0089PNG\r\n\u001a\nrest".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
            () -> store().write(key, body(png, OptionalLong.empty()), ContentType.Expected.IMAGE))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining("audio/mpeg");
    assertThat(bytes(key)).hasValueSatisfying(is -> assertThat(is).isEqualTo(music(500)));
  }

  @Test
  void shouldOpenWhatIsThereAndNothingElse() throws Exception {
    store().write(key, body(music(500), OptionalLong.empty()), ContentType.Expected.MP3);
    try (InputStream read = store().read(key)) {
      assertThat(read.readAllBytes()).isEqualTo(music(500));
    }
    AssetKey nothing = newKey("song.wav");
    assertThatThrownBy(() -> store().read(nothing)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void shouldLinkToAnyNameThatAnAssetCanHave() {
    AssetKey odd = newKey("stems/lead vocals.v1_-.wav");
    assertThat(store().link(odd, Duration.ofMinutes(15)).getRawPath())
        .endsWith(odd.toString().replace(" ", "%20"));
  }

  @Test
  void shouldLetOneOfManyStoreTheObject() throws Exception {
    var files =
        Race.of(
            4,
            i -> {
              byte[] music = music(1000 + i);
              try {
                return store()
                    .write(key, body(music, OptionalLong.of(1000 + i)), ContentType.Expected.MP3);
              } catch (BadContentException e) {
                throw new AssertionError(e);
              }
            });
    byte[] stored = bytes(key).orElseThrow();
    assertThat(files).containsOnly(new StoredFile("audio/mpeg", stored.length, sha256(stored)));
  }

  @Test
  void shouldWriteADocumentInPlaceOfAnOlderOne() {
    AssetKey document = newKey(Asset.METADATA);
    store().write(document, "{}".getBytes(StandardCharsets.UTF_8), "application/json");
    byte[] newer = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    assertThat(store().write(document, newer, "application/json"))
        .isEqualTo(new StoredFile("application/json", newer.length, sha256(newer)));
    assertThat(bytes(document)).hasValueSatisfying(is -> assertThat(is).isEqualTo(newer));
    assertThat(contentType(document)).isEqualTo("application/json");
  }

  private void refuse(String content, String found, BadContentException.Fault fault) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                store()
                    .write(
                        key, body(bytes, OptionalLong.of(bytes.length)), ContentType.Expected.MP3))
        .isInstanceOfSatisfying(
            BadContentException.class, e -> assertThat(e.fault()).isEqualTo(fault))
        .hasMessageContaining(found);
    assertThat(bytes(key)).isEmpty();
  }

  /** Bytes that begin as an MP3 with a tag does, and cannot be squeezed. */
  protected static byte[] music(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    byte[] head = {'I', 'D', '3', 4};
    System.arraycopy(head, 0, bytes, 0, Math.min(head.length, length));
    return bytes;
  }

  protected static Opened.Body body(byte[] bytes, OptionalLong announced) {
    return new Opened.Body(new ByteArrayInputStream(bytes), announced);
  }

  protected static AssetKey newKey(String name) {
    return new AssetKey(
        new Owner("owner"), new SongId(new JobId(UUID.randomUUID().toString()), 1), name);
  }

  protected static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A connection that is reset. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      throw new IOException("connection reset");
    }
  }
}
