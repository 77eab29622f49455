package io.riffhook.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that somebody put into the inbox.
 *
 * @param key where it lies: {@code inbox/{owner}/NAME.json} or {@code .jsonl}
 * @param etag what S3 calls its content
 * @param bytes its length
 */
public record Drop(String key, String etag, long bytes) {
  /** How long a dropped file can be, in bytes. */
  public static final int MAX_BYTES = 5 * 1024 * 1024;

  /** The folder in the bucket that files are dropped into. */
  public static final String INBOX = "inbox";

  /** The folder in the bucket that reports on dropped files lie in. */
  public static final String OUTBOX = "outbox";

  private static final Pattern FORM =
      Pattern.compile(INBOX + "/(?<owner>[^/]+)/(?<name>.*[^/])\\.(?<kind>jsonl?)");

  /** What a drop's key says. */
  public sealed interface Address {
    /**
     * Whose it is.
     *
     * @param name the key without folder, owner and ending
     * @param many whether each of its lines is a job, rather than the whole
     */
    record Known(Owner owner, String name, boolean many) implements Address {}

    /** It says nothing that can be answered. */
    record Unknown(String why) implements Address {}
  }

  /** Whose it is, and what it is called. */
  public Address address() {
    Matcher matcher = FORM.matcher(key);
    if (!matcher.matches()) {
      return new Address.Unknown(
          "a file is dropped as inbox/{owner}/NAME.json or inbox/{owner}/NAME.jsonl");
    }
    String owner = Optional.ofNullable(matcher.group("owner")).orElse("");
    String name = Optional.ofNullable(matcher.group("name")).orElse("");
    return Owner.isValid(owner)
        ? new Address.Known(new Owner(owner), name, key.endsWith(".jsonl"))
        : new Address.Unknown("what follows inbox/ is not the name of an owner");
  }

  /** Where the report on it lies, once it is done with. */
  static String reportKey(Owner owner, String name) {
    return OUTBOX + "/" + owner + "/" + name + ".result.jsonl";
  }
}
