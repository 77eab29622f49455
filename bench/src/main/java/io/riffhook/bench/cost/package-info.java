/** What a job costs on AWS: its requests, counted on the wire, times public prices. */
@NullMarked
package io.riffhook.bench.cost;

import org.jspecify.annotations.NullMarked;
