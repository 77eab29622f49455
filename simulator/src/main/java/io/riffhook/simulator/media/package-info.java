/**
 * The files of songs: behind links that work for a while, as storage hosts keep them, and as
 * downloads; and the fetching of files that callers give by URL.
 */
@NullMarked
package io.riffhook.simulator.media;

import org.jspecify.annotations.NullMarked;
