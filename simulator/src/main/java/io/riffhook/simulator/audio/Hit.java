package io.riffhook.simulator.audio;

/**
 * A stroke on a drum.
 *
 * @param beat when, in beats from the start of the song
 * @param drum which drum
 * @param level how hard, 0 to 1
 */
record Hit(double beat, Drum drum, double level) {}
