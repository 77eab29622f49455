/**
 * The "producer" section of the musicapi.ai family, in both of its dialects: musicapi.ai's own, and
 * aimusicapi.ai's, which makes new songs only.
 */
@NullMarked
package io.riffhook.providers.producer;

import org.jspecify.annotations.NullMarked;
