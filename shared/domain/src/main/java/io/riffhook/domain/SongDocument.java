package io.riffhook.domain;

/** Writes {@code song.json}: all that is known of a song and its assets. */
@FunctionalInterface
public interface SongDocument {
  /** The document's bytes. */
  byte[] of(Job job, Song song);
}
