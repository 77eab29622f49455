/** Jackson's trees, read and written by its streams alone. */
@NullMarked
package io.riffhook.json;

import org.jspecify.annotations.NullMarked;
