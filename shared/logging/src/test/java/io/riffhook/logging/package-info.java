@NullMarked
package io.riffhook.logging;

import org.jspecify.annotations.NullMarked;
