/** Batches: many jobs of one owner, a few at a time, and files that are dropped into the inbox. */
@NullMarked
package io.riffhook.batch;

import org.jspecify.annotations.NullMarked;
