package io.riffhook.domain;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Assets in memory, verified as S3's are. Safe for use by several threads. */
public final class InMemoryAssetStore implements AssetStore {
  /** Enough to tell a page of a server in error. */
  private static final int HEAD = 64;

  private final Map<AssetKey, byte[]> objects = new HashMap<>();
  private final Map<AssetKey, StoredFile> files = new HashMap<>();

  @Override
  public StoredFile write(AssetKey key, Opened.Body body, ContentType.Expected expected)
      throws BadContentException {
    byte[] bytes = readAll(body);
    ContentType type = check(bytes, expected);
    synchronized (this) {
      byte[] before = objects.putIfAbsent(key, bytes);
      if (before == null) {
        files.put(key, file(bytes, type.mediaType()));
      } else {
        check(before, expected);
      }
      return Objects.requireNonNull(files.get(key));
    }
  }

  @Override
  public synchronized StoredFile write(AssetKey key, byte[] document, String contentType) {
    StoredFile file = file(document, contentType);
    objects.put(key, document.clone());
    files.put(key, file);
    return file;
  }

  @Override
  public InputStream read(AssetKey key) {
    return new ByteArrayInputStream(bytes(key).orElseThrow());
  }

  @Override
  public URI link(AssetKey key, Duration life) {
    return URI.create("memory:/" + key.toString().replace(" ", "%20"));
  }

  /** The bytes under a key. */
  public synchronized Optional<byte[]> bytes(AssetKey key) {
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  /** What is known of the bytes under a key. */
  public synchronized Optional<StoredFile> file(AssetKey key) {
    return Optional.ofNullable(files.get(key));
  }

  private static ContentType check(byte[] bytes, ContentType.Expected expected)
      throws BadContentException {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, HEAD));
    Optional<ContentType> type = ContentType.detect(head);
    BadContentException.Fault fault =
        type.isPresent()
            ? BadContentException.Fault.OTHER_KIND
            : head.length == 0 ? BadContentException.Fault.BROKEN : BadContentException.Fault.PAGE;
    return type.filter(expected::accepts)
        .orElseThrow(
            () -> new BadContentException("is " + describe(head) + ", not " + expected, fault));
  }

  private static byte[] readAll(Opened.Body body) throws BadContentException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String of = body.length().isPresent() ? " of " + body.length().getAsLong() : "";
    try {
      body.bytes().transferTo(bytes);
    } catch (IOException e) {
      throw new BadContentException("ended after " + bytes.size() + of + " bytes", e);
    }
    long length = body.length().orElse(bytes.size());
    if (bytes.size() < length) {
      throw new BadContentException("ended after " + bytes.size() + of + " bytes");
    }
    if (bytes.size() > length) {
      throw new BadContentException("went on after all of its " + length + " bytes");
    }
    return bytes.toByteArray();
  }

  private static String describe(byte[] head) {
    if (head.length == 0) {
      return "empty";
    }
    String text = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "an HTML page";
    }
    return ContentType.detect(head).map(ContentType::mediaType).orElse("of an unknown kind");
  }

  private static StoredFile file(byte[] bytes, String contentType) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new StoredFile(contentType, bytes.length, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }
}
