package io.riffhook.simulator.audio;

/** How the bass moves under the chords. */
enum BassLine {
  WALKING("walking bass"),
  EASY("soft bass"),
  SYNCOPATED("round bass"),
  OFFBEAT("pulsing synth bass"),
  EIGHTHS("driving bass"),
  LONG("deep bass");

  private final String label;

  BassLine(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
