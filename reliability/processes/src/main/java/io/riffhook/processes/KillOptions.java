package io.riffhook.processes;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to run.
 *
 * @param jobs how many jobs are submitted
 * @param atMost how long jobs are submitted, should so many take longer
 * @param open how many of them may be unfinished at a time
 * @param killEvery the time between two kills, on the average
 * @param leastKills how many there are at least, however soon the jobs have ended
 * @param mostKills how many there are at most
 * @param seed of everything that is left to chance here; what the processes' own timing leaves to
 *     chance is not in it
 * @param timeScale {@code RIFFHOOK_TIME_SCALE} of the functions
 * @param generation how long the provider makes a song
 * @param patience how long nothing may end before the run is given up
 * @param busy how many processes those functions have that have most to do; the others have one
 * @param cached whether the functions' classes are kept for a faster start
 * @param root the folder of template.yaml
 * @param folder where the functions are unpacked, and their logs kept
 */
record KillOptions(
    int jobs,
    Duration atMost,
    int open,
    Duration killEvery,
    int leastKills,
    int mostKills,
    long seed,
    double timeScale,
    Duration generation,
    Duration patience,
    int busy,
    boolean cached,
    Path root,
    Path folder) {}
