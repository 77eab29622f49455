/** Tells owners what happened. */
@NullMarked
package io.riffhook.notify;

import org.jspecify.annotations.NullMarked;
