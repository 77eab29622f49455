/** Functions in processes of their own, pinned to a core: how they start, and what a call costs. */
@NullMarked
package io.riffhook.bench.lambda;

import org.jspecify.annotations.NullMarked;
