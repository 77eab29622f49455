package io.riffhook.simulator.audio;

/**
 * A note of an instrument.
 *
 * @param beat when it starts, in beats from the start of the song
 * @param beats how long it is held
 * @param pitch its MIDI pitch, 60 is middle C
 * @param level how hard it is played, 0 to 1
 */
record Note(double beat, double beats, int pitch, double level) {}
