package io.riffhook.simulator.media;

import io.riffhook.simulator.audio.Recording;
import io.riffhook.simulator.audio.Stem;
import io.riffhook.simulator.audio.WavFile;
import io.riffhook.simulator.http.Body;
import io.riffhook.simulator.settings.MediaSettings;

/** The files of a song. */
public enum MediaKind {
  M4A("audio", "m4a", "audio/mp4"),
  MP3("audio", "mp3", "audio/mpeg"),
  WAV("audio", "wav", "audio/wav"),
  /** The cover, at a host that writes the extension so. */
  JPEG("image", "jpeg", "image/jpeg"),
  /** The same cover, at a host that writes it short. */
  JPG("image", "jpg", "image/jpeg"),
  VOCALS("stems/vocals", "wav", "audio/wav"),
  DRUMS("stems/drums", "wav", "audio/wav"),
  BASS("stems/bass", "wav", "audio/wav"),
  OTHER("stems/other", "wav", "audio/wav");

  private final String folder;
  private final String extension;
  private final String contentType;

  MediaKind(String folder, String extension, String contentType) {
    this.folder = folder;
    this.extension = extension;
    this.contentType = contentType;
  }

  String folder() {
    return folder;
  }

  String extension() {
    return extension;
  }

  String contentType() {
    return contentType;
  }

  /** The file; only the WAV of the mix is made as large as the settings want. */
  Body of(Recording recording, MediaSettings settings) {
    return switch (this) {
      case M4A -> Body.of(recording.m4a());
      case MP3 -> Body.of(recording.mp3());
      case WAV ->
          body(
              settings.wavBytes() == 0
                  ? WavFile.of(recording.mix())
                  : new WavFile(recording.mix(), settings.wavBytes()));
      case JPEG, JPG -> Body.of(recording.cover());
      case VOCALS -> body(WavFile.of(recording.stem(Stem.VOCALS)));
      case DRUMS -> body(WavFile.of(recording.stem(Stem.DRUMS)));
      case BASS -> body(WavFile.of(recording.stem(Stem.BASS)));
      case OTHER -> body(WavFile.of(recording.stem(Stem.OTHER)));
    };
  }

  private static Body body(WavFile wav) {
    return new Body(wav.bytes(), wav::writeTo);
  }
}
