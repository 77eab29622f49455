/** The provider adapters, one package each, and which of them are configured. */
@NullMarked
package io.riffhook.providers;

import org.jspecify.annotations.NullMarked;
