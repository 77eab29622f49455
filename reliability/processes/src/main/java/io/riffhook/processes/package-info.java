/**
 * Functions in processes of their own, under AWS's Java runtime client, as Lambda runs them: to see
 * that they work as they are packaged, and what holds when they are killed.
 */
@NullMarked
package io.riffhook.processes;

import org.jspecify.annotations.NullMarked;
