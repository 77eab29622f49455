/**
 * FlowMusic API v1 of useapi.net, as its pages of June 2026 describe it. What they leave open is
 * ours and says so.
 */
@NullMarked
package io.riffhook.simulator.flowmusic;

import org.jspecify.annotations.NullMarked;
