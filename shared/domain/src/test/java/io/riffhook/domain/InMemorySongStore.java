package io.riffhook.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Songs in memory. Safe for use by several threads. */
public final class InMemorySongStore implements SongStore {
  private final Map<SongId, Song> songs = new HashMap<>();

  @Override
  public synchronized boolean insert(Song song) {
    return songs.putIfAbsent(song.id(), song) == null;
  }

  @Override
  public synchronized Optional<Song> find(SongId id) {
    return Optional.ofNullable(songs.get(id));
  }

  @Override
  public synchronized List<Song> findAll(Collection<SongId> ids) {
    return ids.stream().flatMap(id -> find(id).stream()).toList();
  }

  @Override
  public synchronized Optional<Song> apply(SongId id, SongChange change, Instant now) {
    Optional<Song> next = find(id).flatMap(song -> SongChange.apply(song, change, now));
    next.ifPresent(song -> songs.put(id, song));
    return next;
  }

  @Override
  public synchronized Page<Song> ofOwner(Owner owner, Page.Request page) {
    Comparator<Song> oldestFirst =
        Comparator.comparing(Song::createdAt).thenComparing(song -> song.id().toString());
    List<Song> listed =
        songs.values().stream()
            .filter(song -> song.owner().equals(owner))
            .sorted(oldestFirst.reversed())
            .toList();
    return InMemoryPages.page(
        "songs", owner, listed, _ -> true, song -> song.id().toString(), page);
  }

  /** Every song there is, of every owner. */
  public synchronized List<Song> all() {
    return List.copyOf(songs.values());
  }
}
