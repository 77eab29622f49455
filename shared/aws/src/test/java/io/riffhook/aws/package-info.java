/** The contracts of the ports against real servers. */
@NullMarked
package io.riffhook.aws;

import org.jspecify.annotations.NullMarked;
