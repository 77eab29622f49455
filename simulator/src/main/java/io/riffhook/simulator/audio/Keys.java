package io.riffhook.simulator.audio;

/** The instrument that plays the chords. */
enum Keys {
  ELECTRIC_PIANO("electric piano"),
  PIANO("soft piano"),
  GUITAR("acoustic guitar"),
  ELECTRIC_GUITAR("overdriven guitar"),
  SYNTH("bright synth");

  private final String label;

  Keys(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
