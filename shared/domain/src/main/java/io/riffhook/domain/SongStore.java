package io.riffhook.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where songs are written down. */
public interface SongStore {

  /** Writes a new song. False where it exists; then nothing changes. */
  boolean insert(Song song);

  /** The song, as last written. */
  Optional<Song> find(SongId id);

  /** The songs that exist of these, in the order asked for. */
  List<Song> findAll(Collection<SongId> ids);

  /**
   * Applies a change in one conditional write.
   *
   * @return the song after it, or empty where there is no such song or the change's guard does not
   *     hold, in which case nothing changed
   */
  Optional<Song> apply(SongId id, SongChange change, Instant now);

  /** An owner's songs, newest first. */
  Page<Song> ofOwner(Owner owner, Page.Request page);
}
