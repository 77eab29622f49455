/**
 * Jobs, songs, their transitions, the use cases and the ports they need. Knows no AWS, no HTTP and
 * no provider.
 */
@NullMarked
package io.riffhook.domain;

import org.jspecify.annotations.NullMarked;
