/** Reads template.yaml, the one source of wiring, as far as one machine needs it. */
@NullMarked
package io.riffhook.local.template;

import org.jspecify.annotations.NullMarked;
