package io.riffhook.simulator.audio;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A song to be heard, in every format. Nothing is rendered before it is asked for, and then once,
 * however many ask at the same time. Safe for use by several threads.
 */
public final class Recording {
  private final Song song;
  private final Semaphore cores;
  private final Lazy<Map<Stem, Pcm>> stems;
  private final Lazy<Pcm> mix;
  private final Lazy<byte[]> mp3;
  private final Lazy<byte[]> m4a;
  private final Lazy<byte[]> cover;

  /** A recording of a song, which renders only while it holds a permit of {@code cores}. */
  Recording(Song song, Semaphore cores) {
    this.song = song;
    this.cores = cores;
    this.stems = new Lazy<>(() -> working(() -> Studio.record(song)));
    this.mix = new Lazy<>(() -> Studio.mix(stems.get(), song.score().frames()));
    this.mp3 =
        new Lazy<>(
            () -> {
              Pcm whole = mix.get();
              return working(() -> Mp3File.encode(whole));
            });
    this.m4a = new Lazy<>(() -> M4aFile.wrap(mp3.get()));
    this.cover = new Lazy<>(() -> working(() -> Cover.jpeg(song)));
  }

  /** A recording by itself, as tests and tools want it. */
  public static Recording of(Song song) {
    return new Recording(song, new Semaphore(1));
  }

  public Song song() {
    return song;
  }

  /** The mix: the sample by sample sum of the stems. */
  public Pcm mix() {
    return mix.get();
  }

  /** One stem; silence for the vocals of an instrumental. */
  public Pcm stem(Stem stem) {
    Pcm pcm = stems.get().get(stem);
    if (pcm == null) {
      throw new IllegalStateException("Every song has every stem");
    }
    return pcm;
  }

  /** The mix as MP3. */
  public byte[] mp3() {
    return mp3.get().clone();
  }

  /** The mix as an MP4 audio file. */
  public byte[] m4a() {
    return m4a.get().clone();
  }

  /** The cover as JPEG. */
  public byte[] cover() {
    return cover.get().clone();
  }

  private <T> T working(Supplier<T> work) {
    cores.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }
}
