package io.riffhook.simulator.useapi;

/** The files of a song that have links. */
enum MediaKind {
  AUDIO("audio", "m4a", "audio/mp4"),
  IMAGE("image", "jpeg", "image/jpeg"),
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
}
