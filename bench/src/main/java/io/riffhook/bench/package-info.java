/**
 * Benchmarks: each runs its subject and its peers in turn in one run, and says what it measured, on
 * which machine, with which versions. Nothing here is a test.
 */
@NullMarked
package io.riffhook.bench;

import org.jspecify.annotations.NullMarked;
