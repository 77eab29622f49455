/** Tests of the event buses of one machine. */
@NullMarked
package io.riffhook.local.bus;

import org.jspecify.annotations.NullMarked;
