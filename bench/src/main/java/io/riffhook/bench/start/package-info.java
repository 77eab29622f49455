/** How soon Riffhook is there on one machine. */
@NullMarked
package io.riffhook.bench.start;

import org.jspecify.annotations.NullMarked;
