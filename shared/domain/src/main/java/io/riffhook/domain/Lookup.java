package io.riffhook.domain;

import java.util.List;
import java.util.OptionalInt;

/** How a provider job stands. */
public sealed interface Lookup {

  /**
   * Not finished.
   *
   * @param progress how far it is, 0 to 100
   * @param early the songs that are done already, where others of the job are not
   */
  record Running(OptionalInt progress, List<ProviderSong> early) implements Lookup {
    public Running {
      early = List.copyOf(early);
    }

    /** Not finished, with no song done. */
    public Running(OptionalInt progress) {
      this(progress, List.of());
    }
  }

  /** Finished, with these songs; at least one. */
  record Finished(List<ProviderSong> songs) implements Lookup {
    public Finished {
      songs = List.copyOf(songs);
    }
  }

  /** Ended without a song. */
  record Failed(Reason reason) implements Lookup {}

  /** The provider does not know it. */
  record Unheard(String detail) implements Lookup {}

  /** No answer now; a later read may have one. */
  record NotNow(Reason reason) implements Lookup {}

  /** No answer until somebody puts the provider account, or our token, right. */
  record Denied(Reason reason) implements Lookup {}
}
