/**
 * The Riffusion API v1 of useapi.net as it was on the wire. Field names, ranges and bodies are
 * those of the vendor's pages of February and March 2025; what those leave open is ours and says
 * so.
 */
@NullMarked
package io.riffhook.simulator.useapi;

import org.jspecify.annotations.NullMarked;
