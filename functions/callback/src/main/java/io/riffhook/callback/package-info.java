/** Takes providers' callbacks. */
@NullMarked
package io.riffhook.callback;

import org.jspecify.annotations.NullMarked;
