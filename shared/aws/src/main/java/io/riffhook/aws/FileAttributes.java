package io.riffhook.aws;

import io.riffhook.domain.StoredFile;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A file in S3, as attributes of the item or map that tells of it. */
final class FileAttributes {
  private static final String CONTENT_TYPE = "contentType";
  private static final String BYTES = "bytes";
  private static final String SHA256 = "sha256";

  private FileAttributes() {}

  static Map<String, AttributeValue> write(StoredFile file) {
    return Map.of(
        CONTENT_TYPE,
        Item.value(file.contentType()),
        BYTES,
        Item.value(file.bytes()),
        SHA256,
        Item.value(file.sha256()));
  }

  static StoredFile read(Item item) {
    return new StoredFile(item.text(CONTENT_TYPE), item.wide(BYTES), item.text(SHA256));
  }
}
