/** What Riffhook is made of: the list of its parts, and what is known against them. */
@NullMarked
package io.riffhook.local.supply;

import org.jspecify.annotations.NullMarked;
