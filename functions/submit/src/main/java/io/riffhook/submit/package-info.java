/** Takes jobs over HTTP and from the submission queue, and calls the provider. */
@NullMarked
package io.riffhook.submit;

import org.jspecify.annotations.NullMarked;
