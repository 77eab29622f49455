package io.riffhook.simulator.audio;

/**
 * A sung word.
 *
 * @param text the word as written, with its punctuation
 * @param start seconds from the start of the song to its first sound
 * @param end seconds from the start of the song to its last
 */
public record TimedWord(String text, double start, double end) {}
