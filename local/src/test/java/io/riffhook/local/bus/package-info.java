@NullMarked
package io.riffhook.local.bus;

import org.jspecify.annotations.NullMarked;
