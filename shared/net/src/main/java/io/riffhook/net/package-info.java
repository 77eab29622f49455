/** Sockets for many bytes. */
@NullMarked
package io.riffhook.net;

import org.jspecify.annotations.NullMarked;
