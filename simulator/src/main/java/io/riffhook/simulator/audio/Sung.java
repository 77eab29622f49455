package io.riffhook.simulator.audio;

/**
 * A sung note: one syllable.
 *
 * @param note when, how long and how high
 * @param syllable what is sung
 * @param word the number of the word it belongs to, from 0 over the whole song
 */
record Sung(Note note, Syllable syllable, int word) {}
