/** Tells the API gateway whose key or token a call comes with. */
@NullMarked
package io.riffhook.authorizer;

import org.jspecify.annotations.NullMarked;
