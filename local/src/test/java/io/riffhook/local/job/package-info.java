/**
 * Jobs from prompt to stored bytes, through the real handlers, over HTTP, against the simulator.
 */
@NullMarked
package io.riffhook.local.job;

import org.jspecify.annotations.NullMarked;
