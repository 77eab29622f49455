/** That nothing secret is in what the system writes. */
@NullMarked
package io.riffhook.local.secrets;

import org.jspecify.annotations.NullMarked;
