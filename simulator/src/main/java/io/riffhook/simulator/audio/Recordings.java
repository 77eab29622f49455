package io.riffhook.simulator.audio;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * The recordings in memory: the last few that were asked for. An older one is rendered again, to
 * the same bytes. Safe for use by several threads.
 */
public final class Recordings {
  /** Stems and mix of one second. */
  private static final long BYTES_PER_SECOND = 5L * Pcm.RATE * Pcm.FRAME_BYTES;

  private final Semaphore cores =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));
  private final Map<SongBrief, Recording> recent = new LinkedHashMap<>(16, 0.75f, true);
  private final long capacity;

  /**
   * A cache that holds about {@code capacity} bytes of sound, and always at least two recordings.
   */
  public Recordings(long capacity) {
    this.capacity = capacity;
  }

  /** The recording of a brief's song. */
  public Recording of(SongBrief brief) {
    synchronized (recent) {
      Recording recording =
          recent.computeIfAbsent(brief, missing -> new Recording(Composer.compose(missing), cores));
      Iterator<SongBrief> eldest = recent.keySet().iterator();
      while (bytes() > capacity && recent.size() > 2) {
        eldest.next();
        eldest.remove();
      }
      return recording;
    }
  }

  private long bytes() {
    return recent.keySet().stream()
        .mapToLong(brief -> (long) (brief.seconds() * BYTES_PER_SECOND))
        .sum();
  }
}
