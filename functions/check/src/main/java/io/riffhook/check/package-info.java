@NullMarked
package io.riffhook.check;

import org.jspecify.annotations.NullMarked;
