package io.riffhook.simulator.work;

import io.riffhook.simulator.audio.SongBrief;

/**
 * Audio that a provider knows by an id, and of which it makes other audio.
 *
 * @param id its id
 * @param brief what it is made of; of an upload, which is not listened to, a stand-in
 * @param uploaded whether the caller gave it
 */
public record Clip(String id, SongBrief brief, boolean uploaded) {
  /** More of the old prompt than this adds nothing but length, again with each version. */
  private static final int QUOTED = 200;

  /** A clip that the caller uploaded. */
  public static Clip upload(String id, double seconds) {
    return new Clip(id, SongBrief.of("uploaded audio " + id, 0, seconds), true);
  }

  /** A song that the provider made. */
  public static Clip song(String id, SongBrief brief) {
    return new Clip(id, brief, false);
  }

  /**
   * What a new version of this is made of. It is another tune than this, though always the same for
   * the same wishes.
   */
  public SongBrief version(Wish wish, int variation, double seconds) {
    String old = brief.prompt().substring(0, Math.min(QUOTED, brief.prompt().length()));
    String prompt = "%s (%s of: %s)".formatted(wish.sound(), wish.how(), old).strip();
    return new SongBrief(
        prompt,
        wish.title().isEmpty() ? brief.title() : wish.title(),
        wish.lyrics().isEmpty() ? brief.lyrics() : wish.lyrics(),
        wish.instrumental(),
        variation,
        seconds);
  }

  /**
   * How a version is to differ. Empty texts stand for what is to stay.
   *
   * @param how what is done: extend, cover and so on, with its numbers
   * @param sound how it is to sound
   */
  public record Wish(String how, String sound, String lyrics, String title, boolean instrumental) {}
}
