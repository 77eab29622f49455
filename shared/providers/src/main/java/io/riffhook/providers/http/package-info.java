/** How adapters speak HTTP: bounded in time and size, and only with hosts that they name. */
@NullMarked
package io.riffhook.providers.http;

import org.jspecify.annotations.NullMarked;
