package io.riffhook.simulator.useapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The latest songs, found by their id or their job's. Safe for use by several threads. */
final class Songs {
  /** Older songs are forgotten: a load test must not fill the memory. */
  private static final int CAPACITY = 100_000;

  private final SequencedMap<String, SimulatedSong> songs = new LinkedHashMap<>();
  private final Map<String, SimulatedSong> byJob = new HashMap<>();
  private final List<SimulatedSong> running = new ArrayList<>();

  synchronized void add(SimulatedSong song) {
    songs.put(song.facts().id(), song);
    byJob.put(song.facts().jobId(), song);
    running.add(song);
    if (songs.size() > CAPACITY) {
      remove(songs.firstEntry().getValue());
    }
  }

  synchronized Optional<SimulatedSong> find(String id) {
    return Optional.ofNullable(songs.getOrDefault(id, byJob.get(id)));
  }

  synchronized void remove(SimulatedSong song) {
    songs.remove(song.facts().id());
    byJob.remove(song.facts().jobId());
  }

  /** Those of a user, newest first. */
  synchronized List<SimulatedSong> newest(String userId, int offset, int limit) {
    return songs.sequencedValues().reversed().stream()
        .filter(song -> song.facts().userId().equals(userId))
        .skip(offset)
        .limit(limit)
        .toList();
  }

  /** The songs that are being made and hold a place in the queue, oldest first. */
  synchronized List<SimulatedSong> scheduled() {
    running.removeIf(song -> !song.isScheduled());
    return List.copyOf(running);
  }
}
