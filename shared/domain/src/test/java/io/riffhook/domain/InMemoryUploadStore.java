package io.riffhook.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Uploads in memory, as an {@link UploadStore} must keep them. */
public final class InMemoryUploadStore implements UploadStore {
  private final Map<UploadId, Upload> uploads = new ConcurrentHashMap<>();

  @Override
  public void insert(Upload upload) {
    if (uploads.putIfAbsent(upload.id(), upload) != null) {
      throw new IllegalStateException("an upload with this id exists");
    }
  }

  @Override
  public Optional<Upload> find(UploadId id) {
    return Optional.ofNullable(uploads.get(id));
  }

  @Override
  public void settle(UploadId id, Upload.State state, Instant now) {
    if (state instanceof Upload.Pending) {
      throw new IllegalArgumentException("pending settles nothing");
    }
    uploads.computeIfPresent(
        id,
        (_, upload) -> upload.state() instanceof Upload.Pending ? upload.with(state, now) : upload);
  }

  /** Every upload there is, of every owner. */
  public List<Upload> all() {
    return List.copyOf(uploads.values());
  }
}
