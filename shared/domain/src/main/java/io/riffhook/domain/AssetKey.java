package io.riffhook.domain;

import java.util.regex.Pattern;

/**
 * Where an asset lies in the bucket.
 *
 * @param name the asset's name; no part of it may be empty or made of dots only
 */
public record AssetKey(Owner owner, SongId song, String name) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._ -]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._ -]{0,99})?");

  public AssetKey {
    if (!isValidName(name)) {
      throw new IllegalArgumentException("not a name for an asset");
    }
  }

  /** Whether a text can be an asset's name. */
  public static boolean isValidName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The S3 key: {@code <owner>/<jobId>/<songId>/<name>}. */
  @Override
  public String toString() {
    return owner + "/" + song.job() + "/" + song + "/" + name;
  }
}
