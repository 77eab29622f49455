package io.riffhook.domain;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A remote music API behind one adapter. The first five methods are what every provider needs; the
 * others are for those that can do more.
 *
 * <p>No method throws for what a provider answers: every answer has a place in a result type, and
 * an answer that cannot be understood is one of them. Implementations are safe for use by several
 * threads.
 */
public interface Provider {

  /** Its name in settings, requests and callback paths. */
  default String name() {
    return capabilities().provider();
  }

  /** What it can do. */
  Capabilities capabilities();

  /**
   * Returns why a setting keeps it from working, if one does. Then {@link #capabilities} may be out
   * of date or empty, and a call waits with this as its reason.
   */
  default Optional<String> fault() {
    return Optional.empty();
  }

  /** Asks it to make a song. May cost money. Waits 10 seconds at most. */
  SubmitOutcome submit(Order order);

  /**
   * What an inbound callback claims. Nothing in it is trusted but that somebody called: that its
   * URL's token was valid is known, and a provider's own signature is checked here.
   */
  Callback parseCallback(Inbound inbound);

  /** How a provider job stands, by the provider's own answer to an authenticated read. */
  Lookup lookup(String providerJob, Optional<String> account);

  /** Opens an asset's bytes. The caller closes what it gets. */
  Opened open(AssetSource source);

  /** Whether the provider holds a job with our id, for a call that ended without an answer. */
  default Found find(JobId job) {
    return new Found.CannotTell("it lists no jobs");
  }

  /** Which stems a song has. May cost money. */
  default Stems stems(String providerSong, Optional<String> account) {
    return new Stems.Never(Reasons.assetFailed(Asset.STEMS, name() + " gives no stems"));
  }

  /** Gives it a file of ours, for an operation that starts from it. May cost money. */
  default Registration register(SourceFile file) {
    return new Registration.Never(Reasons.refused(name(), "it takes no files"));
  }

  /** How a file stands that it was still at work on. */
  default Registration registered(String id) {
    return new Registration.Usable(id);
  }

  /** Asks it to stop. What it has begun it may still finish, and bill. */
  default void cancel(List<String> providerJobs) {}

  /** How our account with it stands. Waits 5 seconds at most. */
  default Standing standing() {
    return Standing.UNKNOWN;
  }

  /**
   * What to ask for.
   *
   * @param job our id, given to the provider as its reference
   * @param callback where to call back, where the provider can reach us
   * @param source the audio to start from, as the provider knows it
   * @param image the provider's id of the picture for the cover
   */
  record Order(
      JobId job,
      Operation operation,
      Optional<String> model,
      Optional<URI> callback,
      Optional<Audio> source,
      Optional<String> image) {
    /** Starting from no audio. */
    public Order(JobId job, Operation operation, Optional<String> model, Optional<URI> callback) {
      this(job, operation, model, callback, Optional.empty(), Optional.empty());
    }
  }

  /** Audio that the provider has. */
  sealed interface Audio {
    /** A song that it made, with its id for it. */
    record Made(String providerSong, Optional<String> account) implements Audio {}

    /** A file that was given to it, with its id for it. */
    record Given(String id) implements Audio {}
  }

  /**
   * A file of ours.
   *
   * @param name a name for it, without an extension
   * @param type what it is, by its own bytes
   * @param bytes how long it is
   * @param link where the provider can fetch it for an hour
   * @param content its bytes, for a provider that wants them sent
   */
  record SourceFile(String name, ContentType type, long bytes, URI link, Content content) {}

  /** Opens a file's bytes, as often as they are wanted. */
  interface Content {
    InputStream open() throws IOException;
  }

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

    /** They are the files of one ZIP archive. */
    record Archived(AssetSource archive) implements Stems {}

    /** They cannot be had now. */
    record NotNow(Reason reason) implements Stems {}

    /** They cannot be had at all. */
    record Never(Reason reason) implements Stems {}
  }
}
