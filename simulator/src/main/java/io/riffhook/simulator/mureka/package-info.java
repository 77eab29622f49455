/**
 * Mureka API v1 of useapi.net, as its pages and the vendor's script of June 2026 describe it. What
 * they leave open is ours and says so.
 */
@NullMarked
package io.riffhook.simulator.mureka;

import org.jspecify.annotations.NullMarked;
