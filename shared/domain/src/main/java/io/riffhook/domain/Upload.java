package io.riffhook.domain;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that a caller gave by URL, for operations to start from.
 *
 * @param url where it is fetched, once
 */
public record Upload(
    UploadId id, Owner owner, URI url, State state, Instant createdAt, Instant updatedAt) {

  /** Where an upload stands. */
  public sealed interface State {
    /** The word for it in answers. */
    default String value() {
      return switch (this) {
        case Pending _ -> "pending";
        case Stored _ -> "stored";
        case Failed _ -> "failed";
      };
    }
  }

  /** On its way. */
  public record Pending() implements State {}

  /** In S3, verified. */
  public record Stored(StoredFile file) implements State {}

  /** Not to be had. */
  public record Failed(Reason reason) implements State {}

  /** The upload in another state. */
  public Upload with(State next, Instant now) {
    return new Upload(id, owner, url, next, createdAt, now);
  }

  /** What is in S3, where it is. */
  public Optional<StoredFile> file() {
    return state instanceof Stored stored ? Optional.of(stored.file()) : Optional.empty();
  }

  /** Where it lies in S3. */
  public AssetKey key() {
    return AssetKey.of(this);
  }
}
