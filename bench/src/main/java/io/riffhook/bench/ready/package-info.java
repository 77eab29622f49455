/** From a provider's last callback until a job is READY. */
@NullMarked
package io.riffhook.bench.ready;

import org.jspecify.annotations.NullMarked;
