@NullMarked
package io.riffhook.local;

import org.jspecify.annotations.NullMarked;
