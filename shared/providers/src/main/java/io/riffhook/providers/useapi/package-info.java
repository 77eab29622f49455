/**
 * useapi.net's Riffusion API v1, as its pages of February and March 2025 describe it and as clients
 * of it were seen to use it.
 */
@NullMarked
package io.riffhook.providers.useapi;

import org.jspecify.annotations.NullMarked;
