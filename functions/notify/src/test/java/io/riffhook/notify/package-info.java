@NullMarked
package io.riffhook.notify;

import org.jspecify.annotations.NullMarked;
