package io.riffhook.domain;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider sends whatever it likes as the archive of a song's stems. */
final class StemArchiveFuzzTest {
  private static final int MAX_ENTRY = 10_000;
  private static final int MAX = 30_000;

  static Stream<Arguments> seeds() {
    return Stream.of(
        arguments((Object) Zips.of("vocals.wav", Studio.WAV)),
        arguments((Object) Zips.of("Drums & Bass.mp3", Studio.MP3, "../../x.wav", Studio.WAV)),
        arguments((Object) Zips.of("a.wav", Studio.WAV + "\0".repeat(20_000))),
        arguments((Object) Zips.stored("a.wav", Studio.WAV)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldUnpackOrRefuseAnything(byte @NotNull @WithLength(max = 4_000) [] archive) {
    InMemoryAssetStore store = new InMemoryAssetStore();
    Song song = Zips.song();
    try {
      Map<String, StoredFile> stored =
          new StemArchive(MAX_ENTRY, MAX).store(new ByteArrayInputStream(archive), song, store);
      stored.forEach((name, file) -> sound(song, name, file));
    } catch (IOException | BadContentException e) {
      if (String.valueOf(e.getMessage()).length() > 300) {
        throw new AssertionError("tells too much", e);
      }
    }
  }

  private static void sound(Song song, String name, StoredFile file) {
    boolean inside = song.key(name).toString().startsWith("alice/" + song.id().job() + "/");
    if (!inside || !name.matches("stems/[a-z0-9_-]+\\.[a-z0-9]+") || file.bytes() > MAX_ENTRY) {
      throw new AssertionError(name + " of " + file.bytes() + " bytes");
    }
  }
}
