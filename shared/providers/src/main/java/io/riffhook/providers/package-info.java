@NullMarked
package io.riffhook.providers;

import org.jspecify.annotations.NullMarked;
