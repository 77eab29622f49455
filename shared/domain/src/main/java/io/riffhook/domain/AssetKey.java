package io.riffhook.domain;

import java.util.regex.Pattern;

/**
 * Where a file lies in the bucket.
 *
 * @param folder what stands between the owner and the name
 * @param name the file's name; no part of it may be empty or made of dots only
 */
public record AssetKey(Owner owner, String folder, String name) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._ -]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._ -]{0,99})?");

  public AssetKey {
    if (!isValidName(name)) {
      throw new IllegalArgumentException("not a name for an asset");
    }
  }

  /** Where an asset of a song lies: {@code <owner>/<jobId>/<songId>/<name>}. */
  public AssetKey(Owner owner, SongId song, String name) {
    this(owner, song.job() + "/" + song, name);
  }

  /** Where an upload lies: {@code <owner>/uploads/<uploadId>/source}. */
  static AssetKey of(Upload upload) {
    return new AssetKey(upload.owner(), "uploads/" + upload.id(), "source");
  }

  /** Whether a text can be an asset's name. */
  public static boolean isValidName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The S3 key. */
  @Override
  public String toString() {
    return owner + "/" + folder + "/" + name;
  }
}
