/**
 * The audio maker: a short, real and repeatable song out of a prompt. Knows nothing of any
 * provider, so every provider's simulator can share it.
 */
@NullMarked
package io.riffhook.simulator.audio;

import org.jspecify.annotations.NullMarked;
