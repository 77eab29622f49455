package io.riffhook.domain;

import java.time.Instant;
import java.util.Optional;

/** Where uploads are written down. */
public interface UploadStore {

  /** Writes a new upload. */
  void insert(Upload upload);

  /** The upload, as last written. */
  Optional<Upload> find(UploadId id);

  /** Ends a pending upload as stored or failed. Changes nothing where it is not pending. */
  void settle(UploadId id, Upload.State state, Instant now);
}
