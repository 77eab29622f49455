package io.riffhook.processes;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much load.
 *
 * @param jobs how many jobs are submitted at once, in each of the two parts
 * @param connections how many calls are under way at a time
 * @param times how many times the normal rate callbacks come at
 * @param generation how long the provider makes a song
 * @param patience how long nothing may end before the run is given up
 * @param seed of everything that is left to chance here
 * @param root the folder of template.yaml
 */
record LoadOptions(
    int jobs,
    int connections,
    double times,
    Duration generation,
    Duration patience,
    long seed,
    Path root) {}
