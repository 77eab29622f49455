package io.riffhook.domain;

/** Audio of ours that an operation starts from. */
public sealed interface Source {

  /** A song that a job made. */
  record OfSong(SongId song) implements Source {}

  /** An upload. */
  record OfUpload(UploadId upload) implements Source {}
}
