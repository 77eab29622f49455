/**
 * Wire-faithful simulators of music providers, with real audio, on one HTTP server. Each provider
 * has a package of its own and shares the audio maker and the HTTP side with the others; none
 * shares code with the adapters, so that no mistake can cancel itself out.
 */
@NullMarked
package io.riffhook.simulator;

import org.jspecify.annotations.NullMarked;
