/** The ports in memory, and what every implementation of a port must do, as tests. */
@NullMarked
package io.riffhook.domain;

import org.jspecify.annotations.NullMarked;
