/** Whether calls of the API get slower as jobs are stored. */
@NullMarked
package io.riffhook.bench.scale;

import org.jspecify.annotations.NullMarked;
