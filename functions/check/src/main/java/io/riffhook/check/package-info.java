/** Checks that unfinished jobs live. */
@NullMarked
package io.riffhook.check;

import org.jspecify.annotations.NullMarked;
