/**
 * The HTTP side that all simulated providers share: calls in, replies out, a journal of both. Knows
 * nothing of any provider.
 */
@NullMarked
package io.riffhook.simulator.http;

import org.jspecify.annotations.NullMarked;
