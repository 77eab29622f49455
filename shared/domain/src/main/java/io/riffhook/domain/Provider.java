package io.riffhook.domain;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A remote music API behind one adapter.
 *
 * <p>No method throws for what a provider answers: every answer has a place in a result type, and
 * an answer that cannot be understood is one of them. Implementations are safe for use by several
 * threads.
 */
public interface Provider {

  /** What it can do. */
  Capabilities capabilities();

  /** Asks it to make a song. May cost money. Waits 10 seconds at most. */
  SubmitOutcome submit(Order order);

  /**
   * What the body of an inbound callback claims. Nothing in it is trusted but that somebody called.
   */
  Callback parseCallback(byte[] body);

  /** How a provider job stands, by the provider's own answer to an authenticated read. */
  Lookup lookup(String providerJob, Optional<String> account);

  /** Whether the provider holds a job with our id, for a call that ended without an answer. */
  Found find(JobId job);

  /** Which stems a song has, with a source for each, by stem name. */
  Stems stems(String providerSong, Optional<String> account);

  /** Opens an asset's bytes. The caller closes what it gets. */
  Opened open(AssetSource source);

  /**
   * What to ask for.
   *
   * @param job our id, given to the provider as its reference
   * @param callback where to call back, where the provider can reach us
   */
  record Order(JobId job, Operation operation, Optional<String> model, Optional<URI> callback) {}

  /** What is known of a provider job. */
  sealed interface Found {
    /** It is there. */
    record There(List<String> providerJobs, Optional<String> account) implements Found {}

    /** The provider says that it is not running; it may have finished. */
    record NotThere() implements Found {}

    /** The provider has no way to tell, or did not answer. */
    record CannotTell(String why) implements Found {}
  }

  /** The stems of a song. */
  sealed interface Stems {
    /** They are these: sources by stem name, such as {@code drums}. */
    record Listed(Map<String, AssetSource> byName) implements Stems {
      public Listed {
        byName = Map.copyOf(byName);
      }
    }

    /** They cannot be had now. */
    record NotNow(Reason reason) implements Stems {}

    /** They cannot be had at all. */
    record Never(Reason reason) implements Stems {}
  }
}
