/**
 * A provider of the common kind, after Replicate's predictions: {@code {id, status, output}},
 * signed by Standard Webhooks. It serves what {@code standard} is configured for by default.
 */
@NullMarked
package io.riffhook.simulator.standard;

import org.jspecify.annotations.NullMarked;
