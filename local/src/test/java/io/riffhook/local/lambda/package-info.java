/** The packaged functions under AWS's own Java runtime, in processes of their own. */
@NullMarked
package io.riffhook.local.lambda;

import org.jspecify.annotations.NullMarked;
