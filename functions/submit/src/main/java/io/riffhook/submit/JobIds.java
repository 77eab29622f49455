package io.riffhook.submit;

import com.fasterxml.uuid.Generators;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Makes the ids of jobs. */
final class JobIds {
  private JobIds() {}

  /** A UUIDv7 (RFC 9562), which sorts by time. */
  static JobId next() {
    return new JobId(Generators.timeBasedEpochRandomGenerator().generate().toString());
  }

  /**
   * The id that an owner's Idempotency-Key stands for: a UUIDv8 (RFC 9562) from its SHA-256, so
   * that the job itself remembers the key and nothing else has to be stored.
   */
  static JobId of(Owner owner, String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((owner.name() + "\n" + key).getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      long high = (bytes.getLong() & ~0xf000L) | 0x8000L;
      long low = (bytes.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
      return new JobId(new UUID(high, low).toString());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }
}
