package io.riffhook.simulator.useapi;

/**
 * A Riffusion account that the vendor drives.
 *
 * @param userId its id
 * @param maxJobs how many jobs it may run, 1 to 10
 */
record Account(String userId, int maxJobs) {}
