package io.riffhook.bench;

/**
 * What is kept of a run of a benchmark.
 *
 * @param benchmark its name
 * @param command what ran it
 * @param date the day, in UTC
 * @param seconds how long it took
 */
public record Result(
    String benchmark,
    String command,
    String date,
    long seconds,
    Machine machine,
    Findings findings) {}
