package io.riffhook.batch;

import com.fasterxml.uuid.Generators;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.Drop;
import io.riffhook.domain.Owner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Makes the ids of batches. */
final class BatchIds {
  private BatchIds() {}

  /** A UUIDv7 (RFC 9562), which sorts by time. */
  static BatchId next() {
    return new BatchId(Generators.timeBasedEpochRandomGenerator().generate().toString());
  }

  /** The id that an owner's Idempotency-Key stands for. */
  static BatchId of(Owner owner, String key) {
    return hashed("key\n" + owner.name() + "\n" + key);
  }

  /**
   * The id of a dropped file: by its name and content, and not by when it came, so that a program
   * that writes it twice to be sure orders once.
   */
  static BatchId of(Drop drop) {
    return hashed("drop\n" + drop.key() + "\n" + drop.etag().replace("\"", ""));
  }

  /** A UUIDv8 (RFC 9562) from a SHA-256, so that nothing else has to be stored. */
  private static BatchId hashed(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      long high = (bytes.getLong() & ~0xf000L) | 0x8000L;
      long low = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
      return new BatchId(new UUID(high, low).toString());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }
}
