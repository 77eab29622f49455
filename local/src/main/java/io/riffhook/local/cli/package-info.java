/**
 * The command line. {@code song} and {@code up} run the system in this process; what they and the
 * other commands know of jobs, they know from the HTTP interface.
 */
@NullMarked
package io.riffhook.local.cli;

import org.jspecify.annotations.NullMarked;
