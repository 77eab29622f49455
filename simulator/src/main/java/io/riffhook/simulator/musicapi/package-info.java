/**
 * The API of musicapi.ai as its pages of 2025 and 2026 tell it: {@code riffusion} and its heir
 * {@code producer}, the latter also as aimusicapi.ai speaks it. What the pages leave open is ours
 * and says so.
 */
@NullMarked
package io.riffhook.simulator.musicapi;

import org.jspecify.annotations.NullMarked;
