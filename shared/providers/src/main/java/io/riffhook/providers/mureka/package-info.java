/** useapi.net's Mureka API v1, as its pages of January 2026 and its own script describe it. */
@NullMarked
package io.riffhook.providers.mureka;

import org.jspecify.annotations.NullMarked;
