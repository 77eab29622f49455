package io.riffhook.aws;

import java.security.SecureRandom;
import java.util.Base64;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** What a write leaves in its item, for itself to know again. */
final class WriteMark {
  /** The attribute that holds the mark of the item's last conditional write. */
  static final String NAME = "writeMark";

  private static final int BYTES = 9;

  /** Secure, because environments that start from one snapshot must not draw the same marks. */
  private static final SecureRandom RANDOM = new SecureRandom();

  private WriteMark() {}

  /** A mark that no other write has. */
  static AttributeValue next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Item.value(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether the item that a condition refused bears a mark. */
  static boolean isOf(ConditionalCheckFailedException refused, AttributeValue mark) {
    return refused.hasItem() && mark.equals(refused.item().get(NAME));
  }
}
