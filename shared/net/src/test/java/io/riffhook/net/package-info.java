@NullMarked
package io.riffhook.net;

import org.jspecify.annotations.NullMarked;
