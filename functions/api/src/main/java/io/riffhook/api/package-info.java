/** Answers what callers read, and cancels. */
@NullMarked
package io.riffhook.api;

import org.jspecify.annotations.NullMarked;
