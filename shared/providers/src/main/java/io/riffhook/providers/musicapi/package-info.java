/**
 * musicapi.ai's riffusion section, {@code /api/v1/riffusion}, as its pages of June 2025 describe
 * it. The vendor calls it deprecated. It knows no webhooks.
 */
@NullMarked
package io.riffhook.providers.musicapi;

import org.jspecify.annotations.NullMarked;
