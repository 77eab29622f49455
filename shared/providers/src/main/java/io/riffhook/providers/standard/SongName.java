package io.riffhook.providers.standard;

import io.riffhook.providers.http.Endpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What a song is called outside: there is no call that reads a song, so its name says in which job
 * it stands.
 *
 * @param song the provider's id of it, or its number in the job, from 1
 */
record SongName(String job, String song) {
  private static final String BETWEEN = "#";

  static SongName parse(String text) {
    int at = text.indexOf(BETWEEN);
    return at < 0
        ? new SongName(decoded(text), "1")
        : new SongName(decoded(text.substring(0, at)), decoded(text.substring(at + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  @Override
  public String toString() {
    return Endpoint.segment(job) + BETWEEN + Endpoint.segment(song);
  }
}
