package io.riffhook.simulator.mureka;

import io.riffhook.simulator.audio.Recording;
import io.riffhook.simulator.audio.Stem;
import io.riffhook.simulator.audio.WavFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All stems of a song in one ZIP archive, with a licence beside them. */
final class StemArchive {
  private StemArchive() {}

  static byte[] of(Recording recording) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Stem stem : Stem.values()) {
        zip.putNextEntry(new ZipEntry("stems/" + stem.name().toLowerCase(Locale.ROOT) + ".wav"));
        WavFile.of(recording.stem(stem)).writeTo(zip);
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("LICENSE.txt"));
      zip.write("Do with it what you like.\n".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
