package io.riffhook.simulator.audio;

/**
 * How a song is played.
 *
 * @param feel the genre of its harmony and instruments
 * @param beat the genre of its drums; "jazzy k-pop" has the feel of jazz and the beat of pop
 * @param tempo its speed
 * @param key its key
 */
record Style(Genre feel, Genre beat, Tempo tempo, Key key) {

  /**
   * The description that providers give of a sound: {@code "jazz, walking bass, electric piano, A
   * minor, 104 bpm"}.
   */
  String sound() {
    String genres = feel == beat ? feel.label() : feel.label() + "-" + beat.label();
    return String.join(
        ", ",
        genres,
        feel.keys().label(),
        feel.bass().label(),
        key.label(),
        Math.round(tempo.bpm()) + " bpm");
  }
}
