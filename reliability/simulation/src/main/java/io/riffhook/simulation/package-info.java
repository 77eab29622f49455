/**
 * The use cases on simulated time, with every fault that the world has, drawn from a seed. What
 * must always hold is checked after each step, and a seed repeats what it found.
 */
@NullMarked
package io.riffhook.simulation;

import org.jspecify.annotations.NullMarked;
