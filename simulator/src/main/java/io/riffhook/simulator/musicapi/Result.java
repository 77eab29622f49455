package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.work.Clip;

/** What a task makes. */
sealed interface Result {
  /** A song. */
  record Song(Clip clip) implements Result {}

  /** A file of a song. */
  record File(Clip clip, MediaKind kind) implements Result {}

  /** Lyrics. */
  record Words(String title, String lyrics) implements Result {}
}
